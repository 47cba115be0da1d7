//! Steps whose batch several processes share, wherever they run.
//!
//! Each computes the gradient of the mean loss of its part. Weighted by the part's share of the batch and added up, these are
//! the gradient of the whole batch: nothing in the network looks across images, as batch normalisation is folded into the
//! convolutions.

mod numbers;

use std::ops::Range;

use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

pub(crate) use numbers::{as_gradients, numbers, with_numbers};

use crate::{
    features::{FeatureKey, PooledStages, View, depth, embedding_len, read},
    head::{HIDDEN, HeadConfig},
    scratch::ScratchConfig,
    trainable::{Batch, TopLayers, TrainableModel, gradients},
};
use imaging::{
    report::{StageKind, TrainError},
    settings::{Network, Settings},
};
use mobilenet::weights::Weights;

/// What a [`Replica`] is built by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    pub settings: Settings,
    pub classes: usize,
    pub stage: StageKind,
}

/// An image of a batch.
#[derive(Clone, Copy, Debug)]
pub struct SharedImage<'a> {
    pub view: View,
    pub class: usize,
    /// What the network of the stage reads of it.
    pub input: &'a [f32],
}

/// A step to be shared.
pub struct SharedStep<'a> {
    pub lesson: &'a Lesson,
    /// All numbers of the network, in an order that is the same in each program of one build.
    pub parameters: &'a [f32],
    pub images: &'a [SharedImage<'a>],
    /// `[N * 256]`, a row an image, as [`dropout_mask`](crate::head::dropout_mask) has them; none without dropout.
    pub mask: Option<&'a [f32]>,
}

impl SharedStep<'_> {
    /// The rows of the mask of some images.
    pub fn mask_of(&self, images: &Range<usize>) -> Option<&[f32]> {
        self.mask
            .map(|mask| &mask[images.start * HIDDEN..images.end * HIDDEN])
    }
}

/// What comes of a part of a batch, or of the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialGradient {
    /// `[N * classes]`, before the step.
    pub logits: Vec<f32>,
    /// Of the mean loss of these images, in the order of the parameters.
    pub gradient: Vec<f32>,
}

/// Those who share the steps of a run.
pub trait Crew {
    /// The gradient of the whole batch, joined by [`join`].
    ///
    /// # Errors
    /// What keeps one of them from computing its part.
    fn gradient(&mut self, step: &SharedStep<'_>) -> Result<PartialGradient, TrainError>;
}

/// Which images of a batch of `n` each takes, in proportion to its weight; some may take none.
pub fn divide(n: usize, weights: &[usize]) -> Vec<Range<usize>> {
    let all: usize = weights.iter().sum::<usize>().max(1);
    let mut before = 0;
    let mut begin = 0;
    let parts = weights.iter().map(|weight| {
        before += weight;
        let end = n * before / all;
        let part = begin..end;
        begin = end;
        part
    });
    parts.collect()
}

/// The gradient of a whole batch from those of its parts, each with its number of images.
///
/// # Errors
/// [`TrainError::Unfit`] when they are not of one network.
pub fn join(
    parts: impl IntoIterator<Item = (usize, PartialGradient)>,
) -> Result<PartialGradient, TrainError> {
    let parts: Vec<_> = parts.into_iter().collect();
    let all: usize = parts.iter().map(|(n, _)| n).sum();
    let mut whole = PartialGradient {
        logits: Vec::new(),
        gradient: Vec::new(),
    };
    for (n, part) in parts {
        let share = n as f32 / all as f32;
        whole.logits.extend(part.logits);
        if whole.gradient.is_empty() {
            whole.gradient = part.gradient;
            whole.gradient.iter_mut().for_each(|sum| *sum *= share);
            continue;
        }
        if whole.gradient.len() != part.gradient.len() {
            return Err(unfit("gradients of different networks"));
        }
        for (sum, own) in whole.gradient.iter_mut().zip(part.gradient) {
            *sum += share * own;
        }
    }
    Ok(whole)
}

/// The network of a stage, for whoever computes a part of each step.
pub struct Replica {
    lesson: Lesson,
    /// `None` only after a step broke off.
    trainable: Option<TrainableModel>,
    /// Numbers that it reads of an image.
    input: usize,
    device: Device,
}

impl Replica {
    /// `weights`: of any numbers, as those of the run replace them.
    ///
    /// # Errors
    /// [`TrainError::Unfit`] when the settings are out of their limits, or the weights do not fit.
    pub fn new(lesson: Lesson, weights: &Weights, device: &Device) -> Result<Self, TrainError> {
        let settings = &lesson.settings;
        settings.validate().map_err(unfit)?;
        if !(2..=MOST_CLASSES).contains(&lesson.classes) {
            return Err(unfit(format!("{} classes", lesson.classes)));
        }
        let device = device.clone().autodiff();
        let key = FeatureKey::of(settings);
        let random = &mut crate::features::random_of(View { sample: 0, view: 0 });
        let classes = lesson.classes;
        let pixels = settings.film_side * settings.film_side;
        let (trainable, input) = match (settings.network, lesson.stage) {
            (Network::Scratch, StageKind::Scratch) => {
                let network = ScratchConfig { classes }.init(random, &device);
                (TrainableModel::Scratch(network), pixels)
            }
            (Network::Pretrained(pooling), StageKind::Frozen | StageKind::FineTuning) => {
                let features = embedding_len(pooling);
                let head = HeadConfig { features, classes }.init(random, &device);
                if lesson.stage == StageKind::Frozen || key.cut == depth(pooling) {
                    (TrainableModel::Head(head), features)
                } else {
                    let stages = PooledStages::unfrozen(weights, &key, &device).map_err(unfit)?;
                    let input = stages.input_shape(key.side).iter().product();
                    (TrainableModel::TopLayers(TopLayers { stages, head }), input)
                }
            }
            _ => return Err(unfit("a stage that these settings do not have")),
        };
        Ok(Self {
            lesson,
            trainable: Some(trainable),
            input,
            device,
        })
    }

    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// What its part of a step comes to, with the network's numbers as they are given.
    ///
    /// # Errors
    /// [`TrainError::Unfit`] when what is given is not of this network, [`TrainError::Device`] when the device fails.
    pub async fn gradient(
        &mut self,
        parameters: &[f32],
        images: &[SharedImage<'_>],
        mask: Option<&[f32]>,
    ) -> Result<PartialGradient, TrainError> {
        let n = images.len();
        let fits = images
            .iter()
            .all(|image| image.input.len() == self.input && image.class < self.lesson.classes);
        if n == 0 || !fits || mask.is_some_and(|mask| mask.len() != n * HIDDEN) {
            return Err(unfit("images of another network"));
        }
        let trainable = self.trainable.take();
        let trainable = trainable.ok_or_else(|| unfit("a step that broke off"))?;
        let trainable = with_numbers(trainable, parameters)?;
        let batch = Batch {
            inputs: images.iter().map(|image| image.input).collect(),
            classes: images.iter().map(|image| image.class).collect(),
            side: self.lesson.settings.film_side,
        };
        let mask = mask.filter(|_| trainable.has_dropout()).map(|mask| {
            Tensor::from_data(TensorData::new(mask.to_vec(), [n, HIDDEN]), &self.device)
        });
        let (logits, gradients) = gradients(&trainable, &batch, mask, &self.device);
        let gradient = numbers::of_gradients(&trainable, &gradients).await?;
        self.trainable = Some(trainable);
        Ok(PartialGradient {
            logits: read(logits).await?,
            gradient,
        })
    }
}

/// More than any pack has.
const MOST_CLASSES: usize = 1 << 16;

fn unfit(detail: impl ToString) -> TrainError {
    TrainError::Unfit {
        detail: detail.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_divided_by_weight_and_whole() {
        assert_eq!(divide(8, &[1]).first(), Some(&(0..8)));
        assert_eq!(divide(8, &[1, 1]), [0..4, 4..8]);
        assert_eq!(divide(8, &[1, 1, 1]), [0..2, 2..5, 5..8]);
        assert_eq!(divide(8, &[1, 3]), [0..2, 2..8]);
        assert_eq!(divide(1, &[1, 1]), [0..0, 0..1]);
    }

    #[test]
    fn parts_count_by_their_share() {
        let part = |logits: &[f32], gradient: &[f32]| PartialGradient {
            logits: logits.to_vec(),
            gradient: gradient.to_vec(),
        };
        let parts = [
            (1, part(&[1.0], &[4.0, 8.0])),
            (3, part(&[2.0], &[8.0, 0.0])),
        ];
        assert_eq!(join(parts), Ok(part(&[1.0, 2.0], &[7.0, 2.0])));
        let others = [(1, part(&[], &[4.0])), (1, part(&[], &[8.0, 0.0]))];
        assert!(join(others).is_err());
    }
}
