//! What goes with a trained network that leaves the browser: the card in its file, the words of its page, and why a file is
//! refused. Plain data, for those who neither write nor read such files.

mod order;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use order::{Order, Outcome, Parts, ReadHead, Wanted, read_order, write_order};

/// What a file says of the network in it, for people. Its sentences are in the language of who took it along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Program and version.
    pub made_with: String,
    pub intended_use: String,
    /// Sentences.
    pub limits: Vec<String>,
    pub images: Images,
    /// Of the test set, unless they say otherwise; none if it was not asked.
    pub scores: Vec<Score>,
}

/// What the network learned from and was tested on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Images {
    pub title: String,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// How they were divided, in words.
    pub split: String,
    pub sets: Vec<Set>,
    /// By which the program knows them again, if they are those that the network learned from. Files of earlier versions have none.
    #[serde(default)]
    pub fingerprint: Option<String>,
}

impl Images {
    /// As it stands in a card: a number of 64 bits is more than JSON's readers keep.
    pub fn written(fingerprint: u64) -> String {
        format!("{fingerprint:016x}")
    }

    /// Whether the network learned from the images of this fingerprint.
    pub fn are(&self, fingerprint: u64) -> bool {
        self.fingerprint.as_deref() == Some(&Self::written(fingerprint))
    }
}

/// A part of the images.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Set {
    /// `train`, `validation` or `test`.
    pub name: String,
    pub images: usize,
    /// Images of each class, in the order of the classes.
    pub by_class: Vec<usize>,
    /// `None` if it is not known whose they are.
    pub patients: Option<usize>,
}

/// A share of 0 to 1 with what chance alone leaves open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    pub name: String,
    pub value: f64,
    /// Limits of the 95 % interval.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Images.
    pub n: usize,
}

/// The sentences of the page that classifies by itself, in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageWords {
    /// Of the page, as in `<html lang>`.
    pub language: String,
    /// The classes' names, in their order.
    pub classes: Vec<String>,
    pub title: String,
    pub warning: String,
    pub choose: String,
    pub drop: String,
    pub starting: String,
    pub reading: String,
    pub unread: String,
    pub broken: String,
    pub probabilities: String,
    pub input: String,
    pub intended_use: String,
    pub limits: String,
    pub images: String,
    pub set: String,
    pub all: String,
    pub patients: String,
    pub scores: String,
    pub private: String,
    /// Of the three sets, by the names in the card.
    pub train: String,
    pub validation: String,
    pub test: String,
}

/// In what form a network leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Form {
    Onnx,
    Safetensors,
    Page(Box<PageWords>),
}

/// Why a network is not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WriteError {
    /// Its training has gone wrong: other programs would hide it behind numbers that look like probabilities.
    #[error("{tensor} has numbers that are not finite")]
    NotFinite { tensor: String },
    /// A fault of the program.
    #[error("the network does not fit its settings: {tensor}")]
    Unfit { tensor: String },
}

/// Why a file is not read as a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ReadError {
    /// Neither a whole ONNX file nor a whole safetensors file.
    #[error("neither a whole ONNX file nor a whole safetensors file: {detail}")]
    Damaged { detail: String },
    /// Of another program.
    #[error("no network of Firstread: it lacks {missing}")]
    Foreign { missing: String },
    #[error("written by a later version of Firstread (form {form})")]
    Later { form: u32 },
    /// What it says of itself is no network.
    #[error("its settings or classes are those of no network: {detail}")]
    Settings { detail: String },
    /// A part is missing, or of another shape: the head of another network, for instance.
    #[error("it lacks a fitting {tensor}")]
    Unfit { tensor: String },
    #[error("{tensor} has numbers that are not finite")]
    NotFinite { tensor: String },
    /// Its frozen layers are not those that the program computes with.
    #[error("its frozen part is another one: {tensor}")]
    OtherBackbone { tensor: String },
    /// It would compute something else than what would be asked here.
    #[error("its graph was changed after it had been written")]
    OtherGraph,
}
