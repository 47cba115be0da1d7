//! Two networks compared: over several seeds, or film by film.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Interval, distribution::fair_coin, mean};

/// Why two lists cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum PairedError {
    #[error("there is nothing to compare")]
    Empty,
    /// Each number needs its partner.
    #[error("the two lists are not equally long")]
    Uneven,
    #[error("a score is not a number")]
    NotANumber,
}

/// The first scores less the second, pair by pair, as of runs with equal seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedScores {
    /// Pairs.
    pub n: usize,
    /// Mean of the differences.
    pub mean: f64,
    /// Of the mean, by Student's t; `None` of a single pair, or where all differences are equal.
    pub interval: Option<Interval>,
    /// Pairs whose first score is higher.
    pub higher: usize,
    /// Pairs whose second score is higher.
    pub lower: usize,
    /// Exact two-sided sign test, equal pairs left out: the chance of a division at least as uneven
    /// between equally good networks. With fewer than six pairs it is never below 0.05.
    pub sign_p: f64,
}

/// Two networks on the same films: McNemar, Psychometrika 12:153-157 (1947), doi 10.1007/BF02295996.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub both_right: usize,
    pub only_first_right: usize,
    pub only_second_right: usize,
    pub both_wrong: usize,
}

/// Compares scores with equal index; both `[n]`.
pub fn paired_scores(first: &[f64], second: &[f64]) -> Result<PairedScores, PairedError> {
    check(first.len(), second.len())?;
    if !first.iter().chain(second).all(|score| score.is_finite()) {
        return Err(PairedError::NotANumber);
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let mean = mean::of_differences(&differences).ok_or(PairedError::NotANumber)?;
    let count = |sign: fn(f64) -> bool| differences.iter().filter(|&&d| sign(d)).count();
    let (higher, lower) = (count(|d| d > 0.0), count(|d| d < 0.0));
    Ok(PairedScores {
        n: mean.n,
        mean: mean.value,
        interval: mean.interval,
        higher,
        lower,
        sign_p: fair_coin(higher, lower),
    })
}

impl Agreement {
    /// Of the answers of two networks to the same films; all `[n]`.
    pub fn of(truth: &[usize], first: &[usize], second: &[usize]) -> Result<Self, PairedError> {
        check(truth.len(), first.len())?;
        check(truth.len(), second.len())?;
        let count = |first_right: bool, second_right: bool| {
            let films = truth.iter().zip(first).zip(second);
            films
                .filter(|((truth, first), second)| {
                    (truth == first, truth == second) == (first_right, second_right)
                })
                .count()
        };
        Ok(Self {
            both_right: count(true, true),
            only_first_right: count(true, false),
            only_second_right: count(false, true),
            both_wrong: count(false, false),
        })
    }

    /// McNemar's test, exact and two-sided: only films that one network alone answers rightly tell
    /// which is better. 1 if there are none. It takes films to be independent, as those of one patient are not:
    /// there, see [`sign_flip_p`].
    pub fn p(&self) -> f64 {
        fair_coin(self.only_first_right, self.only_second_right)
    }
}

/// McNemar's question where films come in patients: the exact two-sided chance that the `surpluses`, `[patients]`,
/// would add up to a sum at least as far from 0 if each patient's could as well have had the other sign. That is
/// Fisher's randomization test, The Design of Experiments (1935), section 21. 1 if all are 0.
///
/// The surplus of a patient is the number of films that the first network alone answers rightly, less those that the
/// second alone does. With one film a patient it is McNemar's test.
pub fn sign_flip_p(surpluses: &[i32]) -> f64 {
    let sizes: Vec<usize> = surpluses
        .iter()
        .map(|surplus| surplus.unsigned_abs() as usize)
        .collect();
    let most: usize = sizes.iter().sum();
    // The chance of each sum from -most to most.
    let mut chances = vec![0.0; 2 * most + 1];
    chances[most] = 1.0;
    for size in sizes.into_iter().filter(|&size| size > 0) {
        let before = chances.clone();
        for (sum, chance) in chances.iter_mut().enumerate() {
            let above = before.get(sum + size).copied().unwrap_or(0.0);
            let below = sum.checked_sub(size).map_or(0.0, |sum| before[sum]);
            *chance = (above + below) / 2.0;
        }
    }
    let found: i64 = surpluses.iter().copied().map(i64::from).sum();
    let reached = found.unsigned_abs() as usize;
    let tails = chances.iter().enumerate();
    let tails = tails.filter(|(sum, _)| sum.abs_diff(most) >= reached);
    tails.map(|(_, chance)| chance).sum::<f64>().min(1.0)
}

fn check(first: usize, second: usize) -> Result<(), PairedError> {
    if first != second {
        Err(PairedError::Uneven)
    } else if first == 0 {
        Err(PairedError::Empty)
    } else {
        Ok(())
    }
}
