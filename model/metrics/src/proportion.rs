//! [`Proportion`]: so many of so many, and what that says of all films like them.

use serde::{Deserialize, Serialize};

use super::distribution::{ALPHA, Z};

/// From `low` to `high`, 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// How the interval of a [`Proportion`] was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// The score interval of Wilson, J Am Stat Assoc 22:209-212 (1927), doi 10.1080/01621459.1927.10502953.
    Wilson,
    /// The exact interval of Clopper and Pearson, Biometrika 26:404-413 (1934), doi 10.1093/biomet/26.4.404.
    ClopperPearson,
}

/// A proportion with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proportion {
    pub hits: usize,
    pub n: usize,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    pub method: Method,
}

impl Proportion {
    /// `hits` of `n`: exact where all or none are hits, because there the score interval holds the
    /// true share less often than it says; Wilson's otherwise. Of none, nothing is known: 0 to 1.
    pub fn new(hits: usize, n: usize) -> Self {
        let hits = hits.min(n);
        let (Interval { low, high }, method) = if hits == 0 || hits == n {
            (exact_at_the_ends(hits, n), Method::ClopperPearson)
        } else {
            (wilson(hits, n), Method::Wilson)
        };
        Self {
            hits,
            n,
            low,
            high,
            method,
        }
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

fn wilson(hits: usize, n: usize) -> Interval {
    let count = n as f64;
    let share = hits as f64 / count;
    let shrink = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / shrink;
    let spread = share * (1.0 - share) / count + Z * Z / (4.0 * count * count);
    let half = Z * spread.sqrt() / shrink;
    Interval {
        low: centre - half,
        high: centre + half,
    }
}

/// The interval of Clopper and Pearson for no hits or `n` of them. The quantile of the beta distribution
/// that it takes elsewhere is a root here: n misses in a row have a chance of (1 - share)^n, which
/// is alpha / 2 at the upper end.
fn exact_at_the_ends(hits: usize, n: usize) -> Interval {
    if n == 0 {
        return Interval {
            low: 0.0,
            high: 1.0,
        };
    }
    let root = (ALPHA / 2.0).powf(1.0 / n as f64);
    if hits == 0 {
        Interval {
            low: 0.0,
            high: 1.0 - root,
        }
    } else {
        Interval {
            low: root,
            high: 1.0,
        }
    }
}
