//! What a score tells apart at every threshold: the points of the ROC and precision-recall curves.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Counts, counts::share};

/// Why there is no curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum RocError {
    /// Fewer than two films.
    #[error("at least two films are needed")]
    TooFew,
    /// All films show it, or none does: there is nothing to tell apart.
    #[error("the films are all of one class")]
    OneClass,
    /// A score is infinite or not a number.
    #[error("a score is not a number")]
    NotANumber,
    /// Not one score and one label for each film.
    #[error("there are not as many labels as scores")]
    Uneven,
}

/// The answers at every threshold that makes a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roc {
    /// From the strictest threshold to the most lenient, one for each distinct score, after a first
    /// point without positive answers. `[distinct scores + 1]`
    points: Vec<RocPoint>,
}

/// One threshold with its answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RocPoint {
    /// The answer is positive from here on; `None` is above every score.
    pub threshold: Option<f64>,
    pub counts: Counts,
}

/// One point of the precision-recall curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionRecall {
    /// The answer is positive from here on.
    pub threshold: f64,
    /// Share of the positive answers that are right.
    pub precision: f64,
    /// Share of the positive films that are found: the sensitivity.
    pub recall: f64,
}

impl Roc {
    /// Of `scores` and whether each film shows what they should find, both `[n]`.
    pub fn new(scores: &[f64], labels: &[bool]) -> Result<Self, RocError> {
        check(scores, labels)?;
        let positives = labels.iter().filter(|&&label| label).count();
        let mut counts = Counts {
            false_negatives: positives,
            true_negatives: labels.len() - positives,
            ..Counts::default()
        };
        let mut points = vec![RocPoint {
            threshold: None,
            counts,
        }];
        let order = descending(scores);
        for tied in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
            let found = tied.iter().filter(|&&film| labels[film]).count();
            counts.true_positives += found;
            counts.false_negatives -= found;
            counts.false_positives += tied.len() - found;
            counts.true_negatives -= tied.len() - found;
            points.push(RocPoint {
                threshold: Some(scores[tied[0]]),
                counts,
            });
        }
        Ok(Self { points })
    }

    /// From the strictest threshold, with no positive answer, to the most lenient, with no other.
    pub fn points(&self) -> &[RocPoint] {
        &self.points
    }

    /// The thresholds that answer every film as this point does: above the first, up to the second, which is infinite above every score.
    pub fn alike(&self, point: &RocPoint) -> [f64; 2] {
        let high = point.threshold.unwrap_or(f64::INFINITY);
        let below = |other: &&RocPoint| other.threshold.is_some_and(|at| at < high);
        let next = self.points.iter().find(below);
        [next.and_then(|next| next.threshold).unwrap_or(0.0), high]
    }

    /// A threshold in the middle of those that are [`alike`](Self::alike): as far as can be from films on either side.
    pub fn middle(&self, point: &RocPoint) -> f64 {
        let [low, high] = self.alike(point);
        low + (high - low) / 2.0
    }

    /// The counts if a film is answered positive when its score is at least `threshold`.
    pub fn at(&self, threshold: f64) -> Counts {
        let reached = |point: &RocPoint| point.threshold.is_none_or(|at| at >= threshold);
        self.points[self.points.partition_point(reached) - 1].counts
    }

    /// From the strictest threshold to the most lenient, one for each distinct score.
    pub fn precision_recall(&self) -> Vec<PrecisionRecall> {
        self.points
            .iter()
            .filter_map(|RocPoint { threshold, counts }| {
                let answers = counts.true_positives + counts.false_positives;
                Some(PrecisionRecall {
                    threshold: (*threshold)?,
                    precision: share(counts.true_positives, answers)?,
                    recall: share(counts.true_positives, counts.positives())?,
                })
            })
            .collect()
    }

    /// The precisions weighted by the recall that each adds, 0 to 1, without interpolation: the
    /// `average_precision_score` of scikit-learn.
    pub fn average_precision(&self) -> f64 {
        let mut before = 0.0;
        let mut sum = 0.0;
        for point in self.precision_recall() {
            sum += (point.recall - before) * point.precision;
            before = point.recall;
        }
        sum
    }
}

/// Both `[n]`, with a finite score for each film and films of either kind.
pub(super) fn check(scores: &[f64], labels: &[bool]) -> Result<(), RocError> {
    if scores.len() != labels.len() {
        Err(RocError::Uneven)
    } else if scores.len() < 2 {
        Err(RocError::TooFew)
    } else if !scores.iter().all(|score| score.is_finite()) {
        Err(RocError::NotANumber)
    } else if labels.iter().all(|&label| label == labels[0]) {
        Err(RocError::OneClass)
    } else {
        Ok(())
    }
}

/// The films from the highest score to the lowest.
pub(super) fn descending(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_two_scores_all_thresholds_answer_alike() {
        let scores = [0.9, 0.8, 0.2, 0.1];
        let roc = Roc::new(&scores, &[true, true, false, false]).expect("both classes");
        let best = &roc.points()[2];
        assert_eq!(roc.alike(best), [0.2, 0.8]);
        assert_eq!(roc.middle(best), 0.5);
        for at in [0.21, 0.5, 0.8] {
            assert_eq!(roc.at(at), best.counts);
        }
        assert_ne!(roc.at(0.2), best.counts);
        assert_eq!(roc.alike(&roc.points()[0]), [0.9, f64::INFINITY]);
        assert_eq!(roc.middle(&roc.points()[0]), f64::INFINITY);
        assert_eq!(roc.alike(&roc.points()[4]), [0.0, 0.1]);
    }
}
