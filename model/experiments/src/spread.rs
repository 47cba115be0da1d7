//! Many trials summed up.

use super::{Cell, Outcome, Spread};
use metrics::paired::paired_scores;

impl Spread {
    /// `None` of fewer than two numbers, or of what is not one. Without any width where all are equal.
    pub fn of(values: &[f64]) -> Option<Self> {
        let paired = paired_scores(values, &vec![0.0; values.len()]).ok()?;
        let interval = paired.interval?;
        Some(Self {
            mean: paired.mean,
            low: interval.low,
            high: interval.high,
            n: paired.n,
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
    Spread::of(&differences)
}
