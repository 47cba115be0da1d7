//! What sixteen pixels can tell: a plain logistic regression on a thumbnail of 4 x 4, which a neural network
//! has to beat before it deserves credit.

pub mod fit;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::film::Film;

/// Side of the thumbnail, in pixels.
pub const SIDE: usize = 4;

/// The inputs of the baseline.
pub const PIXELS: usize = SIDE * SIDE;

/// Side of the square that is averaged, in pixels.
const SQUARE: usize = 64;

/// Mean greys of 4 x 4 equal parts of the square that a network sees (see [`Film::input`]), row-major,
/// 0 black to 1 white.
pub type Thumbnail = [f32; PIXELS];

/// Why there is no baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum BaselineError {
    /// Fewer than two classes have a training film.
    #[error("the training films are all of one class")]
    OneClass,
    /// Not one thumbnail for each film, or a class that does not exist.
    #[error("there is not one class for each film")]
    Uneven,
    #[error("a pixel is not a number")]
    NotANumber,
}

/// A fitted multinomial logistic regression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Of each pixel over the training films.
    means: [f64; PIXELS],
    /// Standard deviation; 1 for a pixel that never changes.
    deviations: [f64; PIXELS],
    /// Per class, `PIXELS` weights and the intercept.
    weights: Vec<[f64; PIXELS + 1]>,
}

/// The thumbnail of a film.
pub fn thumbnail(film: &Film) -> Thumbnail {
    let square = film.input(SQUARE);
    let part = SQUARE / SIDE;
    let mut sums = [0.0; PIXELS];
    for (at, &grey) in square.iter().enumerate() {
        let (x, y) = (at % SQUARE, at / SQUARE);
        sums[y / part * SIDE + x / part] += f64::from(grey);
    }
    sums.map(|sum| (sum / (part * part) as f64) as f32)
}

impl Baseline {
    /// Fits the training films, both `[n]`, on standardised pixels: the least sum over the films of
    /// -ln of the probability of the true class, plus half the sum of all squared weights without the
    /// intercepts, as scikit-learn's `LogisticRegression` with `C = 1`; its two-class form has one set of
    /// weights where this has two opposite ones, so that `C = 2` there is the same.
    pub fn fit(
        classes: usize,
        truth: &[usize],
        thumbnails: &[Thumbnail],
    ) -> Result<Self, BaselineError> {
        if truth.len() != thumbnails.len() || truth.iter().any(|&truth| truth >= classes) {
            return Err(BaselineError::Uneven);
        }
        if truth.iter().all(|&class| class == truth[0]) {
            return Err(BaselineError::OneClass);
        }
        if !thumbnails.iter().flatten().all(|grey| grey.is_finite()) {
            return Err(BaselineError::NotANumber);
        }
        let mut baseline = Self {
            means: moment(thumbnails, |_, grey| grey),
            deviations: [1.0; PIXELS],
            weights: Vec::new(),
        };
        let means = baseline.means;
        let variances = moment(thumbnails, |pixel, grey| (grey - means[pixel]).powi(2));
        baseline.deviations = variances.map(|v| if v > 0.0 { v.sqrt() } else { 1.0 });
        let inputs: Vec<_> = thumbnails.iter().map(|film| baseline.input(film)).collect();
        baseline.weights = fit::fit(classes, truth, &inputs);
        Ok(baseline)
    }

    /// The probability of each class, `[classes]`.
    pub fn probabilities(&self, thumbnail: &Thumbnail) -> Vec<f32> {
        let shares = fit::shares(&self.weights, &self.input(thumbnail));
        shares.iter().map(|&share| share as f32).collect()
    }

    /// Standardised, with a last input of 1 for the intercept.
    fn input(&self, thumbnail: &Thumbnail) -> [f64; PIXELS + 1] {
        let mut input = [1.0; PIXELS + 1];
        for (pixel, &grey) in thumbnail.iter().enumerate() {
            input[pixel] = (f64::from(grey) - self.means[pixel]) / self.deviations[pixel];
        }
        input
    }
}

/// The mean over the films of `of` each pixel and its grey.
fn moment(thumbnails: &[Thumbnail], of: impl Fn(usize, f64) -> f64) -> [f64; PIXELS] {
    let mut sums = [0.0; PIXELS];
    for thumbnail in thumbnails {
        for (pixel, &grey) in thumbnail.iter().enumerate() {
            sums[pixel] += of(pixel, f64::from(grey));
        }
    }
    sums.map(|sum| sum / thumbnails.len() as f64)
}
