//! Many trials summed up.

use super::{Cell, Outcome, Spread};
use metrics::mean::{Mean, of_differences, of_shares};

impl Spread {
    /// Of the numbers of a cell, which are shares, 0 to 1. `None` of fewer than two, or of what is not a number.
    pub fn of_shares(shares: &[f64]) -> Option<Self> {
        of_shares(shares).and_then(Self::of_several)
    }

    /// Of differences of such numbers. `None` of fewer than two, or of what is not a number.
    pub fn of_differences(differences: &[f64]) -> Option<Self> {
        of_differences(differences).and_then(Self::of_several)
    }

    fn of_several(Mean { value, interval, n }: Mean) -> Option<Self> {
        (n > 1).then_some(Self {
            mean: value,
            interval,
            n,
        })
    }
}

/// The seeds and numbers of a cell, by seed; a seed that was tried twice counts once.
pub fn values(outcomes: &[Outcome], cell: &Cell) -> Vec<(u64, f64)> {
    let mut values: Vec<(u64, f64)> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome.seed, outcome.value(cell)?)))
        .collect();
    values.sort_by_key(|(seed, _)| *seed);
    values.dedup_by_key(|(seed, _)| *seed);
    values
}

/// `to` less `from`, paired by seed; `None` where fewer than two seeds have both.
pub fn difference(outcomes: &[Outcome], from: &Cell, to: &Cell) -> Option<Spread> {
    let (from, to) = (values(outcomes, from), values(outcomes, to));
    let differences: Vec<f64> = to
        .iter()
        .filter_map(|(seed, to)| {
            let place = from.binary_search_by_key(seed, |(seed, _)| *seed).ok()?;
            Some(to - from[place].1)
        })
        .collect();
    Spread::of_differences(&differences)
}
