//! Kernels for graphics processors, forward and backward: convolutions with the channels last, their biases and
//! activations, and the optimiser. In a browser burn has one slow kernel for every kind of convolution, since it finds out
//! which of its others is faster by trying them, for which browsers tell time too coarsely.
//!
//! They are the same in the browser and natively, on WebGPU and on CUDA.

mod convolution;
mod dense;
mod depthwise;
mod pooled;
mod product;
mod sums;
mod update;

use burn::{
    backend::{
        Autodiff, AutodiffDevice, Cube, DispatchDevice, GradientCheckpointingStrategy,
        autodiff::checkpoint::strategy::NoCheckpointing, tensor::FloatTensor,
    },
    tensor::{DType, Device, Tensor},
};
use burn_cubecl::{kernel::into_contiguous, tensor::CubeTensor};
use cubecl::prelude::*;

use crate::channels_last::Activation;

pub(crate) use convolution::{depthwise, pointwise};
pub(crate) use dense::dense;
pub(crate) use pooled::convolution as pooled_convolution;
pub(crate) use update::update;

type Learning = Autodiff<Cube, NoCheckpointing>;

/// Whether tensors of this device can be computed with here, with or without autodiff.
pub(crate) fn fits(device: &Device) -> bool {
    match device.as_dispatch() {
        DispatchDevice::Cube(_) => true,
        DispatchDevice::Autodiff(device) => learns(device),
        _ => false,
    }
}

fn learns(device: &AutodiffDevice) -> bool {
    matches!(**device, DispatchDevice::Cube(_))
        && device.gradient_checkpointing_strategy() == GradientCheckpointingStrategy::Disabled
}

fn has_autodiff(device: &Device) -> bool {
    matches!(device.as_dispatch(), DispatchDevice::Autodiff(_))
}

fn learning<const D: usize>(tensor: Tensor<D>) -> FloatTensor<Learning> {
    let primitive = tensor.try_into_primitive::<Learning>();
    primitive.expect("a tensor of a graphics processor with autodiff")
}

fn plain<const D: usize>(tensor: Tensor<D>) -> CubeTensor {
    let primitive = tensor.try_into_primitive::<Cube>();
    primitive.expect("a tensor of a graphics processor")
}

/// In one piece, row-major, which is what the kernels read.
fn whole(tensor: CubeTensor) -> CubeTensor {
    into_contiguous(tensor)
}

/// Room for numbers that a kernel is to write.
fn empty<const D: usize>(beside: &CubeTensor, shape: [usize; D]) -> CubeTensor {
    let n: usize = shape.iter().product();
    let client = beside.client.clone();
    let handle = client.empty(n * size_of::<f32>());
    CubeTensor::new_contiguous(
        client,
        beside.device.clone(),
        shape.into(),
        handle,
        DType::F32,
    )
}

/// The same numbers in another shape.
fn shaped<const D: usize>(tensor: &CubeTensor, shape: [usize; D]) -> CubeTensor {
    CubeTensor::new_contiguous(
        tensor.client.clone(),
        tensor.device.clone(),
        shape.into(),
        tensor.handle.clone(),
        tensor.dtype,
    )
}

/// Units in a group, and how many groups `n` units make: not more beside each other than a browser allows.
fn units(n: usize) -> (CubeCount, CubeDim) {
    const GROUP: u32 = 64;
    const MOST: u32 = 32_768;
    let groups = n.div_ceil(GROUP as usize) as u32;
    let across = groups.clamp(1, MOST);
    let count = CubeCount::Static(across, groups.div_ceil(across).max(1), 1);
    (count, CubeDim::new_1d(GROUP))
}
