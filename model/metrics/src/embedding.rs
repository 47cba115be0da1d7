//! Films as points in a plane: the two directions in which their features differ most, principal component
//! analysis after Hotelling, J Educ Psychol 24:417-441 (1933), doi 10.1037/h0071325.

mod eigen;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A direction with a smaller share of the variance than this is rounding.
const LEAST_SHARE: f64 = 1e-12;

/// Why films cannot be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum EmbeddingError {
    #[error("at least two films are needed")]
    TooFew,
    /// Films with different numbers of features, or with none.
    #[error("the films do not have equally many features")]
    Uneven,
    #[error("a feature is not a number")]
    NotANumber,
    /// All films have the same features.
    #[error("the films do not differ")]
    NoSpread,
}

/// A plane through the features of some films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plane {
    /// Of each feature over the films.
    mean: Vec<f64>,
    /// Of length 1, at right angles; each points to where its largest number is positive, so that the same
    /// films are never mirrored. All 0 where the films differ in one direction only.
    axes: [Vec<f64>; 2],
    /// Share of the variance of the films along each axis, 0 to 1, the first not less than the second.
    pub explained: [f64; 2],
}

impl Plane {
    /// Of the features `[n][features]` of at least two films. About 130 x n x features multiplications.
    pub fn fit<F: AsRef<[f32]>>(films: &[F]) -> Result<Self, EmbeddingError> {
        let films: Vec<&[f32]> = films.iter().map(AsRef::as_ref).collect();
        if films.len() < 2 {
            return Err(EmbeddingError::TooFew);
        }
        let features = films[0].len();
        if features == 0 || films.iter().any(|film| film.len() != features) {
            return Err(EmbeddingError::Uneven);
        }
        if !films.iter().all(|film| film.iter().all(|x| x.is_finite())) {
            return Err(EmbeddingError::NotANumber);
        }
        let mut mean = vec![0.0; features];
        for film in &films {
            add(&mut mean, film, 1.0 / films.len() as f64);
        }
        let total: f64 = films.iter().map(|film| squared_distance(film, &mean)).sum();
        if total == 0.0 {
            return Err(EmbeddingError::NoSpread);
        }
        // The scatter of the films times a direction, without ever making the matrix of it.
        let scatter = |direction: &[f64]| {
            let offset = dot(&mean, direction);
            let mut product = vec![0.0; features];
            let mut sum = 0.0;
            for film in &films {
                let along = along(film, direction) - offset;
                add(&mut product, film, along);
                sum += along;
            }
            let moved = product.iter().zip(&mean).map(|(p, mean)| p - sum * mean);
            moved.collect::<Vec<f64>>()
        };
        let [first, second] = eigen::largest_two(features, scatter);
        let share = |value: f64| (value / total).clamp(0.0, 1.0);
        let explained = [share(first.value), share(second.value)];
        let axes = [(first, explained[0]), (second, explained[1])];
        Ok(Self {
            axes: axes.map(|(pair, share)| upright(pair.vector, share)),
            explained: explained.map(|s| if s < LEAST_SHARE { 0.0 } else { s }),
            mean,
        })
    }

    /// Where a film of these `features` lies, `[first axis, second axis]`, in the unit of the features, the
    /// mean of the fitted films at 0; also for films that were not fitted.
    pub fn place(&self, features: &[f32]) -> Result<[f64; 2], EmbeddingError> {
        if features.len() != self.mean.len() {
            return Err(EmbeddingError::Uneven);
        }
        if !features.iter().all(|x| x.is_finite()) {
            return Err(EmbeddingError::NotANumber);
        }
        let axes = [&self.axes[0], &self.axes[1]];
        Ok(axes.map(|axis| along(features, axis) - dot(&self.mean, axis)))
    }
}

fn upright(mut axis: Vec<f64>, share: f64) -> Vec<f64> {
    let longest = axis.iter().copied();
    let longest = longest.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
    let sign = if share < LEAST_SHARE {
        0.0
    } else {
        longest.signum()
    };
    axis.iter_mut().for_each(|x| *x *= sign);
    axis
}

fn add(sum: &mut [f64], film: &[f32], times: f64) {
    for (sum, &x) in sum.iter_mut().zip(film) {
        *sum += times * f64::from(x);
    }
}

fn along(film: &[f32], direction: &[f64]) -> f64 {
    film.iter()
        .zip(direction)
        .map(|(&x, d)| f64::from(x) * d)
        .sum()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn squared_distance(film: &[f32], mean: &[f64]) -> f64 {
    let pairs = film.iter().zip(mean);
    pairs.map(|(&x, mean)| (f64::from(x) - mean).powi(2)).sum()
}
