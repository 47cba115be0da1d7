//! [`Proportion`]: so many of so many, and what that says of all films like them.

use serde::{Deserialize, Serialize};

use super::{
    Interval,
    distribution::{ALPHA, beta_below, bisect},
};

/// A proportion with its exact 95 % interval, Clopper and Pearson, Biometrika 26:404-413 (1934),
/// doi 10.1093/biomet/26.4.404.
///
/// Of independent films it holds the true share at least 95 times in 100, and of few films more often: 10 to 60 films
/// have too few outcomes for an interval that holds it exactly as often, and shorter ones miss it next to 0 and 1,
/// where most scores of the lesson lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    pub hits: usize,
    pub n: usize,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Proportion {
    /// `hits` of `n`. Of none, nothing is known: 0 to 1.
    pub fn new(hits: usize, n: usize) -> Self {
        let hits = hits.min(n);
        let Interval { low, high } = exact(hits, n);
        Self { hits, n, low, high }
    }

    /// `None` of no films, where a share is not defined.
    pub fn of_some(hits: usize, n: usize) -> Option<Self> {
        (n > 0).then(|| Self::new(hits, n))
    }

    /// `hits / n`; not a number if there are none.
    pub fn share(&self) -> f64 {
        self.hits as f64 / self.n as f64
    }
}

/// From the share at which so many hits or more would be seen in 2.5 %, to that at which so many or fewer would.
///
/// The chance of `hits` or more is that of a beta deviate with parameters `hits` and `misses + 1` below the share.
fn exact(hits: usize, n: usize) -> Interval {
    let (found, missed) = (hits as f64, (n - hits) as f64);
    let end =
        |chance: f64, a: f64, b: f64| bisect(0.0, 1.0, |share| beta_below(share, a, b) < chance);
    Interval {
        low: if hits == 0 {
            0.0
        } else {
            end(ALPHA / 2.0, found, missed + 1.0)
        },
        high: if hits == n {
            1.0
        } else {
            end(1.0 - ALPHA / 2.0, found + 1.0, missed)
        },
    }
}

/// The lower end for `n` hits of `n`: their chance is that share to the power of `n`.
pub(super) fn lowest_of_all(n: usize) -> f64 {
    (ALPHA / 2.0).powf(1.0 / n as f64)
}
