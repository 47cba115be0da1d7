//! A small network without any training before: what films alone can teach.

use burn::{
    module::{Module, Param},
    nn::{
        Linear, PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig},
        pool::{MaxPool2d, MaxPool2dConfig},
    },
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand::Rng;

#[cfg(feature = "gpu")]
use crate::backbone::{channels_to_end, channels_to_front};
use crate::head::{dense, through, uniform};

/// Channels after each convolution.
const CHANNELS: [usize; 4] = [1, 16, 32, 64];

/// Three times convolution, ReLU and pooling; then the average over the film, and one dense layer.
#[derive(Module, Debug)]
pub struct Scratch {
    pub convolutions: Vec<Conv2d>,
    pool: MaxPool2d,
    pub output: Linear,
}

/// Size of a [`Scratch`] network.
#[derive(Clone, Copy, Debug)]
pub struct ScratchConfig {
    pub classes: usize,
}

impl ScratchConfig {
    /// A network with first weights drawn from `random`, so that all devices start from the same.
    pub fn init(&self, random: &mut impl Rng, device: &Device) -> Scratch {
        Scratch {
            convolutions: CHANNELS
                .windows(2)
                .map(|pair| convolution(pair[0], pair[1], random, device))
                .collect(),
            pool: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            output: dense(CHANNELS[3], self.classes, random, device),
        }
    }
}

/// 3x3, with weights drawn evenly within He's limit (He 2015) and no bias.
fn convolution(input: usize, output: usize, random: &mut impl Rng, device: &Device) -> Conv2d {
    let limit = (6.0 / (9 * input) as f32).sqrt();
    let mut layer = Conv2dConfig::new([input, output], [3, 3])
        .with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1))
        .init(device);
    layer.weight = Param::from_data(uniform(vec![output, input, 3, 3], limit, random), device);
    layer.bias = Some(Param::from_data(
        TensorData::zeros::<f32, _>([output]),
        device,
    ));
    layer
}

impl Scratch {
    /// # Shapes
    /// `[N, 1, S, S]` -> logits `[N, classes]`
    pub fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        self.read_out(self.maps(x))
    }

    /// # Shapes
    /// `[N, 1, S, S]` -> `[N, 64, S/8, S/8]`
    pub(crate) fn maps(&self, x: Tensor<4>) -> Tensor<4> {
        self.convolutions.iter().fold(x, |x, layer| {
            #[cfg(feature = "gpu")]
            if crate::gpu::fits(&x.device()) {
                let own = crate::gpu::pooled_convolution(layer, &channels_to_end(x.clone()));
                if let Some(y) = own {
                    return channels_to_front(y);
                }
            }
            self.pool.forward(relu(layer.forward(x)))
        })
    }

    /// # Shapes
    /// maps `[N, 64, H, W]` -> logits `[N, classes]`
    pub(crate) fn read_out(&self, maps: Tensor<4>) -> Tensor<2> {
        // [N, 64, H, W] -> [N, 64]
        let pooled = maps.mean_dim(3).mean_dim(2).flatten(1, 3);
        through(&self.output, pooled)
    }
}
