//! What driver and worker say to each other once they know each other. Rows of numbers follow a message.

use serde::{Deserialize, Serialize};
use training::{features::View, sharing::Lesson};

#[derive(Serialize, Deserialize)]
pub(super) enum ToWorker {
    /// What the next steps are of; all images that were kept are to be forgotten.
    Lesson(Lesson),
    /// A part of a batch. Rows: the network's parameters, the mask, what it reads of each image that the worker has not kept.
    Step {
        parameters: usize,
        mask: Option<usize>,
        images: Vec<Told>,
    },
}

/// An image of a step.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) view: View,
    pub(super) class: usize,
    pub(super) input: Input,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Input {
    /// From an earlier step.
    Kept,
    /// So many numbers follow; they may be wanted again.
    Keep(usize),
    /// So many follow, for this step only.
    Once(usize),
}

#[derive(Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// Bytes of images that it can keep.
    Ready { memory: u64 },
    /// Rows: the gradient, and so many logits.
    Gradient { logits: usize },
    /// In a sentence.
    Failed(String),
}
