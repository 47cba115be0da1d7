//! The triangular factor of a covariance.

/// `u`, upper triangular and row-major, of `covariance = uᵀ u` (Cholesky).
///
/// # Shapes
/// `[n * n]` symmetric -> `[n * n]`
///
/// Returns `None` if the matrix is not positive definite.
pub fn upper(covariance: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut u = covariance.to_vec();
    for k in 0..n {
        let pivot = u[k * n + k];
        if pivot.is_nan() || pivot <= 0.0 {
            return None;
        }
        let root = pivot.sqrt();
        let (above, below) = u.split_at_mut((k + 1) * n);
        let row = &mut above[k * n..];
        row[..k].fill(0.0);
        row[k..].iter_mut().for_each(|value| *value /= root);
        for (i, rest) in below.chunks_exact_mut(n).enumerate() {
            let i = k + 1 + i;
            let factor = row[i];
            for (value, other) in rest[i..].iter_mut().zip(&row[i..]) {
                *value -= factor * other;
            }
        }
    }
    Some(u)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_a_case_computed_by_hand() {
        let covariance = [4.0, 2.0, -2.0, 2.0, 10.0, 2.0, -2.0, 2.0, 6.0];
        let expected = [2.0, 1.0, -1.0, 0.0, 3.0, 1.0, 0.0, 0.0, 2.0];
        assert_eq!(upper(&covariance, 3), Some(expected.to_vec()));
    }

    #[test]
    fn refuses_what_is_no_covariance() {
        assert_eq!(upper(&[1.0, 2.0, 2.0, 1.0], 2), None);
        assert_eq!(upper(&[f64::NAN], 1), None);
    }
}
