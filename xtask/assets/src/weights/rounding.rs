//! Weights of a 1x1 convolution to whole numbers of 8 bit.

use half::f16;

use super::cholesky;

/// The largest whole number, up and down.
const LARGEST: f64 = 127.0;

/// Share of the mean variance that is added to each: inputs that were never seen to vary then still count a little.
const DAMPING: f64 = 0.01;

/// Whole numbers and what to multiply each output channel's with.
#[derive(Debug, PartialEq)]
pub struct Rounded {
    /// `[out * in]`, row-major.
    pub whole: Vec<i8>,
    /// `[out]`.
    pub scale: Vec<f16>,
}

impl Rounded {
    /// The numbers that a reader of the file computes with.
    pub fn weight(&self) -> Vec<f64> {
        let inputs = self.whole.len() / self.scale.len().max(1);
        let row = |at: usize| self.scale[at / inputs].to_f64();
        let numbers = self.whole.iter().enumerate();
        numbers
            .map(|(at, &whole)| f64::from(whole) * row(at))
            .collect()
    }
}

/// Rounds so that the outputs change little, rather than the weights: inputs are correlated, so what the rounding of
/// one weight changes is taken back by those not yet rounded (GPTQ, Frantar 2022, arXiv 2210.17323).
///
/// With `covariance = uᵀ u` the mean square change of an output is the squared length of `u (w - q)`. From the last row
/// on, each row has one weight more, and that is chosen to bring the row nearest to 0; Babai's nearest plane, to which
/// GPTQ comes down (arXiv 2507.18553). The mean input is left to the bias.
///
/// # Shapes
/// `weight` `[out * in]`, `covariance` of the inputs `[in * in]`
///
/// Returns `None` if the covariance is none.
pub fn round(weight: &[f64], covariance: &[f64], inputs: usize) -> Option<Rounded> {
    let variance = |channel: usize| covariance[channel * inputs + channel];
    // Rounded last to first, so that what varies most is rounded while most others can still make up for it.
    let mut order: Vec<usize> = (0..inputs).collect();
    order.sort_by(|&a, &b| variance(a).total_cmp(&variance(b)));
    let mean = (0..inputs).map(variance).sum::<f64>() / inputs as f64;
    let sorted: Vec<f64> = (0..inputs * inputs)
        .map(|at| {
            let (row, column) = (at / inputs, at % inputs);
            let damping = if row == column { DAMPING * mean } else { 0.0 };
            covariance[order[row] * inputs + order[column]] + damping
        })
        .collect();
    let factor = cholesky::upper(&sorted, inputs)?;

    let mut rounded = Rounded {
        whole: vec![0; weight.len()],
        scale: Vec::with_capacity(weight.len() / inputs),
    };
    let rows = weight.chunks_exact(inputs);
    for (row, whole) in rows.zip(rounded.whole.chunks_exact_mut(inputs)) {
        let scale = scale(row);
        rounded.scale.push(scale);
        let scale = scale.to_f64();
        // What the weights lost by rounding, in the order above.
        let mut lost = vec![0.0; inputs];
        for at in (0..inputs).rev() {
            let factors = &factor[at * inputs..(at + 1) * inputs];
            let later = factors.iter().zip(&lost).skip(at + 1);
            let carried: f64 = later.map(|(factor, lost)| factor * lost).sum();
            let exact = row[order[at]];
            let wanted = exact + carried / factors[at];
            let nearest = (wanted / scale).round().clamp(-LARGEST, LARGEST);
            whole[order[at]] = nearest as i8;
            lost[at] = exact - nearest * scale;
        }
    }
    Some(rounded)
}

/// The step between the numbers of one output channel; the smallest that there is for a channel of zeros.
fn scale(row: &[f64]) -> f16 {
    let largest = row.iter().fold(0.0_f64, |largest, w| largest.max(w.abs()));
    f16::from_f64(largest / LARGEST).max(f16::from_bits(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(weight: &[f64], rounded: &[f64], covariance: &[f64]) -> f64 {
        let off: Vec<f64> = weight.iter().zip(rounded).map(|(w, q)| w - q).collect();
        let n = off.len();
        (0..n * n)
            .map(|at| off[at / n] * covariance[at] * off[at % n])
            .sum()
    }

    #[test]
    fn rounds_each_weight_to_the_nearest_where_inputs_are_independent() {
        let weight = [127.0, -50.4, 0.6, 12.7, -6.35, 0.0];
        let rounded = round(&weight, &[1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 3.0], 3);
        let rounded = rounded.expect("a covariance");
        assert_eq!(rounded.whole, [127, -50, 1, 127, -64, 0]);
        assert_eq!(rounded.scale, [f16::from_f64(1.0), f16::from_f64(0.1)]);
        assert_eq!(rounded.weight()[..3], [127.0, -50.0, 1.0]);
    }

    #[test]
    fn what_one_weight_loses_its_neighbour_makes_up_for() {
        // Two inputs that are nearly the same: only the sum of their weights matters.
        let weight = [127.0, 10.4, 10.4];
        let covariance = [1.0, 0.0, 0.0, 0.0, 1.0, 0.99, 0.0, 0.99, 1.0];
        let rounded = round(&weight, &covariance, 3).expect("a covariance");
        assert_eq!(
            rounded
                .whole
                .iter()
                .skip(1)
                .map(|&w| i32::from(w))
                .sum::<i32>(),
            21
        );
        let nearest = [127.0, 10.0, 10.0];
        assert!(
            change(&weight, &rounded.weight(), &covariance)
                < change(&weight, &nearest, &covariance)
        );
    }

    #[test]
    fn channels_of_zeros_stay() {
        let rounded = round(&[0.0, 0.0], &[1.0, 0.0, 0.0, 1.0], 2).expect("a covariance");
        assert_eq!(rounded.weight(), [0.0, 0.0]);
    }

    #[test]
    fn refuses_what_is_no_covariance() {
        assert_eq!(round(&[1.0], &[-1.0], 1), None);
    }
}
