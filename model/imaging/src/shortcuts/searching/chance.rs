//! How well the best of all facts does where none has to do with the classes.

use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

use super::{column::Column, folds::Assignment, learn::Table};

/// So often classes are exchanged: enough to tell a chance of 5 % from one of 1 %.
const EXCHANGES: usize = 199;
const SEED: u64 = 2;

/// The gain of the best fact for each time that the classes were exchanged.
pub(super) fn luckiest(columns: &[Column], films: &Assignment) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let best = |column: &Column, films: &Assignment| {
        let table = Table::of(column, films);
        let forms = column.forms().into_iter();
        forms
            .map(|form| table.trial(form).gain())
            .fold(0.0, f64::max)
    };
    (0..EXCHANGES)
        .map(|_| {
            let films = films.exchanged(&mut rng);
            let gains = columns.iter().map(|column| best(column, &films));
            gains.fold(0.0, f64::max)
        })
        .collect()
}

/// The share of exchanges, with the films as they are counted among them, in which some fact did as well as `gain`.
pub(super) fn share_as_good(luckiest: &[f64], gain: f64) -> f64 {
    let as_good = luckiest.iter().filter(|&&lucky| lucky >= gain - 1e-9);
    (1 + as_good.count()) as f64 / (1 + luckiest.len()) as f64
}
