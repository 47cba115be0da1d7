//! A convolution and the BatchNorm after it become one convolution with a bias.

use super::state::Tensor;

/// Of the BatchNorm layers of MobileNetV2.
const EPSILON: f64 = 1e-5;

/// What a BatchNorm has learnt and seen, one number a channel.
pub struct BatchNorm<'a> {
    pub weight: &'a Tensor,
    pub bias: &'a Tensor,
    pub mean: &'a Tensor,
    pub variance: &'a Tensor,
}

/// A convolution without BatchNorm.
#[derive(Debug, PartialEq)]
pub struct Convolution {
    /// `[out, in / groups, height, width]`.
    pub shape: Vec<usize>,
    pub weight: Vec<f64>,
    /// `[out]`.
    pub bias: Vec<f64>,
}

/// `norm(convolution(x))` as one convolution, computed in `f64`.
///
/// Returns `None` if the channels do not match.
pub fn fold(convolution: &Tensor, norm: &BatchNorm) -> Option<Convolution> {
    let channels = *convolution.shape.first()?;
    let parts = [norm.weight, norm.bias, norm.mean, norm.variance];
    if channels == 0 || parts.iter().any(|part| part.values.len() != channels) {
        return None;
    }
    let scale: Vec<f64> = (0..channels)
        .map(|c| {
            f64::from(norm.weight.values[c]) / (f64::from(norm.variance.values[c]) + EPSILON).sqrt()
        })
        .collect();
    let per_channel = convolution.values.len() / channels;
    let weight = convolution
        .values
        .chunks_exact(per_channel)
        .zip(&scale)
        .flat_map(|(kernel, scale)| kernel.iter().map(move |&value| f64::from(value) * scale))
        .collect();
    let bias = (0..channels)
        .map(|c| f64::from(norm.bias.values[c]) - f64::from(norm.mean.values[c]) * scale[c])
        .collect();
    Some(Convolution {
        shape: convolution.shape.clone(),
        weight,
        bias,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[f32]) -> Tensor {
        Tensor {
            shape: vec![values.len()],
            values: values.to_vec(),
        }
    }

    #[test]
    fn folds_a_case_computed_by_hand() {
        let convolution = Tensor {
            shape: vec![2, 1, 1, 2],
            values: vec![1.0, 2.0, 3.0, 4.0],
        };
        // Variances whose sums with epsilon are 4 and 0.25: the scales are 3 / 2 and -1 / 0.5.
        let variance = row(&[3.99999, 0.24999]);
        let norm = BatchNorm {
            weight: &row(&[3.0, -1.0]),
            bias: &row(&[0.5, 0.25]),
            mean: &row(&[2.0, -1.0]),
            variance: &variance,
        };
        let folded = fold(&convolution, &norm).expect("the channels match");
        assert_eq!(folded.shape, [2, 1, 1, 2]);
        let expected = [1.5, 3.0, -6.0, -8.0, /* biases */ -2.5, -1.75];
        for (found, expected) in folded.weight.iter().chain(&folded.bias).zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found} for {expected}");
        }
    }

    #[test]
    fn refuses_channels_that_do_not_match() {
        let convolution = Tensor {
            shape: vec![2, 1, 1, 1],
            values: vec![1.0, 2.0],
        };
        let one = row(&[1.0]);
        let norm = BatchNorm {
            weight: &one,
            bias: &one,
            mean: &one,
            variance: &one,
        };
        assert_eq!(fold(&convolution, &norm), None);
    }
}
