//! Outputs and gradients against those of burn's own convolution.

use burn::{
    module::Param,
    nn::{
        PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig},
    },
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::backbone::Backbone;
use mobilenet::{
    architecture::{FEATURES, STAGES},
    weights::Weights,
};

use super::{Activation, depthwise, fits, pointwise};

/// Distance as a share of the expected numbers' norm: the same sums in another order.
const ROUNDING: f32 = 1e-5;

/// Numbers around 0 that reach both bounds of ReLU6 once convolved.
fn noise<const D: usize>(shape: [usize; D], random: &mut ChaCha8Rng) -> TensorData {
    let n: usize = shape.iter().product();
    let numbers: Vec<f32> = (0..n).map(|_| random.random_range(-3.0..3.0)).collect();
    TensorData::new(numbers, shape)
}

fn layer(config: &Conv2dConfig, random: &mut ChaCha8Rng, device: &Device) -> Conv2d {
    let mut layer = config.init(device);
    layer.weight = Param::from_data(noise(layer.weight.dims(), random), device);
    layer.bias = Some(Param::from_data(
        noise([config.channels[1]], random),
        device,
    ));
    layer
}

/// Output, and gradients of input, weight and bias, `[N, C, H, W]`.
fn numbers(
    layer: &Conv2d,
    input: &TensorData,
    forward: impl Fn(Tensor<4>) -> Tensor<4>,
) -> [Vec<f32>; 4] {
    let device = layer.weight.val().device();
    let x = Tensor::<4>::from_data(input.clone(), &device).require_grad();
    let y = forward(x.clone());
    let random = &mut ChaCha8Rng::seed_from_u64(2);
    let weights = Tensor::from_data(noise(y.dims(), random), &device);
    let gradients = (y.clone() * weights).sum().backward();
    let bias = layer.bias.as_ref().expect("a bias").val();
    let of_bias = bias.grad(&gradients).expect("a gradient").into_data();
    let of = |tensor: &Tensor<4>| tensor.grad(&gradients).expect("a gradient").into_data();
    [
        y.clone().inner().into_data(),
        of(&x),
        of(&layer.weight.val()),
        of_bias,
    ]
    .map(|data| data.try_to_vec().expect("32-bit numbers"))
}

fn assert_alike(case: &str, found: [Vec<f32>; 4], expected: [Vec<f32>; 4]) {
    let what = ["output", "input", "weight", "bias"];
    for ((what, found), expected) in what.iter().zip(found).zip(expected) {
        assert_close(&format!("{case}: {what}"), &found, &expected);
    }
}

fn assert_close(what: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let norm = |numbers: &mut dyn Iterator<Item = f32>| {
        numbers.map(|n| f64::from(n).powi(2)).sum::<f64>().sqrt() as f32
    };
    let pairs = found.iter().zip(expected);
    let distance = norm(&mut pairs.map(|(a, b)| a - b));
    let size = norm(&mut expected.iter().copied());
    assert!(size > 0.0, "{what} is 0 everywhere");
    let off = distance / size;
    assert!(off <= ROUNDING, "{what} {off:.1e} off");
}

fn channels_last(x: Tensor<4>, convolution: impl Fn(Tensor<4>) -> Tensor<4>) -> Tensor<4> {
    convolution(x.permute([0, 2, 3, 1])).permute([0, 3, 1, 2])
}

fn activated(x: Tensor<4>, activation: Activation) -> Tensor<4> {
    match activation {
        Activation::Linear => x,
        Activation::Relu6 => relu(x).clamp_max(6.0),
    }
}

const ACTIVATIONS: [Activation; 2] = [Activation::Linear, Activation::Relu6];

#[test]
fn a_depthwise_convolution_and_its_gradients_are_those_of_burn() {
    let device = Device::flex().autodiff();
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    let sizes = [[7, 7], [8, 8], [5, 8], [8, 5], [2, 3], [1, 1]];
    for ([height, width], films) in sizes.into_iter().flat_map(|size| [(size, 1), (size, 3)]) {
        for (stride, activation) in ACTIVATIONS.into_iter().flat_map(|a| [(1, a), (2, a)]) {
            let config = Conv2dConfig::new([10, 10], [3, 3])
                .with_groups(10)
                .with_stride([stride, stride])
                .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1));
            let layer = layer(&config, random, &device);
            let input = noise([films, 10, height, width], random);
            assert_alike(
                &format!("{films} of {height}x{width}, stride {stride}, {activation:?}"),
                numbers(&layer, &input, |x| {
                    channels_last(x, |x| depthwise(&layer, x, activation))
                }),
                numbers(&layer, &input, |x| activated(layer.forward(x), activation)),
            );
        }
    }
}

#[test]
fn a_pointwise_convolution_and_its_gradients_are_those_of_burn() {
    let device = Device::flex().autodiff();
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    for (films, activation) in ACTIVATIONS.into_iter().flat_map(|a| [(1, a), (3, a)]) {
        let layer = layer(&Conv2dConfig::new([6, 10], [1, 1]), random, &device);
        let input = noise([films, 6, 4, 5], random);
        assert_alike(
            &format!("{films} films, {activation:?}"),
            numbers(&layer, &input, |x| {
                channels_last(x, |x| pointwise(&layer, x, activation))
            }),
            numbers(&layer, &input, |x| activated(layer.forward(x), activation)),
        );
    }
}

#[test]
fn only_the_cpu_with_autodiff_fits() {
    assert!(fits(&Device::flex().autodiff()));
    assert!(!fits(&Device::flex()));
}

#[test]
fn numbers_that_are_none_stay_so() {
    let mut rows = [f32::NAN, -1.0, 7.0];
    super::bias::add(&mut rows, &[0.0; 3], true);
    assert!(rows[0].is_nan());
    assert_eq!(rows[1..], [0.0, 6.0]);
}

#[test]
fn the_whole_backbone_puts_out_the_same_whether_it_learns_or_not() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/weights/mobilenetv2.safetensors"
    );
    let weights = std::fs::read(path).expect("the weights are in the repository");
    let weights = Weights::parse(&weights).expect("whole weights");
    let input = noise([2, 3, 64, 64], &mut ChaCha8Rng::seed_from_u64(1));
    let [learning, frozen] = [Device::flex().autodiff(), Device::flex()].map(|device| {
        let backbone = Backbone::new(&weights, 0..STAGES, &device).expect("weights that fit");
        let maps = backbone.forward(Tensor::from_data(input.clone(), &device));
        assert_eq!(maps.dims(), [2, FEATURES, 2, 2]);
        let maps = maps.into_data().try_to_vec();
        maps.expect("32-bit numbers")
    });
    assert_close("maps", &learning, &frozen);
}
