//! What training and testing yield: plain data, without tensors.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use metrics::{self, Scores};

/// One thing that training has to report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    Step(StepReport),
    Epoch(EpochReport),
}

/// Why training cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum TrainError {
    /// The loss is no longer a number: the learning rate is too high.
    #[error("the loss is no longer a number; try a lower learning rate")]
    Diverged,
    /// The device was lost or did not hand back what it computed: the only kind for which another device is the cure.
    #[error("the device did not hand back what it computed: {detail}")]
    Device { detail: String },
    /// Something that an earlier step should have left is not there: a fault of this program, not of the device.
    #[error("the program lost track of {what}")]
    Missing { what: String },
    /// Parts that should fit each other do not, such as a file of weights and the network that it is for.
    #[error("the parts of the network do not fit each other: {detail}")]
    Unfit { detail: String },
    /// The device or the weights are still on their way, so that nothing computes yet.
    #[error("nothing computes yet: the device or the weights are still on their way")]
    NotReady,
}

/// Which of the run's stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StageKind {
    Frozen,
    FineTuning,
    Scratch,
}

/// One training step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepReport {
    pub stage: StageKind,
    /// Counted from 0 within the stage.
    pub epoch: usize,
    /// Steps done in the whole run, this one included.
    pub steps_done: usize,
    /// Mean cross-entropy over the batch.
    pub loss: f32,
    pub batch: Vec<BatchFilm>,
    pub steps_total: usize,
    /// Only of a step that was asked for by itself: it costs time.
    pub diagnostics: Option<StepDiagnostics>,
}

/// What one step did to the films that it was made of, and what moved the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDiagnostics {
    /// Probabilities after the step, a row for each film of the batch, with the same units dropped as before it.
    pub after: Vec<Vec<f32>>,
    /// Mean cross-entropy over the batch after the step.
    pub loss_after: f32,
    /// Of each layer that learns, from the film to the answer.
    pub gradients: Vec<LayerGradient>,
}

/// A part of the network that learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// A convolution of the network from scratch, counted from 0.
    Convolution(usize),
    /// A stage of the backbone, counted from 0 of all 19.
    Backbone(usize),
    /// The first layer of the head.
    Hidden,
    /// The layer that gives the answer.
    Output,
}

/// How strongly the loss pulled at a layer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerGradient {
    pub layer: Layer,
    /// Length of the gradient: the root of the sum of the squares of all its numbers.
    pub norm: f32,
    /// How many numbers it has: the weights of the layer.
    pub weights: usize,
}

/// One film of a training batch with the network's answer before the step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchFilm {
    pub sample: usize,
    /// 0 is the film as it is, above 0 an augmented view.
    pub view: usize,
    /// One a class.
    pub probabilities: Vec<f32>,
}

/// One pass over the training films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochReport {
    pub stage: StageKind,
    pub epoch: usize,
    /// Steps done in the whole run.
    pub steps_done: usize,
    pub train: LossAccuracy,
    pub validation: LossAccuracy,
    /// Of the validation films, `confusion[truth][answer]`, counts.
    pub validation_confusion: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossAccuracy {
    /// Mean cross-entropy.
    pub loss: f32,
    pub correct: usize,
    pub n: usize,
}

/// The locked films, opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestReport {
    /// One a test film.
    pub films: Vec<TestFilm>,
    pub scores: Scores,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestFilm {
    pub sample: usize,
    pub class: usize,
    pub probabilities: Vec<f32>,
}

impl TestFilm {
    /// What the network took it for, by the rule that the confusion counts by.
    pub fn answer(&self) -> usize {
        metrics::answer(&self.probabilities)
    }
}
