//! Multinomial logistic regression by Newton's method: Böhning, Ann Inst Stat Math 44:197-200 (1992),
//! doi 10.1007/BF00048682.

/// The loss is convex and its penalty keeps it curved, so a few steps suffice.
const STEPS: usize = 50;

/// A step that gains less than this share of the loss is the last.
const GAIN: f64 = 1e-14;

/// Added to the curvature of each parameter: an equal change of all intercepts changes nothing, and would
/// leave the equations without a single solution.
const RIDGE: f64 = 1e-9;

/// The weights, `[classes][W]`, of `inputs` `[n]`, standardised pixels and a 1, whose classes are `truth` `[n]`.
pub fn fit<const W: usize>(classes: usize, truth: &[usize], inputs: &[[f64; W]]) -> Vec<[f64; W]> {
    let mut weights = vec![[0.0; W]; classes];
    let mut before = loss(&weights, truth, inputs);
    for _ in 0..STEPS {
        let step = newton_step(&weights, truth, inputs);
        // Halved as long as it overshoots.
        let mut length = 1.0;
        let (next, after) = loop {
            let next = moved(&weights, &step, length);
            let after = loss(&next, truth, inputs);
            if after <= before || length < GAIN {
                break (next, after);
            }
            length /= 2.0;
        };
        if before - after <= GAIN * before {
            break;
        }
        (weights, before) = (next, after);
    }
    weights
}

/// The probability of each class, `[classes]`.
pub fn shares<const W: usize>(weights: &[[f64; W]], input: &[f64; W]) -> Vec<f64> {
    let score = |weights: &[f64; W]| weights.iter().zip(input).map(|(w, x)| w * x).sum();
    let scores: Vec<f64> = weights.iter().map(score).collect();
    metrics::softmax(&scores)
}

fn loss<const W: usize>(weights: &[[f64; W]], truth: &[usize], inputs: &[[f64; W]]) -> f64 {
    let films = truth.iter().zip(inputs);
    let misfit: f64 = films
        .map(|(&truth, input)| -shares(weights, input)[truth].max(f64::MIN_POSITIVE).ln())
        .sum();
    let squares = |weights: &[f64; W]| weights[..W - 1].iter().map(|w| w * w).sum::<f64>();
    misfit + weights.iter().map(squares).sum::<f64>() / 2.0
}

fn moved<const W: usize>(weights: &[[f64; W]], step: &[f64], length: f64) -> Vec<[f64; W]> {
    let mut moved = weights.to_vec();
    for (weight, step) in moved.iter_mut().flatten().zip(step) {
        *weight -= length * step;
    }
    moved
}

/// Slope divided by curvature, `[classes * W]`.
fn newton_step<const W: usize>(
    weights: &[[f64; W]],
    truth: &[usize],
    inputs: &[[f64; W]],
) -> Vec<f64> {
    let width = W;
    let n = weights.len() * width;
    let mut slope = vec![0.0; n];
    let mut curvature = vec![vec![0.0; n]; n];
    for (at, weight) in weights.iter().flatten().enumerate() {
        let penalty = if at % width < W - 1 { 1.0 } else { 0.0 };
        slope[at] = penalty * weight;
        curvature[at][at] = penalty + RIDGE;
    }
    for (&truth, input) in truth.iter().zip(inputs) {
        let shares = shares(weights, input);
        for (class, &share) in shares.iter().enumerate() {
            let error = share - if class == truth { 1.0 } else { 0.0 };
            for (i, x) in input.iter().enumerate() {
                slope[class * width + i] += error * x;
            }
            for (other, &other_share) in shares.iter().enumerate().take(class + 1) {
                let same = if class == other { 1.0 } else { 0.0 };
                let bend = share * (same - other_share);
                for (i, x) in input.iter().enumerate() {
                    let row = &mut curvature[class * width + i][other * width..][..width];
                    for (sum, y) in row.iter_mut().zip(input) {
                        *sum += bend * x * y;
                    }
                }
            }
        }
    }
    solve(curvature, slope)
}

/// Solves `matrix` x = `right` by the factors of Cholesky; only the lower triangle of the positive matrix
/// is read.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for row in 0..n {
        for column in 0..=row {
            let known: f64 = (0..column)
                .map(|k| matrix[row][k] * matrix[column][k])
                .sum();
            let rest = matrix[row][column] - known;
            matrix[row][column] = if row == column {
                rest.max(RIDGE).sqrt()
            } else {
                rest / matrix[column][column]
            };
        }
        let known: f64 = (0..row).map(|k| matrix[row][k] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| matrix[k][row] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}
