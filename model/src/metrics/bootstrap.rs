//! Intervals by drawing anew from what there is: for figures without a formula, and for films that come
//! in groups, as those of one patient do.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Interval;

/// Enough for ends that are steady to about a percent.
pub const DRAWS: usize = 2_000;

/// The middle 95 % of `figure` over [`DRAWS`] draws of groups with replacement, all items of a group
/// together: the percentile bootstrap of clusters, Field and Welsh, J R Stat Soc B 69:369-390 (2007),
/// doi 10.1111/j.1467-9868.2007.00593.x. `groups` `[n]` are numbered from 0; `figure` is given the
/// indices of the items drawn, of which one may be there several times.
///
/// `None` with fewer than two groups, where the figure is not defined for a draw, and where it is the same
/// for all: then these items do not say how much it could vary. The same `seed` gives the same interval.
pub fn interval(
    groups: &[usize],
    seed: u64,
    mut figure: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    let count = groups.iter().max()? + 1;
    if count < 2 {
        return None;
    }
    let mut members = vec![Vec::new(); count];
    for (item, &group) in groups.iter().enumerate() {
        members[group].push(item);
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn = Vec::with_capacity(groups.len());
    let mut figures = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        drawn.clear();
        for _ in 0..count {
            drawn.extend_from_slice(&members[random.random_range(0..count)]);
        }
        figures.push(figure(&drawn).filter(|value| value.is_finite())?);
    }
    figures.sort_by(f64::total_cmp);
    let tail = DRAWS / 40;
    let (low, high) = (figures[tail - 1], figures[DRAWS - tail]);
    (figures[0] < figures[DRAWS - 1]).then_some(Interval { low, high })
}
