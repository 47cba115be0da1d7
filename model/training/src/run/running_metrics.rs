//! Sums over some films of a run.

use checkpoint::EpochSoFar;
use imaging::report::LossAccuracy;

/// Loss and right answers so far.
#[derive(Default)]
pub(super) struct RunningMetrics {
    loss: f64,
    correct: usize,
    n: usize,
}

impl RunningMetrics {
    /// Adds one film of this class.
    pub(super) fn add(&mut self, class: usize, probabilities: &[f32]) {
        // A probability of 0 would make the loss infinite; the smallest normal number bounds it at 87.
        let right = probabilities[class];
        let bounded = if right.is_nan() {
            right
        } else {
            right.max(f32::MIN_POSITIVE)
        };
        self.loss -= f64::from(bounded).ln();
        self.correct += usize::from(metrics::answer(probabilities) == class);
        self.n += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.loss += other.loss;
        self.correct += other.correct;
        self.n += other.n;
    }

    pub(super) fn summary(&self) -> LossAccuracy {
        LossAccuracy {
            loss: (self.loss / self.n.max(1) as f64) as f32,
            correct: self.correct,
            n: self.n,
        }
    }

    pub(super) fn keep(&self) -> EpochSoFar {
        EpochSoFar {
            loss: self.loss,
            correct: self.correct,
            n: self.n,
        }
    }

    pub(super) fn go_on(kept: EpochSoFar) -> Self {
        let EpochSoFar { loss, correct, n } = kept;
        Self { loss, correct, n }
    }
}
