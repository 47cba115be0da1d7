//! A small network, forward and backward, that every device must compute as the CPU does.

use burn::tensor::{
    Device, Tensor, TensorData,
    activation::{log_softmax, relu},
    module::conv2d,
    ops::ConvOptions,
};

use super::selection::agree;

/// Largest difference from the CPU's numbers, as a share of the largest of them. Both add up single
/// precision numbers, in another order: differences are about 1e-6; a skipped or wrong kernel is off by
/// whole numbers.
pub const TOLERANCE: f32 = 1e-3;

/// Computes on `device` and on the CPU.
///
/// # Errors
/// Where the two differ, or what the device failed with.
pub async fn run(device: &Device) -> Result<(), String> {
    let expected = numbers(&Device::flex()).await?;
    let computed = numbers(device).await?;
    agree(&expected, &computed, TOLERANCE)
}

/// What the small network answers, and its gradients: convolution with a stride, depthwise
/// convolution, 1x1 convolution, mean, matrix product, softmax, and back.
///
/// # Errors
/// What the device failed with.
pub async fn numbers(device: &Device) -> Result<Vec<f32>, String> {
    let device = device.clone().autodiff();
    let film = wave([2, 3, 12, 12], 0.37, &device);
    let first = wave([8, 3, 3, 3], 0.61, &device).require_grad();
    let depthwise = wave([8, 1, 3, 3], 0.83, &device).require_grad();
    let pointwise = wave([16, 8, 1, 1], 0.29, &device).require_grad();
    let head = wave([16, 2], 0.53, &device).require_grad();

    let x = conv2d(
        film,
        first.clone(),
        None,
        ConvOptions::new([2, 2], [1, 1], [1, 1], 1),
    );
    let x = relu(x).clamp_max(6.0);
    let x = conv2d(
        x,
        depthwise.clone(),
        None,
        ConvOptions::new([1, 1], [1, 1], [1, 1], 8),
    );
    let x = conv2d(
        x,
        pointwise.clone(),
        None,
        ConvOptions::new([1, 1], [0, 0], [1, 1], 1),
    );
    // [2, 16, 6, 6] -> [2, 16, 36] -> [2, 16]
    let x = x.flatten::<3>(2, 3).mean_dim(2).flatten::<2>(1, 2);
    let answer = log_softmax(x.matmul(head.clone()), 1);
    let gradients = answer.clone().slice([0..2, 0..1]).mean().neg().backward();

    let mut numbers = read(answer).await?;
    let missing = || "a gradient is missing".to_owned();
    numbers.extend(read(head.grad(&gradients).ok_or_else(missing)?).await?);
    for weights in [first, depthwise, pointwise] {
        numbers.extend(read(weights.grad(&gradients).ok_or_else(missing)?).await?);
    }
    Ok(numbers)
}

/// A tensor whose numbers look random, and are the same everywhere.
fn wave<const D: usize>(shape: [usize; D], step: f32, device: &Device) -> Tensor<D> {
    let n = shape.iter().product::<usize>();
    let values: Vec<f32> = (0..n).map(|place| (place as f32 * step).sin()).collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, String> {
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| error.to_string())?;
    data.try_to_vec().map_err(|error| format!("{error:?}"))
}
