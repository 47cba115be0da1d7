//! A network out of a safetensors file, computed without tensors: what a page that classifies by itself runs, and what the
//! tests hold other engines against.

use std::array;

use imaging::settings::Network;
use mobilenet::{
    frozen::{FrozenBackbone, Request},
    weights::Weights,
};
use model_card::ReadError;

use crate::{
    about::About,
    network::{HIDDEN, dense_layers, reading, scratch_convolutions},
    read::about_weights,
};

/// A network at rest.
pub struct Classifier {
    about: About,
    body: Body,
    head: Vec<Dense>,
}

enum Body {
    Pretrained(Box<FrozenBackbone>, Request),
    Scratch(Vec<Convolution>),
}

impl Classifier {
    /// # Errors
    /// [`ReadError`] when the bytes are not a whole safetensors file with a card, or lack a part.
    pub fn new(file: &[u8]) -> Result<Self, ReadError> {
        let about = about_weights(file)?;
        let damaged = |error: mobilenet::weights::WeightsError| ReadError::Unfit {
            tensor: error.to_string(),
        };
        let weights = Weights::parse(file).map_err(damaged)?;
        let kind = about.settings.network;
        let body = match kind {
            Network::Pretrained(pooling) => {
                let reading = reading(pooling);
                let backbone = FrozenBackbone::for_reading(&weights, reading).map_err(damaged)?;
                let request = Request {
                    side: about.settings.film_side,
                    reading,
                    cut: reading.depth(),
                };
                Body::Pretrained(Box::new(backbone), request)
            }
            Network::Scratch => {
                let convolutions = scratch_convolutions().into_iter();
                let convolutions = convolutions.map(|(name, shape)| {
                    Ok(Convolution {
                        channels: [shape[1], shape[0]],
                        weight: weights.numbers(&format!("{name}.weight"), &shape)?,
                        bias: weights.numbers(&format!("{name}.bias"), &shape[..1])?,
                    })
                });
                Body::Scratch(convolutions.collect::<Result<_, _>>().map_err(damaged)?)
            }
        };
        let layers = dense_layers(kind, HIDDEN, about.classes.len()).into_iter();
        let layers = layers.map(|(name, input, output)| {
            Ok(Dense {
                weight: weights.numbers(&format!("{name}.weight"), &[input, output])?,
                bias: weights.numbers(&format!("{name}.bias"), &[output])?,
            })
        });
        let head = layers.collect::<Result<_, _>>().map_err(damaged)?;
        Ok(Self { about, body, head })
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// Of the input, in pixels.
    pub fn side(&self) -> usize {
        self.about.settings.film_side
    }

    /// Of each class.
    ///
    /// # Shapes
    /// `[side * side]`, row-major, 0 black to 1 white -> `[classes]`; nothing for another number of pixels
    pub fn probabilities(&mut self, input: &[f32]) -> Vec<f32> {
        let side = self.side();
        if input.len() != side * side {
            return Vec::new();
        }
        let features = match &mut self.body {
            Body::Pretrained(backbone, request) => match backbone.compute(request, input) {
                Ok(features) => features.embedding,
                Err(_) => return Vec::new(),
            },
            Body::Scratch(convolutions) => {
                let mut map = input.to_vec();
                let mut side = side;
                for convolution in convolutions {
                    map = convolution.halved(&map, side);
                    side /= 2;
                }
                let maps = map.chunks_exact(side * side);
                maps.map(|map| map.iter().sum::<f32>() / map.len() as f32)
                    .collect()
            }
        };
        let last = self.head.len() - 1;
        let mut x = features;
        for (place, layer) in self.head.iter().enumerate() {
            x = layer.forward(&x);
            if place < last {
                x.iter_mut().for_each(|value| *value = value.max(0.0));
            }
        }
        let logits: Vec<f64> = x.into_iter().map(f64::from).collect();
        let probabilities = metrics::softmax(&logits).into_iter();
        probabilities.map(|value| value as f32).collect()
    }
}

/// Weights `[in, out]`.
struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    fn forward(&self, x: &[f32]) -> Vec<f32> {
        let mut sums = self.bias.clone();
        for (value, row) in x.iter().zip(self.weight.chunks_exact(sums.len())) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += value * weight;
            }
        }
        sums
    }
}

/// 3x3, with zeros around the map.
struct Convolution {
    /// In and out.
    channels: [usize; 2],
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Convolution {
    /// ReLU, and the largest of each 2 x 2 places.
    ///
    /// # Shapes
    /// `[in, side, side]` -> `[out, side / 2, side / 2]`, flat
    fn halved(&self, maps: &[f32], side: usize) -> Vec<f32> {
        let [input, output] = self.channels;
        let half = side / 2;
        let mut result = Vec::with_capacity(output * half * half);
        let mut sums = vec![0.0; side * side];
        for channel in 0..output {
            sums.fill(self.bias[channel]);
            for (from, map) in maps.chunks_exact(side * side).enumerate() {
                let kernel = &self.weight[(channel * input + from) * 9..][..9];
                add_filtered(&mut sums, map, side, array::from_fn(|place| kernel[place]));
            }
            for y in 0..half {
                for x in 0..half {
                    let at =
                        |row: usize, column: usize| sums[(2 * y + row) * side + 2 * x + column];
                    let most = at(0, 0).max(at(0, 1)).max(at(1, 0)).max(at(1, 1));
                    result.push(most.max(0.0));
                }
            }
        }
        result
    }
}

fn add_filtered(sums: &mut [f32], map: &[f32], side: usize, kernel: [f32; 9]) {
    for (place, weight) in kernel.into_iter().enumerate() {
        let (dy, dx) = (place / 3, place % 3);
        // Place 1 is the middle: what the kernel reads at y + dy - 1 is inside from here to there.
        let (top, bottom) = (usize::from(dy == 0), side - usize::from(dy == 2));
        let (left, right) = (usize::from(dx == 0), side - usize::from(dx == 2));
        for y in top..bottom {
            let from = &map[(y + dy - 1) * side..][left + dx - 1..right + dx - 1];
            let to = &mut sums[y * side..][left..right];
            for (sum, value) in to.iter_mut().zip(from) {
                *sum += value * weight;
            }
        }
    }
}
