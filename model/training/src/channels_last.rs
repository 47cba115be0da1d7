//! The backbone's convolutions with the channels as the last dimension, `[N, H, W, C]`, for training on the CPU.
//!
//! A 1x1 convolution is one product of matrices then, for all images at once, and a depthwise convolution runs along the
//! channels. burn computes the gradients of both in ways that take several times as long as their arithmetic, the
//! depthwise weights one channel at a time: see `docs/upstream.md`. Each operation here has its own backward pass, and
//! includes the bias and ReLU6, which would be several passes over the numbers otherwise.

mod bias;
mod depthwise;
#[cfg(test)]
mod tests;

use burn::{
    backend::{
        Autodiff, DispatchDevice, Flex, GradientCheckpointingStrategy,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        flex::FlexTensor,
        ops::FloatTensorOps,
        tensor::FloatTensor,
    },
    nn::conv::Conv2d,
    tensor::{Device, Shape, Tensor, TensorData},
};

#[cfg(feature = "gpu")]
use crate::gpu;
pub(crate) use depthwise::Geometry;

type Cpu = Autodiff<Flex, NoCheckpointing>;

/// Whether tensors of this device can be computed with here: on the CPU with autodiff, or on a graphics processor.
pub(crate) fn fits(device: &Device) -> bool {
    #[cfg(feature = "gpu")]
    if gpu::fits(device) {
        return true;
    }
    match device.as_dispatch() {
        DispatchDevice::Autodiff(device) => {
            matches!(**device, DispatchDevice::Flex(_))
                && device.gradient_checkpointing_strategy()
                    == GradientCheckpointingStrategy::Disabled
        }
        _ => false,
    }
}

/// What follows a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    Linear,
    Relu6,
}

/// 1x1, with a bias.
///
/// # Shapes
/// `[N, H, W, C]`, weight `[D, C, 1, 1]` -> `[N, H, W, D]`
///
/// # Panics
/// Unless the device [`fits`].
pub(crate) fn pointwise(layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    #[cfg(feature = "gpu")]
    if gpu::fits(&x.device()) {
        return gpu::pointwise(layer, x, activation);
    }
    convolution(Kind::Pointwise, layer, x, activation)
}

/// 3x3, one filter for each channel, padded by 1, with a bias.
///
/// # Shapes
/// `[N, H, W, C]`, weight `[C, 1, 3, 3]` -> `[N, H / stride, W / stride, C]`, rounded up
///
/// # Panics
/// Unless the device [`fits`].
pub(crate) fn depthwise(layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    #[cfg(feature = "gpu")]
    if gpu::fits(&x.device()) {
        return gpu::depthwise(layer, x, activation);
    }
    let geometry = Geometry::of(layer, &x);
    convolution(Kind::Depthwise(geometry), layer, x, activation)
}

fn convolution(kind: Kind, layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    let bias = layer.bias.as_ref();
    let bias = bias.expect("the backbone's convolutions have one, batch normalisation folded in");
    let (x, x_node) = primitive(x).into_parts();
    let (weight, weight_node) = primitive(layer.weight.val()).into_parts();
    let (bias, bias_node) = primitive(bias.val()).into_parts();
    let x = x.to_contiguous();
    let mut y = kind.forward(&x, &weight);
    bias::add(
        y.storage_mut(),
        numbers(&bias.to_contiguous()),
        activation == Activation::Relu6,
    );
    let prepared = Convolution
        .prepare::<NoCheckpointing>([x_node, weight_node, bias_node])
        .compute_bound()
        .stateful();
    let y = match prepared {
        OpsKind::Tracked(tracked) => {
            let saved = Saved {
                kind,
                x,
                weight,
                activated: (activation == Activation::Relu6).then(|| y.clone()),
            };
            tracked.finish(saved, y)
        }
        OpsKind::UnTracked(untracked) => untracked.finish(y),
    };
    Tensor::from_primitive::<Cpu>(y)
}

fn primitive<const D: usize>(tensor: Tensor<D>) -> FloatTensor<Cpu> {
    let primitive = tensor.try_into_primitive::<Cpu>();
    primitive.expect("a tensor of the CPU with autodiff")
}

/// Numbers of a contiguous tensor that covers its storage.
fn numbers(tensor: &FlexTensor) -> &[f32] {
    tensor.storage()
}

fn tensor(numbers: Vec<f32>, shape: impl Into<Shape>) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(numbers, shape))
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Pointwise,
    Depthwise(Geometry),
}

impl Kind {
    /// Without bias and activation.
    fn forward(self, x: &FlexTensor, weight: &FlexTensor) -> FlexTensor {
        match self {
            Self::Pointwise => {
                let [films, height, width, _] = x.layout().shape().dims();
                let weight = matrix(weight);
                let [outputs, _] = weight.layout().shape().dims();
                Flex::float_matmul(rows(x), weight.transpose(0, 1))
                    .reshape([films, height, width, outputs].into())
            }
            Self::Depthwise(geometry) => {
                let weight = weight.to_contiguous();
                let y = depthwise::forward(&geometry, numbers(x), numbers(&weight));
                tensor(y, geometry.output_shape())
            }
        }
    }

    fn input_gradient(self, gradient: &FlexTensor, weight: &FlexTensor) -> FlexTensor {
        match self {
            Self::Pointwise => {
                let [films, height, width, _] = gradient.layout().shape().dims();
                let weight = matrix(weight);
                let [_, inputs] = weight.layout().shape().dims();
                Flex::float_matmul(rows(gradient), weight)
                    .reshape([films, height, width, inputs].into())
            }
            Self::Depthwise(geometry) => {
                let weight = weight.to_contiguous();
                let x = depthwise::input_gradient(&geometry, numbers(gradient), numbers(&weight));
                tensor(x, geometry.input_shape())
            }
        }
    }

    /// In the shape of the weight.
    fn weight_gradient(self, gradient: &FlexTensor, x: &FlexTensor) -> FlexTensor {
        match self {
            Self::Pointwise => {
                let product = Flex::float_matmul(rows(gradient).transpose(0, 1), rows(x));
                let [outputs, inputs] = product.layout().shape().dims();
                product.reshape([outputs, inputs, 1, 1].into())
            }
            Self::Depthwise(geometry) => {
                let weight = depthwise::weight_gradient(&geometry, numbers(gradient), numbers(x));
                tensor(weight, [geometry.channels, 1, 3, 3])
            }
        }
    }
}

/// `[N, H, W, C]` -> `[N * H * W, C]`
fn rows(x: &FlexTensor) -> FlexTensor {
    let [films, height, width, channels] = x.layout().shape().dims();
    x.reshape([films * height * width, channels].into())
}

/// `[D, C, 1, 1]` -> `[D, C]`
fn matrix(weight: &FlexTensor) -> FlexTensor {
    let [outputs, inputs, _, _] = weight.layout().shape().dims();
    weight.reshape([outputs, inputs].into())
}

#[derive(Debug)]
struct Convolution;

/// What the backward pass needs of the forward pass.
#[derive(Clone, Debug)]
struct Saved {
    kind: Kind,
    x: FlexTensor,
    weight: FlexTensor,
    /// The output, if ReLU6 made it.
    activated: Option<FlexTensor>,
}

impl Backward<Flex, 3> for Convolution {
    type State = Saved;

    fn backward(self, ops: Ops<Saved, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let Saved {
            kind,
            x,
            weight,
            activated,
        } = ops.state;
        let mut gradient = gradients.consume::<Flex>(&ops.node).to_contiguous();
        if let Some(activated) = activated {
            bias::relu6_gradient(gradient.storage_mut(), numbers(&activated));
        }
        let [of_x, of_weight, of_bias] = ops.parents;
        if let Some(node) = of_bias {
            let [.., channels] = gradient.layout().shape().dims::<4>();
            let sums = bias::gradient(numbers(&gradient), channels);
            gradients.register::<Flex>(node.id, tensor(sums, [channels]));
        }
        if let Some(node) = of_weight {
            gradients.register::<Flex>(node.id, kind.weight_gradient(&gradient, &x));
        }
        if let Some(node) = of_x {
            gradients.register::<Flex>(node.id, kind.input_gradient(&gradient, &weight));
        }
    }
}
