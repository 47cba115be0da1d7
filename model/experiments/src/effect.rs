//! One yardstick for every difference, in the claims and in what a learner reads: an effect, none, or not to be told.

use metrics::Interval;

use super::{Measure, Spread};

/// Seeds that all show the very same difference leave no interval. So many of them are taken at their word.
const UNANIMOUS: usize = 3;

/// What the seeds that were tried say of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The whole interval lies above 0, and not all of it within the margin.
    More,
    /// The same below 0.
    Less,
    /// The whole interval lies within the margin: whatever the difference is, it does not matter. Equivalence by two one-sided
    /// tests (Schuirmann 1987, doi 10.1007/BF01068419), at 2.5 % each.
    Negligible,
    /// Neither: it cannot be told from these seeds.
    Unclear,
}

impl Measure {
    /// The largest difference that does not matter, the same for all claims and all sentences: two percentage points, or .05 of
    /// AUC.
    pub const fn margin(self) -> f64 {
        match self {
            Self::Accuracy | Self::Sensitivity | Self::Specificity => 0.02,
            Self::Auc => 0.05,
        }
    }
}

impl Effect {
    /// Of a difference in `measure`, as [`super::difference`] makes it.
    pub fn of(difference: &Spread, measure: Measure) -> Self {
        let mean = difference.mean;
        let (low, high) = match difference.interval {
            Some(Interval { low, high }) => (low, high),
            None if difference.n >= UNANIMOUS => (mean, mean),
            None => return Self::Unclear,
        };
        let margin = measure.margin();
        if -margin <= low && high <= margin {
            Self::Negligible
        } else if low > 0.0 {
            Self::More
        } else if high < 0.0 {
            Self::Less
        } else {
            Self::Unclear
        }
    }

    /// Whether the seeds show a difference that matters.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::More | Self::Less)
    }
}
