//! A network at rest, whose maps can be drawn: as it was trained, or with what it learnt destroyed.

#[cfg(test)]
mod tests;

use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    features::{Extractor, PooledStages, read},
    head::{Head, HeadConfig},
    scratch::ScratchConfig,
    trainable::{TopLayers, TrainableModel, softmax},
};
use imaging::{insight::HeatMap, report::TrainError};
use mobilenet::weights::{Weights, WeightsError};

/// A network that no longer learns.
pub struct Explainer {
    pub(crate) extractor: Extractor,
    pub(crate) trainable: TrainableModel,
    pub(crate) classes: usize,
    /// With autodiff.
    pub(crate) device: Device,
}

impl Explainer {
    /// The same backbone below a head of random weights; `None` for a network from scratch, which has no
    /// head of its own.
    pub fn with_random_head(self, seed: u64) -> Option<Self> {
        self.head_drawn(&mut other_random(seed))
    }

    fn head_drawn(self, random: &mut impl Rng) -> Option<Self> {
        let trainable = match &self.trainable {
            TrainableModel::Head(head) => TrainableModel::Head(self.new_head(head, random)),
            TrainableModel::TopLayers(top_layers) => TrainableModel::TopLayers(TopLayers {
                stages: top_layers.stages.clone(),
                head: self.new_head(&top_layers.head, random),
            }),
            TrainableModel::Scratch(_) => return None,
        };
        Some(Self { trainable, ..self })
    }

    /// Random weights everywhere: those of the backbone change places within each layer, so that their
    /// spread stays, and the head is drawn anew.
    ///
    /// # Errors
    /// [`WeightsError`] when `weights` do not fit.
    pub fn with_random_weights(self, weights: &Weights, seed: u64) -> Result<Self, WeightsError> {
        let random = &mut other_random(seed);
        let key = *self.extractor.key();
        let device = self.device.clone();
        if let TrainableModel::Scratch(_) = self.trainable {
            let classes = self.classes;
            let trainable =
                TrainableModel::Scratch(ScratchConfig { classes }.init(random, &device));
            return Ok(Self { trainable, ..self });
        }
        let weights = weights.shuffled(random)?;
        let extractor = Extractor::new(&weights, &key, &device)?;
        let trainable = match self.trainable {
            TrainableModel::TopLayers(TopLayers { head, .. }) => {
                TrainableModel::TopLayers(TopLayers {
                    stages: PooledStages::unfrozen(&weights, &key, &device)?,
                    head,
                })
            }
            trainable @ (TrainableModel::Head(_) | TrainableModel::Scratch(_)) => trainable,
        };
        let network = Self {
            extractor,
            trainable,
            device,
            classes: self.classes,
        };
        // No network from scratch is left here.
        network
            .head_drawn(random)
            .ok_or_else(|| WeightsError::Tensor("head".into()))
    }

    /// Where the network looks when it weighs `class` for this input, at the layer that the head reads: each activation times the
    /// logit's gradient at its own place (HiResCAM, Draelos 2020, arXiv 2011.08891).
    ///
    /// Where the head reads the average of each map, all places of a map have one gradient, and this is Grad-CAM (Selvaraju 2017,
    /// doi 10.1109/ICCV.2017.74). On the grid they differ by cell, and Grad-CAM's average over the map would let them cancel:
    /// "left less right" would weigh nothing.
    ///
    /// # Shapes
    /// `[side * side]` grey values -> cells of that layer, 7x7 or 14x14 for 224 pixels
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn heat(&self, input: &[f32], class: usize) -> Result<HeatMap, TrainError> {
        let maps = self.maps(input).await?;
        let [_, channels, height, width] = maps.dims();
        let maps = Tensor::<4>::from_data(
            TensorData::new(read(maps).await?, [1, channels, height, width]),
            &self.device,
        )
        .require_grad();
        let logits = self.read_out(maps.clone());
        let gradients = logits
            .clone()
            .slice([0..1, class..class + 1])
            .sum()
            .backward();
        let gradient = maps.grad(&gradients).ok_or_else(|| TrainError::Missing {
            what: "the gradient of the maps".into(),
        })?;
        // [1, C, H, W] -> [1, 1, H, W]
        let heat = relu((maps.inner() * gradient).sum_dim(1));
        let probabilities = softmax(&read(logits.inner()).await?);
        Ok(HeatMap {
            width,
            height,
            values: to_unit(read(heat).await?),
            probability: probabilities.get(class).copied().unwrap_or_default(),
        })
    }

    /// The last maps before they are averaged, without autodiff.
    async fn maps(&self, input: &[f32]) -> Result<Tensor<4>, TrainError> {
        let device = self.device.clone().without_autodiff();
        let side = self.extractor.key().side;
        match self.trainable.valid() {
            TrainableModel::Head(_) => Ok(self.extractor.maps(input)),
            TrainableModel::TopLayers(top_layers) => {
                let features = self.extractor.extract(input).await?;
                let [channels, height, width] = top_layers.stages.input_shape(side);
                let data = TensorData::new(features.feature_map, [1, channels, height, width]);
                Ok(top_layers.stages.maps(Tensor::from_data(data, &device)))
            }
            TrainableModel::Scratch(network) => {
                let data = TensorData::new(input.to_vec(), [1, 1, side, side]);
                Ok(network.maps(Tensor::from_data(data, &device)))
            }
        }
    }

    /// # Shapes
    /// maps `[1, C, H, W]` -> logits `[1, classes]`
    fn read_out(&self, maps: Tensor<4>) -> Tensor<2> {
        match &self.trainable {
            TrainableModel::Head(head) => {
                let pooled = self.extractor.pool(maps);
                head.forward(pooled, None)
            }
            TrainableModel::TopLayers(top_layers) => {
                top_layers.head.forward(top_layers.stages.pool(maps), None)
            }
            TrainableModel::Scratch(network) => network.read_out(maps),
        }
    }

    /// A head of the size of `old`.
    fn new_head(&self, old: &Head, random: &mut impl Rng) -> Head {
        let [features, _] = old.hidden.weight.shape().dims();
        let classes = self.classes;
        HeadConfig { features, classes }.init(random, &self.device)
    }
}

/// Other numbers than any that a run of this seed draws.
fn other_random(seed: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(9);
    random
}

/// Divided by the largest, so that 1 is the strongest place; all 0 if nothing is above 0.
fn to_unit(mut values: Vec<f32>) -> Vec<f32> {
    let strongest = values.iter().copied().fold(0.0, f32::max);
    for value in &mut values {
        *value = if strongest > 0.0 {
            *value / strongest
        } else {
            0.0
        };
    }
    values
}
