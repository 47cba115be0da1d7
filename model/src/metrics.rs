//! Scores with intervals, on plain slices.

use serde::{Deserialize, Serialize};

/// A proportion with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    pub hits: usize,
    pub n: usize,
    /// Wilson score interval, 95 %.
    pub low: f64,
    pub high: f64,
}

/// The scores of a set of films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    pub accuracy: Proportion,
    /// `confusion[truth][answer]`, counts.
    pub confusion: Vec<Vec<usize>>,
    /// Share of the largest class: what always answering it would score.
    pub majority: f64,
    /// How many patients the films come from, where known.
    pub patients: Option<usize>,
}
