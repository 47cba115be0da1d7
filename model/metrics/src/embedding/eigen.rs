//! The two largest eigenvalues of a symmetric matrix that is known only by its products with vectors.
//!
//! A library would need the whole matrix, 1,280 x 1,280, and would find all 1,280 pairs.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::dot;

/// Products with the matrix. The error falls by about e^(-2 steps sqrt(gap)), where the gap is that between
/// the second and the third value, relative to the second: 10^-12 for a gap of 5 %.
const STEPS: usize = 64;

/// Sweeps of Jacobi's rotations; fewer than ten are ever needed.
const SWEEPS: usize = 30;

/// Of what was left after projection, less than this share is rounding.
const ROUNDING: f64 = 1e-10;

/// An eigenvalue with its vector of length 1.
pub(super) struct Pair {
    pub value: f64,
    pub vector: Vec<f64>,
}

/// Lanczos, J Res Natl Bur Stand 45:255-282 (1950), doi 10.6028/jres.045.026, with every vector made
/// orthogonal to all before it. `size` is at least 1; a matrix of size 1 has a second value of 0.
pub(super) fn largest_two(size: usize, product: impl Fn(&[f64]) -> Vec<f64>) -> [Pair; 2] {
    let steps = STEPS.min(size);
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let mut random = || (0..size).map(|_| rng.random::<f64>() - 0.5).collect();
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut projected = vec![vec![0.0; steps]; steps];
    let mut next: Vec<f64> = random();
    while basis.len() < steps {
        let step = basis.len();
        // Where the matrix leads nowhere new, any other direction will do.
        while !orthogonalised(&mut next, &basis) {
            next = random();
        }
        let image = product(&next);
        basis.push(next);
        for (at, vector) in basis.iter().enumerate() {
            projected[at][step] = dot(vector, &image);
            projected[step][at] = projected[at][step];
        }
        next = image;
    }
    let mut pairs = jacobi(projected);
    [(); 2].map(|()| {
        let largest = (0..pairs.len()).max_by(|&a, &b| pairs[a].value.total_cmp(&pairs[b].value));
        let pair = largest.map(|at| pairs.swap_remove(at));
        Pair {
            value: pair.as_ref().map_or(0.0, |pair| pair.value),
            vector: combined(&basis, &pair.map_or(Vec::new(), |pair| pair.vector)),
        }
    })
}

/// Takes out what lies along `basis` and brings the rest to length 1; `false` if nothing is left.
fn orthogonalised(vector: &mut [f64], basis: &[Vec<f64>]) -> bool {
    let before = dot(vector, vector).sqrt();
    // Twice: the first pass leaves rounding errors behind.
    for _ in 0..2 {
        for other in basis {
            let share = dot(vector, other);
            for (x, y) in vector.iter_mut().zip(other) {
                *x -= share * y;
            }
        }
    }
    let length = dot(vector, vector).sqrt();
    vector.iter_mut().for_each(|x| *x /= length);
    length > ROUNDING * before
}

fn combined(basis: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; basis[0].len()];
    for (vector, weight) in basis.iter().zip(weights) {
        for (sum, x) in sum.iter_mut().zip(vector) {
            *sum += weight * x;
        }
    }
    sum
}

/// All eigenvalues of a small symmetric matrix, by rotations that take out one number after the other:
/// Jacobi, J reine angew Math 30:51-94 (1846), doi 10.1515/crll.1846.30.51.
fn jacobi(mut matrix: Vec<Vec<f64>>) -> Vec<Pair> {
    let n = matrix.len();
    let mut vectors: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect())
        .collect();
    for _ in 0..SWEEPS {
        for p in 0..n {
            for q in p + 1..n {
                if matrix[p][q] == 0.0 {
                    continue;
                }
                let ratio = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
                let tan = ratio.signum() / (ratio.abs() + ratio.hypot(1.0));
                let cos = 1.0 / tan.hypot(1.0);
                let sin = tan * cos;
                for row in &mut matrix {
                    (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
                }
                rotate(&mut matrix, p, q, sin, cos);
                rotate(&mut vectors, p, q, sin, cos);
            }
        }
    }
    vectors
        .into_iter()
        .enumerate()
        .map(|(at, vector)| Pair {
            value: matrix[at][at],
            vector,
        })
        .collect()
}

/// Rows `p` and `q`, `p` < `q`.
fn rotate(rows: &mut [Vec<f64>], p: usize, q: usize, sin: f64, cos: f64) {
    let (above, below) = rows.split_at_mut(q);
    for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
        (*x, *y) = (cos * *x - sin * *y, sin * *x + cos * *y);
    }
}
