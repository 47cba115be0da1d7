//! The part that is always trained: two dense layers on the backbone's features, as in the module
//! this lesson descends from (Dense 256, ReLU, Dropout 0.5, Dense, softmax).

use burn::{
    module::{Module, Param},
    nn::{Linear, LinearConfig},
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand::Rng;

/// Units of the hidden layer.
pub const HIDDEN: usize = 256;

/// Two dense layers.
#[derive(Module, Debug)]
pub struct Head {
    pub hidden: Linear,
    pub output: Linear,
}

/// Sizes of a [`Head`].
#[derive(Clone, Copy, Debug)]
pub struct HeadConfig {
    /// Numbers that come in for each film.
    pub features: usize,
    pub classes: usize,
}

impl HeadConfig {
    /// A head with first weights drawn from `random`, so that all devices start from the same.
    pub fn init(&self, random: &mut impl Rng, device: &Device) -> Head {
        Head {
            hidden: dense(self.features, HIDDEN, random, device),
            output: dense(HIDDEN, self.classes, random, device),
        }
    }
}

impl Head {
    /// `mask` silences hidden units in training (see [`dropout_mask`]); `None` in use.
    ///
    /// # Shapes
    /// `[N, features]`, mask `[N, 256]` -> logits `[N, classes]`
    pub fn forward(&self, x: Tensor<2>, mask: Option<Tensor<2>>) -> Tensor<2> {
        let hidden = relu(through(&self.hidden, x));
        let kept = match mask {
            Some(mask) => hidden * mask,
            None => hidden,
        };
        through(&self.output, kept)
    }
}

/// # Shapes
/// `[N, inputs]` -> `[N, outputs]`
pub(crate) fn through(layer: &Linear, x: Tensor<2>) -> Tensor<2> {
    #[cfg(feature = "gpu")]
    if crate::gpu::fits(&x.device()) {
        return crate::gpu::dense(layer, x);
    }
    layer.forward(x)
}

/// A dense layer with weights drawn evenly within Glorot's limit (Glorot 2010) and no bias, as Keras does.
pub(crate) fn dense(input: usize, output: usize, random: &mut impl Rng, device: &Device) -> Linear {
    let limit = (6.0 / (input + output) as f32).sqrt();
    let mut layer = LinearConfig::new(input, output).init(device);
    layer.weight = Param::from_data(uniform(vec![input, output], limit, random), device);
    layer.bias = Some(Param::from_data(
        TensorData::zeros::<f32, _>([output]),
        device,
    ));
    layer
}

/// Numbers drawn evenly between `-limit` and `limit`.
pub(crate) fn uniform(shape: Vec<usize>, limit: f32, random: &mut impl Rng) -> TensorData {
    let n = shape.iter().product();
    let values: Vec<f32> = (0..n)
        .map(|_| random.random_range(-limit..=limit))
        .collect();
    TensorData::new(values, shape)
}

/// 0 with the chance `dropout`, else `1 / (1 - dropout)`, so that the mean stays: `[n, 256]`.
/// Drawn here and not on the device, so that all devices silence the same units.
pub fn dropout_mask(n: usize, dropout: f64, random: &mut impl Rng, device: &Device) -> Tensor<2> {
    let kept = (1.0 / (1.0 - dropout)) as f32;
    let values: Vec<f32> = (0..n * HIDDEN)
        .map(|_| {
            if random.random_bool(dropout) {
                0.0
            } else {
                kept
            }
        })
        .collect();
    Tensor::from_data(TensorData::new(values, [n, HIDDEN]), device)
}
