//! The convolutions of the backbone: forward with bias and activation, and backward.

use burn::{
    backend::{
        Cube,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
    },
    nn::conv::Conv2d,
    tensor::Tensor,
};
use burn_cubecl::tensor::CubeTensor;

use super::{
    product::{Steps, product},
    shaped, sums, whole,
};
use crate::channels_last::{Activation, Geometry};

/// As [`crate::channels_last::pointwise`].
pub(crate) fn pointwise(layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    convolution(Kind::Pointwise, layer, x, activation)
}

/// As [`crate::channels_last::depthwise`].
pub(crate) fn depthwise(layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    let geometry = Geometry::of(layer, &x);
    convolution(Kind::Depthwise(geometry), layer, x, activation)
}

fn convolution(kind: Kind, layer: &Conv2d, x: Tensor<4>, activation: Activation) -> Tensor<4> {
    let bias = layer.bias.as_ref();
    let bias = bias.expect("the backbone's convolutions have one, batch normalisation folded in");
    if !super::has_autodiff(&x.device()) {
        let [x, weight] = [x, layer.weight.val()].map(super::plain).map(whole);
        let y = kind.forward(&x, &weight, &whole(super::plain(bias.val())), activation);
        return Tensor::from_primitive::<Cube>(y);
    }
    let (x, x_node) = super::learning(x).into_parts();
    let (weight, weight_node) = super::learning(layer.weight.val()).into_parts();
    let (bias, bias_node) = super::learning(bias.val()).into_parts();
    let [x, weight, bias] = [x, weight, bias].map(whole);
    let y = kind.forward(&x, &weight, &bias, activation);
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
    Tensor::from_primitive::<super::Learning>(y)
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Pointwise,
    Depthwise(Geometry),
}

impl Kind {
    fn forward(
        self,
        x: &CubeTensor,
        weight: &CubeTensor,
        bias: &CubeTensor,
        activation: Activation,
    ) -> CubeTensor {
        match self {
            Self::Pointwise => {
                let [films, height, width, inputs] = x.meta.shape().dims();
                let [outputs, _, _, _] = weight.meta.shape().dims::<4>();
                let y = product(
                    [films * height * width, inputs, outputs],
                    (x, Steps::rows(inputs)),
                    (weight, Steps::transposed(inputs)),
                    Some(bias),
                    activation,
                );
                shaped(&y, [films, height, width, outputs])
            }
            Self::Depthwise(geometry) => {
                super::depthwise::forward(&geometry, x, weight, bias, activation)
            }
        }
    }

    fn input_gradient(self, gradient: &CubeTensor, weight: &CubeTensor) -> CubeTensor {
        match self {
            Self::Pointwise => {
                let [films, height, width, outputs] = gradient.meta.shape().dims();
                let [_, inputs, _, _] = weight.meta.shape().dims::<4>();
                let x = product(
                    [films * height * width, outputs, inputs],
                    (gradient, Steps::rows(outputs)),
                    (weight, Steps::rows(inputs)),
                    None,
                    Activation::Linear,
                );
                shaped(&x, [films, height, width, inputs])
            }
            Self::Depthwise(geometry) => {
                super::depthwise::input_gradient(&geometry, gradient, weight)
            }
        }
    }

    /// In the shape of the weight.
    fn weight_gradient(self, gradient: &CubeTensor, x: &CubeTensor) -> CubeTensor {
        match self {
            Self::Pointwise => {
                let [films, height, width, outputs] = gradient.meta.shape().dims();
                let [.., inputs] = x.meta.shape().dims::<4>();
                let weight = product(
                    [outputs, films * height * width, inputs],
                    (gradient, Steps::transposed(outputs)),
                    (x, Steps::rows(inputs)),
                    None,
                    Activation::Linear,
                );
                shaped(&weight, [outputs, inputs, 1, 1])
            }
            Self::Depthwise(geometry) => super::depthwise::weight_gradient(&geometry, gradient, x),
        }
    }
}

#[derive(Debug)]
struct Convolution;

/// What the backward pass needs of the forward pass.
#[derive(Clone, Debug)]
struct Saved {
    kind: Kind,
    x: CubeTensor,
    weight: CubeTensor,
    /// The output, if ReLU6 made it.
    activated: Option<CubeTensor>,
}

impl Backward<Cube, 3> for Convolution {
    type State = Saved;

    fn backward(self, ops: Ops<Saved, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let Saved {
            kind,
            x,
            weight,
            activated,
        } = ops.state;
        let gradient = whole(gradients.consume::<Cube>(&ops.node));
        let [films, height, width, channels] = gradient.meta.shape().dims();
        let size = [films * height * width, channels];
        let [of_x, of_weight, of_bias] = ops.parents;
        let (gradient, bias) = match &activated {
            Some(activated) => {
                let (passed, sums) = sums::through_relu6(size, &gradient, activated);
                let passed = shaped(&passed, [films, height, width, channels]);
                (passed, Some(sums))
            }
            None => {
                let sums = of_bias.is_some().then(|| sums::columns(size, &gradient));
                (gradient, sums)
            }
        };
        if let (Some(node), Some(bias)) = (of_bias, bias) {
            gradients.register::<Cube>(node.id, bias);
        }
        if let Some(node) = of_weight {
            gradients.register::<Cube>(node.id, kind.weight_gradient(&gradient, &x));
        }
        if let Some(node) = of_x {
            gradients.register::<Cube>(node.id, kind.input_gradient(&gradient, &weight));
        }
    }
}
