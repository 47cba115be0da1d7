//! The mean over runs that differ in their seed.

use serde::{Deserialize, Serialize};

use super::{Interval, distribution::student_t};

/// Numbers that are nearer to each other than this are equal: fractions of films differ in their last digits only.
const EQUAL: f64 = 1e-12;

/// A mean with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    pub value: f64,
    /// `None` without any spread between the numbers, as of a single one: nothing says how far their mean may be off.
    pub interval: Option<Interval>,
    /// Numbers.
    pub n: usize,
}

/// Of shares, 0 to 1, such as the accuracies or the AUC of several seeds: Student's t, Biometrika 6:1-25 (1908),
/// doi 10.1093/biomet/6.1.1, on the logit scale. `None` of no numbers, or of what is not one.
pub fn of_shares(shares: &[f64]) -> Option<Mean> {
    let (value, standard_error) = summed_up(shares)?;
    Some(Mean {
        value,
        // With any spread the mean of shares is neither 0 nor 1.
        interval: standard_error.map(|error| Interval::around_share(value, error, reach(shares))),
        n: shares.len(),
    })
}

/// Of differences, or other numbers without bounds: Student's t. `None` of no numbers, or of what is not one.
pub fn of_differences(differences: &[f64]) -> Option<Mean> {
    let (value, standard_error) = summed_up(differences)?;
    Some(Mean {
        value,
        interval: standard_error.map(|error| {
            let half = reach(differences) * error;
            Interval {
                low: value - half,
                high: value + half,
            }
        }),
        n: differences.len(),
    })
}

/// The mean, and its standard error where there is spread.
fn summed_up(values: &[f64]) -> Option<(f64, Option<f64>)> {
    if values.is_empty() || !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let spread = values.iter().any(|value| (value - values[0]).abs() > EQUAL);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((mean, spread.then(|| (squares / (n - 1.0) / n).sqrt())))
}

/// Of at least two numbers.
fn reach(values: &[f64]) -> f64 {
    student_t(values.len() as f64 - 1.0)
}
