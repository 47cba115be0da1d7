//! Whether a probability means what it says: of all films given 80 %, do 80 % show it?

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Proportion, answer};

/// No probability counts as smaller than this in a logarithm: a wrong answer given with certainty costs
/// 27.6, not infinitely much.
pub(super) const LEAST: f64 = 1e-12;

/// Why probabilities cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum CalibrationError {
    #[error("there are no films")]
    NoFilms,
    /// A probability is not from 0 to 1, or not a number.
    #[error("a probability is not from 0 to 1")]
    NotAProbability,
    /// Not one answer for each film, or one without a probability of the true class.
    #[error("there is not one answer with every class for each film")]
    Uneven,
}

/// The films whose probabilities lie within one bin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower border, which belongs to the bin.
    pub low: f64,
    /// Upper border, which belongs to the next bin, or to the last one.
    pub high: f64,
    /// Mean probability of the films; `None` without films.
    pub predicted: Option<f64>,
    /// How many of the films show it.
    pub observed: Proportion,
}

/// The reliability diagram of `probabilities` and whether each film shows it, both `[n]`, in `bins` (at
/// least one) of equal width from 0 to 1: Murphy and Winkler, Appl Stat 26:41-47 (1977), doi 10.2307/2346866.
pub fn reliability(
    probabilities: &[f64],
    labels: &[bool],
    bins: usize,
) -> Result<Vec<Bin>, CalibrationError> {
    check(probabilities, labels.len())?;
    let bins = bins.max(1);
    let mut sums = vec![(0.0, 0, 0); bins];
    for (&probability, &label) in probabilities.iter().zip(labels) {
        let (sum, hits, n) = &mut sums[bin_of(probability, bins)];
        *sum += probability;
        *hits += usize::from(label);
        *n += 1;
    }
    let bin = |(at, (sum, hits, n)): (usize, (f64, usize, usize))| Bin {
        low: at as f64 / bins as f64,
        high: (at + 1) as f64 / bins as f64,
        predicted: (n > 0).then(|| sum / n as f64),
        observed: Proportion::new(hits, n),
    };
    Ok(sums.into_iter().enumerate().map(bin).collect())
}

/// The mean squared distance of a probability from what the film shows (0 or 1), 0 to 1: half of what
/// [`brier_classes`] gives for two classes. Brier, Mon Weather Rev 78:1-3 (1950),
/// doi 10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
pub fn brier(probabilities: &[f64], labels: &[bool]) -> Result<f64, CalibrationError> {
    check(probabilities, labels.len())?;
    let sum: f64 = probabilities
        .iter()
        .zip(labels)
        .map(|(probability, &label)| (probability - f64::from(u8::from(label))).powi(2))
        .sum();
    Ok(sum / labels.len() as f64)
}

/// Brier's own score: the squared distances of all classes added up, 0 to 2. `truth` `[n]`, `probabilities`
/// `[n][classes]`.
pub fn brier_classes(truth: &[usize], probabilities: &[Vec<f32>]) -> Result<f64, CalibrationError> {
    check_classes(truth, probabilities)?;
    let of_film = |(&truth, probabilities): (&usize, &Vec<f32>)| -> f64 {
        let classes = probabilities.iter().enumerate();
        classes
            .map(|(class, &probability)| {
                let shown = f64::from(u8::from(class == truth));
                (f64::from(probability) - shown).powi(2)
            })
            .sum()
    };
    let sum: f64 = truth.iter().zip(probabilities).map(of_film).sum();
    Ok(sum / truth.len() as f64)
}

/// The mean of -ln of the probability that each film's own class was given: the cross-entropy of training.
/// `truth` `[n]`, `probabilities` `[n][classes]`. A probability below 10^-12 counts as that.
pub fn log_loss(truth: &[usize], probabilities: &[Vec<f32>]) -> Result<f64, CalibrationError> {
    check_classes(truth, probabilities)?;
    let of_film = |(&truth, probabilities): (&usize, &Vec<f32>)| {
        -f64::from(probabilities[truth]).max(LEAST).ln()
    };
    let sum: f64 = truth.iter().zip(probabilities).map(of_film).sum();
    Ok(sum / truth.len() as f64)
}

/// The expected calibration error, 0 to 1: the answers, each with its own probability, in `bins` of equal
/// width; in each bin the distance of the mean probability from the share of right answers; the mean of
/// the distances, weighted by the films in each bin. Guo et al. (2017), arXiv 1706.04599, section 2.
/// `truth` `[n]`, `probabilities` `[n][classes]`.
///
/// It depends on `bins` and is above 0 by chance alone in few films, so compare only like with like.
pub fn expected_calibration_error(
    truth: &[usize],
    probabilities: &[Vec<f32>],
    bins: usize,
) -> Result<f64, CalibrationError> {
    check_classes(truth, probabilities)?;
    let (sureties, right): (Vec<f64>, Vec<bool>) = truth
        .iter()
        .zip(probabilities)
        .map(|(&truth, probabilities)| {
            let answer = answer(probabilities);
            (f64::from(probabilities[answer]), answer == truth)
        })
        .unzip();
    let bins = reliability(&sureties, &right, bins)?;
    let sum: f64 = bins
        .iter()
        .filter_map(|bin| {
            let films = bin.observed.n as f64;
            Some((bin.predicted? - bin.observed.share()).abs() * films)
        })
        .sum();
    Ok(sum / truth.len() as f64)
}

fn bin_of(probability: f64, bins: usize) -> usize {
    ((probability * bins as f64) as usize).min(bins - 1)
}

fn check(probabilities: &[f64], films: usize) -> Result<(), CalibrationError> {
    if probabilities.len() != films {
        Err(CalibrationError::Uneven)
    } else if films == 0 {
        Err(CalibrationError::NoFilms)
    } else if !probabilities.iter().all(|p| (0.0..=1.0).contains(p)) {
        Err(CalibrationError::NotAProbability)
    } else {
        Ok(())
    }
}

/// As many answers as films, each with every class, and every number a probability.
pub(super) fn check_classes(
    truth: &[usize],
    probabilities: &[Vec<f32>],
) -> Result<(), CalibrationError> {
    let classes = probabilities.first().map_or(0, Vec::len);
    let whole = truth.len() == probabilities.len()
        && truth.iter().all(|&truth| truth < classes)
        && probabilities.iter().all(|film| film.len() == classes);
    let all_within = || {
        probabilities
            .iter()
            .flatten()
            .all(|p| (0.0..=1.0).contains(p))
    };
    if !whole {
        Err(CalibrationError::Uneven)
    } else if truth.is_empty() {
        Err(CalibrationError::NoFilms)
    } else if !all_within() {
        Err(CalibrationError::NotAProbability)
    } else {
        Ok(())
    }
}
