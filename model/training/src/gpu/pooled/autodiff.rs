//! The layer as an operation with a backward pass.

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

use super::{PIXELS, Size, before_pooling, forward, input_gradient, weights};
use crate::gpu::{Learning, has_autodiff, learning, plain, whole};

/// Convolution 3x3, padded by 1, with a bias; ReLU; the largest of each four pixels. `None` if the image has sides that the
/// kernels cannot divide.
///
/// # Shapes
/// `[N, H, W, C]`, weight `[D, C, 3, 3]` -> `[N, H / 2, W / 2, D]`
pub(crate) fn convolution(layer: &Conv2d, x: &Tensor<4>) -> Option<Tensor<4>> {
    let [films, height, width, inputs] = x.dims();
    let [outputs, ..] = layer.weight.dims();
    let bias = layer.bias.as_ref()?;
    if !height.is_multiple_of(2) || !width.is_multiple_of(PIXELS) {
        return None;
    }
    let size = Size {
        films,
        height,
        width,
        inputs,
        outputs,
    };
    let x = x.clone();
    if !has_autodiff(&x.device()) {
        let [x, weight] = [x, layer.weight.val()].map(plain);
        let bias = whole(plain(bias.val()));
        let (y, _) = forward(&size, &whole(x), &taps_first(weight), &bias);
        return Some(Tensor::from_primitive::<Cube>(y));
    }
    let (x, x_node) = learning(x).into_parts();
    let (weight, weight_node) = learning(layer.weight.val()).into_parts();
    let (bias, bias_node) = learning(bias.val()).into_parts();
    let x = whole(x);
    let (y, chosen) = forward(&size, &x, &taps_first(weight.clone()), &whole(bias));
    let prepared = Convolution
        .prepare::<NoCheckpointing>([x_node, weight_node, bias_node])
        .compute_bound()
        .stateful();
    let y = match prepared {
        OpsKind::Tracked(tracked) => {
            let saved = Saved {
                size,
                x,
                weight,
                chosen,
            };
            tracked.finish(saved, y)
        }
        OpsKind::UnTracked(untracked) => untracked.finish(y),
    };
    Some(Tensor::from_primitive::<Learning>(y))
}

/// `[D, C, 3, 3]` -> `[3, 3, C, D]`
fn taps_first(weight: CubeTensor) -> CubeTensor {
    whole(permuted(weight, [2, 3, 1, 0]))
}

/// `[D, C, 3, 3]` -> `[3, 3, D, C]`, each filter turned around.
fn turned(weight: CubeTensor) -> CubeTensor {
    use burn::backend::ops::FloatTensorOps;
    whole(permuted(Cube::float_flip(weight, &[2, 3]), [2, 3, 0, 1]))
}

fn permuted(tensor: CubeTensor, axes: [usize; 4]) -> CubeTensor {
    use burn::backend::ops::FloatTensorOps;
    Cube::float_permute(tensor, &axes)
}

#[derive(Debug)]
struct Convolution;

/// What the backward pass needs of the forward pass.
#[derive(Clone, Debug)]
struct Saved {
    size: Size,
    x: CubeTensor,
    weight: CubeTensor,
    chosen: CubeTensor,
}

impl Backward<Cube, 3> for Convolution {
    type State = Saved;

    fn backward(self, ops: Ops<Saved, 3>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let Saved {
            size,
            x,
            weight,
            chosen,
        } = ops.state;
        let gradient = whole(gradients.consume::<Cube>(&ops.node));
        let [of_x, of_weight, of_bias] = ops.parents;
        if let Some(node) = of_bias {
            let bias = weights::bias_gradient(&size, &gradient, &chosen);
            gradients.register::<Cube>(node.id, bias);
        }
        if of_x.is_none() && of_weight.is_none() {
            return;
        }
        let gradient = before_pooling(&size, &gradient, &chosen);
        if let Some(node) = of_weight {
            // [3, 3, C, D] -> [D, C, 3, 3]
            let own = permuted(weights::weight_gradient(&size, &gradient, &x), [3, 2, 0, 1]);
            gradients.register::<Cube>(node.id, own);
        }
        if let Some(node) = of_x {
            let own = input_gradient(&size, &gradient, &turned(weight));
            gradients.register::<Cube>(node.id, own);
        }
    }
}
