//! A dense layer, forward and backward.

use burn::{
    backend::{
        Cube,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
    },
    nn::Linear,
    tensor::Tensor,
};
use burn_cubecl::tensor::CubeTensor;

use super::{
    product::{Steps, product},
    sums, whole,
};
use crate::channels_last::Activation::Linear as Plain;

/// # Shapes
/// `[N, inputs]`, weight `[inputs, outputs]` -> `[N, outputs]`
pub(crate) fn dense(layer: &Linear, x: Tensor<2>) -> Tensor<2> {
    let bias = layer.bias.as_ref();
    let bias = bias.expect("the dense layers here have one");
    if !super::has_autodiff(&x.device()) {
        let [x, weight] = [x, layer.weight.val()].map(super::plain).map(whole);
        let y = forward(&x, &weight, &whole(super::plain(bias.val())));
        return Tensor::from_primitive::<Cube>(y);
    }
    let (x, x_node) = super::learning(x).into_parts();
    let (weight, weight_node) = super::learning(layer.weight.val()).into_parts();
    let (bias, bias_node) = super::learning(bias.val()).into_parts();
    let [x, weight, bias] = [x, weight, bias].map(whole);
    let y = forward(&x, &weight, &bias);
    let prepared = Dense
        .prepare::<NoCheckpointing>([x_node, weight_node, bias_node])
        .compute_bound()
        .stateful();
    let y = match prepared {
        OpsKind::Tracked(tracked) => tracked.finish((x, weight), y),
        OpsKind::UnTracked(untracked) => untracked.finish(y),
    };
    Tensor::from_primitive::<super::Learning>(y)
}

fn forward(x: &CubeTensor, weight: &CubeTensor, bias: &CubeTensor) -> CubeTensor {
    let [n, inputs] = x.meta.shape().dims();
    let [_, outputs] = weight.meta.shape().dims::<2>();
    let (x, weight) = ((x, Steps::rows(inputs)), (weight, Steps::rows(outputs)));
    product([n, inputs, outputs], x, weight, Some(bias), Plain)
}

#[derive(Debug)]
struct Dense;

impl Backward<Cube, 3> for Dense {
    /// Input and weight.
    type State = (CubeTensor, CubeTensor);

    fn backward(self, ops: Ops<Self::State, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let (x, weight) = ops.state;
        let gradient = whole(gradients.consume::<Cube>(&ops.node));
        let [n, outputs] = gradient.meta.shape().dims();
        let [inputs, _] = weight.meta.shape().dims::<2>();
        let [of_x, of_weight, of_bias] = ops.parents;
        if let Some(node) = of_bias {
            gradients.register::<Cube>(node.id, sums::columns([n, outputs], &gradient));
        }
        if let Some(node) = of_weight {
            let own = product(
                [inputs, n, outputs],
                (&x, Steps::transposed(inputs)),
                (&gradient, Steps::rows(outputs)),
                None,
                Plain,
            );
            gradients.register::<Cube>(node.id, own);
        }
        if let Some(node) = of_x {
            let own = product(
                [n, outputs, inputs],
                (&gradient, Steps::rows(outputs)),
                (&weight, Steps::transposed(outputs)),
                None,
                Plain,
            );
            gradients.register::<Cube>(node.id, own);
        }
    }
}
