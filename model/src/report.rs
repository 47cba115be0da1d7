//! What training and testing yield: plain data, without tensors.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::metrics::Scores;

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
    /// The device did not hand back what it computed.
    #[error("the device did not hand back what it computed: {detail}")]
    Device { detail: String },
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochReport {
    pub stage: StageKind,
    pub epoch: usize,
    /// Steps done in the whole run.
    pub steps_done: usize,
    pub train: LossAccuracy,
    pub validation: LossAccuracy,
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
