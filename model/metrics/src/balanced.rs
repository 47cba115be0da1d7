//! How good the answers are where every class counts the same, however many films it has.

use super::{Estimate, Interval, Proportion};

/// Balanced accuracy of `confusion[truth][answer]`: the mean of the classes' sensitivities, Brodersen et al.,
/// ICPR 2010:3121-3124, doi 10.1109/ICPR.2010.764. Classes without films are left out; `None` if all are.
///
/// The interval is put together from those of the sensitivities, whose distances to the mean add up as
/// independent errors do (MOVER): Zou and Donner, Stat Med 27:1693-1702 (2008), doi 10.1002/sim.3095.
pub fn balanced_accuracy(confusion: &[Vec<usize>]) -> Option<Estimate> {
    let found: Vec<Proportion> = sensitivities(confusion).map(|(_, found)| found).collect();
    let classes = found.len() as f64;
    let mean = |of: &dyn Fn(&Proportion) -> f64| found.iter().map(of).sum::<f64>() / classes;
    let reach = |of: &dyn Fn(&Proportion) -> f64| {
        let squares: f64 = found.iter().map(|found| of(found).powi(2)).sum();
        squares.sqrt() / classes
    };
    let value = mean(&Proportion::share);
    (!found.is_empty()).then(|| Estimate {
        value,
        interval: Interval {
            low: value - reach(&|found| found.share() - found.low),
            high: value + reach(&|found| found.high - found.share()),
        },
    })
}

/// The classes that have films of which none was recognised, in order, each with its films: however good the
/// accuracy, these answers never name what such a film shows.
pub fn never_found(confusion: &[Vec<usize>]) -> Vec<(usize, usize)> {
    sensitivities(confusion)
        .filter(|(_, found)| found.hits == 0)
        .map(|(class, found)| (class, found.n))
        .collect()
}

/// Of each class that has films, how many of them were recognised.
fn sensitivities(confusion: &[Vec<usize>]) -> impl Iterator<Item = (usize, Proportion)> {
    let rows = confusion.iter().enumerate();
    rows.filter_map(|(class, row)| {
        let hits = row.get(class).copied().unwrap_or(0);
        Some((class, Proportion::of_some(hits, row.iter().sum())?))
    })
}
