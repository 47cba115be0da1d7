//! Scores with intervals, on plain slices.

use serde::{Deserialize, Serialize};

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A proportion with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    pub hits: usize,
    pub n: usize,
    /// Wilson score interval, 95 %.
    pub low: f64,
    pub high: f64,
}

impl Proportion {
    /// `hits` of `n` with the score interval of Wilson, J Am Stat Assoc 22:209-212 (1927),
    /// doi 10.1080/01621459.1927.10502953. Of none, nothing is known: 0 to 1.
    pub fn new(hits: usize, n: usize) -> Self {
        if n == 0 {
            return Self {
                hits: 0,
                n: 0,
                low: 0.0,
                high: 1.0,
            };
        }
        let hits = hits.min(n);
        let count = n as f64;
        let share = hits as f64 / count;
        let shrink = 1.0 + Z * Z / count;
        let centre = (share + Z * Z / (2.0 * count)) / shrink;
        let spread = share * (1.0 - share) / count + Z * Z / (4.0 * count * count);
        let half = Z * spread.sqrt() / shrink;
        // The formula reaches 0 and 1 exactly at the ends; rounding may just miss them.
        Self {
            hits,
            n,
            low: if hits == 0 { 0.0 } else { centre - half },
            high: if hits == n { 1.0 } else { centre + half },
        }
    }

    /// `hits / n`; not a number if there are none.
    pub fn share(&self) -> f64 {
        self.hits as f64 / self.n as f64
    }
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

/// The class with the highest probability, the first of several; what is not a number never wins
/// over a number.
pub fn answer(probabilities: &[f32]) -> usize {
    let mut best = 0;
    for (class, &probability) in probabilities.iter().enumerate() {
        let leads = probability > probabilities[best];
        if leads || (probabilities[best].is_nan() && !probability.is_nan()) {
            best = class;
        }
    }
    best
}

/// Scores the films whose true classes are `truth`, `[n]`, and whose answers are `probabilities`,
/// `[n][classes]`. `patients` is passed on.
pub fn scores(
    classes: usize,
    truth: &[usize],
    probabilities: &[Vec<f32>],
    patients: Option<usize>,
) -> Scores {
    let mut confusion = vec![vec![0; classes]; classes];
    for (&truth, probabilities) in truth.iter().zip(probabilities) {
        let row = confusion.get_mut(truth);
        if let Some(count) = row.and_then(|row| row.get_mut(answer(probabilities))) {
            *count += 1;
        }
    }
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
