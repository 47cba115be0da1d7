//! Comparison of numbers that differ by rounding.

use crate::ROUNDING;

/// Fails unless the distance of the two is at most [`ROUNDING`] times the norm of `expected`.
pub fn assert_close(what: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{what}: numbers");
    let difference = found
        .iter()
        .zip(expected)
        .map(|(found, expected)| found - expected);
    let distance = norm(difference) / norm(expected.iter().copied());
    assert!(
        distance <= ROUNDING,
        "{what}: {distance:.1e} off, {ROUNDING:.0e} allowed"
    );
}

/// Euclidean norm.
pub fn norm(values: impl Iterator<Item = f32>) -> f64 {
    values
        .map(|value| f64::from(value).powi(2))
        .sum::<f64>()
        .sqrt()
}
