//! The four counts of a yes-or-no question, and all that is read from them.

use serde::{Deserialize, Serialize};

use super::{Interval, Proportion};

/// Films by what they show and what was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub true_positives: usize,
    pub false_positives: usize,
    pub false_negatives: usize,
    pub true_negatives: usize,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub value: f64,
    pub interval: Interval,
}

impl Counts {
    /// Films that show what is asked for.
    pub fn positives(&self) -> usize {
        self.true_positives + self.false_negatives
    }

    /// Films that do not.
    pub fn negatives(&self) -> usize {
        self.false_positives + self.true_negatives
    }

    pub fn total(&self) -> usize {
        self.positives() + self.negatives()
    }

    /// Found of those that are there; `None` if none is.
    pub fn sensitivity(&self) -> Option<Proportion> {
        Proportion::of_some(self.true_positives, self.positives())
    }

    /// Cleared of those that are clear; `None` if none is.
    pub fn specificity(&self) -> Option<Proportion> {
        Proportion::of_some(self.true_negatives, self.negatives())
    }

    /// Right of the positive answers, among films mixed as these are; `None` if no answer was positive.
    pub fn positive_predictive_value(&self) -> Option<Proportion> {
        let answers = self.true_positives + self.false_positives;
        Proportion::of_some(self.true_positives, answers)
    }

    /// Right of the negative answers, among films mixed as these are; `None` if no answer was negative.
    pub fn negative_predictive_value(&self) -> Option<Proportion> {
        let answers = self.true_negatives + self.false_negatives;
        Proportion::of_some(self.true_negatives, answers)
    }

    /// F1 = 2 TP / (2 TP + FP + FN), van Rijsbergen, Information Retrieval (1979); `None` if nothing
    /// is there and nothing was found.
    ///
    /// F1 is no proportion of films, but J = TP / (TP + FP + FN) is one, and F1 = 2 J / (1 + J) rises with
    /// J. So the ends of the interval of J, mapped alike, are those of F1.
    pub fn f1(&self) -> Option<Estimate> {
        let concerned = self.true_positives + self.false_positives + self.false_negatives;
        let overlap = Proportion::of_some(self.true_positives, concerned)?;
        let map = |share: f64| 2.0 * share / (1.0 + share);
        Some(Estimate {
            value: map(overlap.share()),
            interval: Interval {
                low: map(overlap.low),
                high: map(overlap.high),
            },
        })
    }

    /// Youden's J, sensitivity + specificity - 1, from -1 to 1; Cancer 3:32-35 (1950),
    /// doi 10.1002/1097-0142(1950)3:1<32::AID-CNCR2820030106>3.0.CO;2-3. `None` if one is not defined.
    pub fn youden(&self) -> Option<f64> {
        let sensitivity = share(self.true_positives, self.positives())?;
        let specificity = share(self.true_negatives, self.negatives())?;
        Some(sensitivity + specificity - 1.0)
    }
}

/// Without the interval, which a curve of many points does not need.
pub(super) fn share(hits: usize, n: usize) -> Option<f64> {
    (n > 0).then(|| hits as f64 / n as f64)
}

/// One class against all others: the counts of each class of `confusion[truth][answer]`, `[classes]`.
pub fn per_class(confusion: &[Vec<usize>]) -> Vec<Counts> {
    let total: usize = confusion.iter().flatten().sum();
    confusion
        .iter()
        .enumerate()
        .map(|(class, row)| {
            let answered: usize = confusion.iter().filter_map(|row| row.get(class)).sum();
            let shown: usize = row.iter().sum();
            let true_positives = row.get(class).copied().unwrap_or(0);
            Counts {
                true_positives,
                false_positives: answered - true_positives,
                false_negatives: shown - true_positives,
                true_negatives: total + true_positives - answered - shown,
            }
        })
        .collect()
}

/// What a curve of one class needs of all films: their probabilities of `class`, and whether each
/// film shows it. Both `[n]`; a film without that probability gets one that is not a number.
pub fn one_against_rest(
    class: usize,
    truth: &[usize],
    probabilities: &[Vec<f32>],
) -> (Vec<f64>, Vec<bool>) {
    truth
        .iter()
        .zip(probabilities)
        .map(|(&truth, probabilities)| {
            let probability = probabilities.get(class).copied().unwrap_or(f32::NAN);
            (f64::from(probability), truth == class)
        })
        .unzip()
}
