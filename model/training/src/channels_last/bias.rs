//! Bias and ReLU6, in place. All slices are row-major, `[rows, channels]`.

/// Adds the bias to each row, and clamps the sums to 0 to 6 if they go through ReLU6. NaN stays NaN, so that a run that
/// diverges is noticed.
pub(super) fn add(rows: &mut [f32], bias: &[f32], relu6: bool) {
    for row in rows.chunks_exact_mut(bias.len()) {
        let pairs = row.iter_mut().zip(bias);
        if relu6 {
            pairs.for_each(|(number, bias)| *number = (*number + bias).clamp(0.0, 6.0));
        } else {
            pairs.for_each(|(number, bias)| *number += bias);
        }
    }
}

/// Turns the gradient of ReLU6's output into that of its input: nothing passes where the output is 0 or 6.
pub(super) fn relu6_gradient(gradient: &mut [f32], output: &[f32]) {
    for (gradient, &output) in gradient.iter_mut().zip(output) {
        let passes = output > 0.0 && output < 6.0;
        *gradient = if passes { *gradient } else { 0.0 };
    }
}

/// The sum of each channel.
pub(super) fn gradient(rows: &[f32], channels: usize) -> Vec<f32> {
    let mut sums = vec![0.0; channels];
    for row in rows.chunks_exact(channels) {
        sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
    }
    sums
}
