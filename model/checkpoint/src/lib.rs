//! A trained network, and a run that was cut off, as plain data: no tensors of any device.
//!
//! Parts of a network are named as in the weights' file, with the part of the network before them:
//! `backbone.13.expand.weight`, `head.hidden.weight`, `scratch.convolution.0.bias`. Numbers are row-major.

mod error;
mod file;
mod limits;
pub mod project;

use imaging::settings::Settings;
use serde::{Deserialize, Serialize};

pub use error::CheckpointError;

/// Some of a network's numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTensor {
    pub name: String,
    /// Of a dense layer `[in, out]`, of a convolution `[out, in / groups, kernel, kernel]`.
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// What was learnt. What is not here is as in the weights' file: all that is frozen, and what a second stage that has not begun
/// will unfreeze.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainedNetwork {
    pub settings: Settings,
    pub classes: Vec<String>,
    pub tensors: Vec<NamedTensor>,
}

impl TrainedNetwork {
    pub fn tensor(&self, name: &str) -> Option<&NamedTensor> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }
}

/// A run between two of its steps: it goes on from here with the same numbers as if it had never been cut off.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    pub network: TrainedNetwork,
    /// Of the films that it learns from: [`DatasetSummary::fingerprint`](imaging::dataset::DatasetSummary::fingerprint).
    pub films: u64,
    pub origin: Origin,
    /// Of the tensors that have been moved since the stage began, in the network's order.
    pub optimiser: Vec<Moments>,
    pub position: Position,
    pub random: RandomPositions,
    pub epoch_so_far: EpochSoFar,
}

/// Where the numbers of a network came from before a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// They were drawn.
    #[default]
    Drawn,
    /// Out of a file: learned from these films, divided as they are here.
    SameFilms,
    /// Out of a file, and it is not known which of these films it has learned from.
    UnknownFilms,
}

/// What Adam knows of a tensor's gradients.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// The tensor's name.
    pub name: String,
    /// How many gradients they were made of.
    pub steps: usize,
    /// One a number of the tensor, both.
    pub first: Vec<f32>,
    pub second: Vec<f32>,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Counted from 0, as the settings ask for them; one past the last when the run is over.
    pub stage: usize,
    /// Counted from 0 within the stage.
    pub epoch: usize,
    /// Steps done in the whole run.
    pub steps_done: usize,
    /// Training films that the present epoch has shown.
    pub seen: usize,
}

/// Where the generators of random numbers stand, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RandomPositions {
    /// Of the order of the films, before the present epoch was shuffled.
    pub order: u64,
    pub dropout: u64,
}

/// What the batches of the present epoch showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EpochSoFar {
    /// A sum.
    pub loss: f64,
    pub correct: usize,
    pub n: usize,
}
