//! Turning, enlarging and blurring.

use super::Field;
use crate::resample::between;

/// About the centre, by degrees clockwise and an enlargement.
pub(super) fn turn(field: &Field, rotation: f64, scale: f64) -> Field {
    let (sin, cos) = rotation.to_radians().sin_cos();
    let scale = scale.clamp(0.05, 20.0);
    let centre = |length: usize| (length as f64 - 1.0) / 2.0;
    let (middle_x, middle_y) = (centre(field.width), centre(field.height));
    let mut pixels = Vec::with_capacity(field.pixels.len());
    for row in 0..field.height {
        for column in 0..field.width {
            // Where the grey of this pixel was: turned back and reduced.
            let x = (column as f64 - middle_x) / scale;
            let y = (row as f64 - middle_y) / scale;
            pixels.push(between(
                &field.pixels,
                field.width,
                middle_x + cos * x + sin * y,
                middle_y - sin * x + cos * y,
            ));
        }
    }
    Field { pixels, ..*field }
}

/// By a Gaussian whose standard deviation is `share` of the shorter side; beyond the edge, the edge.
pub(super) fn blur(field: &Field, share: f64) -> Field {
    let sigma = share.min(0.25) * field.width.min(field.height) as f64;
    // Three standard deviations on each side leave out 0.3 %.
    let reach = (3.0 * sigma).ceil() as usize;
    let bell = |at: usize| (-0.5 * (at as f64 / sigma).powi(2)).exp();
    let weights: Vec<f64> = (0..=2 * reach).map(|at| bell(at.abs_diff(reach))).collect();
    let total: f64 = weights.iter().sum();
    let weights: Vec<f32> = weights.iter().map(|w| (w / total) as f32).collect();

    let across = blurred_and_transposed(field, &weights);
    blurred_and_transposed(&across, &weights)
}

/// Blurs along the rows and exchanges rows with columns, so that twice is both ways.
fn blurred_and_transposed(field: &Field, weights: &[f32]) -> Field {
    let reach = weights.len() / 2;
    let last = field.width - 1;
    let mut pixels = Vec::with_capacity(field.pixels.len());
    for column in 0..field.width {
        for row in field.pixels.chunks_exact(field.width) {
            let grey = |step: usize| row[(column + step).saturating_sub(reach).min(last)];
            let steps = weights.iter().enumerate();
            pixels.push(steps.map(|(step, weight)| weight * grey(step)).sum());
        }
    }
    Field {
        width: field.height,
        height: field.width,
        pixels,
    }
}
