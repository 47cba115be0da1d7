//! Two groups compared within strata, as an effect in a factorial experiment: one factor on and off, at each level of
//! the other.

use serde::{Deserialize, Serialize};

use super::{Interval, distribution::student_t};

/// A smaller sum of squares is that of equal fractions, which differ in their last digits only.
const EQUAL: f64 = 1e-20;

/// With against without, at one level of all else.
#[derive(Clone, Copy, Debug)]
pub struct Stratum<'a> {
    pub with: &'a [f64],
    pub without: &'a [f64],
}

/// The mean of `with` less that of `without`, averaged over the strata.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    pub mean: f64,
    /// By Student's t with the variance within groups, taken to be the same in all; `None` where no group has
    /// two numbers, or none has two that differ.
    pub interval: Option<Interval>,
    /// Numbers with and without.
    pub n: (usize, usize),
    /// Strata that have both.
    pub strata: usize,
}

/// The effect over the strata that have numbers on both sides, each counting alike (the main effect of a factorial
/// analysis of variance with interaction). `None` where there is no such stratum, or a number is none.
pub fn effect(strata: &[Stratum]) -> Option<Effect> {
    let both = strata
        .iter()
        .filter(|stratum| !stratum.with.is_empty() && !stratum.without.is_empty());
    let groups: Vec<[&[f64]; 2]> = both
        .map(|stratum| [stratum.with, stratum.without])
        .collect();
    let all = || groups.iter().flatten().copied();
    if groups.is_empty() || !all().flatten().all(|number| number.is_finite()) {
        return None;
    }
    let strata = groups.len() as f64;
    let differences = groups
        .iter()
        .map(|[with, without]| mean(with) - mean(without));
    let difference = differences.sum::<f64>() / strata;
    let squares: f64 = all().map(squares).sum();
    let n: usize = all().map(<[f64]>::len).sum();
    // Above 0 where there is any spread.
    let freedom = n - 2 * groups.len();
    let interval = (squares > EQUAL).then(|| {
        let variance = squares / freedom as f64;
        let weights: f64 = all().map(|group| 1.0 / group.len() as f64).sum();
        let half = student_t(freedom as f64) * (variance * weights).sqrt() / strata;
        Interval {
            low: difference - half,
            high: difference + half,
        }
    });
    let count = |side: usize| groups.iter().map(|group| group[side].len()).sum();
    Some(Effect {
        mean: difference,
        interval,
        n: (count(0), count(1)),
        strata: groups.len(),
    })
}

fn mean(group: &[f64]) -> f64 {
    group.iter().sum::<f64>() / group.len() as f64
}

/// Sum of the squared distances from the mean.
fn squares(group: &[f64]) -> f64 {
    let mean = mean(group);
    group.iter().map(|number| (number - mean).powi(2)).sum()
}
