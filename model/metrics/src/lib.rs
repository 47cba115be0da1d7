//! How good the answers of a network are, on plain slices and with intervals.
//!
//! [`scores`] is the summary of one set of films; each file below answers one further question.
//! Every interval has 95 %; docs/decisions/intervals.md has how often each holds the truth. What is not defined, such as a share of no films, is `None` or an error
//! that says why, never a value that is not a number.

pub mod auc;
mod balanced;
pub mod calibration;
mod counts;
pub mod decision;
mod distribution;
pub mod embedding;
mod interval;
pub mod mean;
pub mod neighbours;
pub mod paired;
pub mod patients;
mod proportion;
pub mod roc;
pub mod strata;
pub mod temperature;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use balanced::{balanced_accuracy, never_found};
pub use counts::{Counts, Estimate, one_against_rest, per_class};
pub use interval::Interval;
pub use proportion::Proportion;

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

/// The class with the highest probability, the first of several; what is not a number never wins
/// over a number.
pub fn answer(probabilities: &[f32]) -> usize {
    ranking(probabilities).first().copied().unwrap_or(0)
}

/// Probabilities from logits.
pub fn softmax(logits: &[f64]) -> Vec<f64> {
    // Relative to the largest, so that no power is too large for a number.
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

/// The classes from the most to the least probable, equals in their order, what is not a number last.
pub fn ranking(probabilities: &[f32]) -> Vec<usize> {
    let known = |class: &usize| match probabilities[*class] {
        unknown if unknown.is_nan() => f32::NEG_INFINITY,
        known => known,
    };
    let mut classes: Vec<usize> = (0..probabilities.len()).collect();
    classes.sort_by(|left, right| {
        let order = known(right).partial_cmp(&known(left));
        order.unwrap_or(Ordering::Equal)
    });
    classes
}

/// Counts the films by their true classes `truth`, `[n]`, and by what was answered of them, `probabilities`
/// `[n][classes]`: `confusion[truth][answer]`.
pub fn confusion(classes: usize, truth: &[usize], probabilities: &[Vec<f32>]) -> Vec<Vec<usize>> {
    let mut confusion = vec![vec![0; classes]; classes];
    for (&truth, probabilities) in truth.iter().zip(probabilities) {
        let row = confusion.get_mut(truth);
        if let Some(count) = row.and_then(|row| row.get_mut(answer(probabilities))) {
            *count += 1;
        }
    }
    confusion
}

/// Scores the films whose true classes are `truth`, `[n]`, and whose answers are `probabilities`,
/// `[n][classes]`. `patients` is passed on.
pub fn scores(
    classes: usize,
    truth: &[usize],
    probabilities: &[Vec<f32>],
    patients: Option<usize>,
) -> Scores {
    let confusion = confusion(classes, truth, probabilities);
    let n: usize = confusion.iter().flatten().sum();
    let hits = (0..classes).map(|class| confusion[class][class]).sum();
    let largest = confusion.iter().map(|row| row.iter().sum()).max();
    Scores {
        accuracy: Proportion::new(hits, n),
        majority: Proportion::new(largest.unwrap_or(0), n.max(1)).share(),
        confusion,
        patients,
    }
}
