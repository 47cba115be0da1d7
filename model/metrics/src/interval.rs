//! [`Interval`], and the scale on which the intervals of shares are made.

use serde::{Deserialize, Serialize};

/// From `low` to `high`, 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// `reach` standard errors on either side of a `share` between 0 and 1, on the logit scale.
    ///
    /// Near 1 a share can be off by more downwards than upwards. On the logit scale its errors are nearly
    /// symmetric, and the ends stay between 0 and 1.
    pub(super) fn around_share(share: f64, standard_error: f64, reach: f64) -> Self {
        let logit = (share / (1.0 - share)).ln();
        let half = reach * standard_error / (share * (1.0 - share));
        let share_at = |logit: f64| 1.0 / (1.0 + (-logit).exp());
        Self {
            low: share_at(logit - half),
            high: share_at(logit + half),
        }
    }
}
