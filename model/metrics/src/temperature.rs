//! Temperature scaling: one number, found on the validation films, that makes a network as sure as it
//! should be without changing any answer. Guo et al. (2017), arXiv 1706.04599, section 4.2.

use serde::{Deserialize, Serialize};

use super::calibration::{CalibrationError, LEAST, check_classes};

/// The temperatures that are searched. Where all validation films are answered rightly the loss falls
/// towards temperature 0, where all are answered wrongly towards infinity.
pub const COLDEST: f64 = 0.05;
pub const HOTTEST: f64 = 20.0;

/// Halvings of the logarithm of the range, to the last digit.
const HALVINGS: usize = 56;

/// A fitted temperature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Temperature {
    /// [`COLDEST`] to [`HOTTEST`]: above 1 the network was too sure, below 1 not sure enough.
    pub value: f64,
    /// The end of the range at which the search stopped; `None` if the best temperature lies within it.
    pub bound: Option<Bound>,
}

/// Where the search stopped: the films say only that the best temperature lies beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    Coldest,
    Hottest,
}

impl Temperature {
    /// The temperature at which [`log_loss`](super::calibration::log_loss) is least for the validation
    /// films; `truth` `[n]`, `probabilities` `[n][classes]`.
    ///
    /// The logits are ln p, with p at least 10^-12. The loss is convex in 1 / temperature, so its slope
    /// crosses 0 once at the most, and halving finds where. A slope of 0 throughout (all probabilities
    /// alike) leaves them as they are.
    pub fn fit(truth: &[usize], probabilities: &[Vec<f32>]) -> Result<Self, CalibrationError> {
        check_classes(truth, probabilities)?;
        let logits: Vec<Vec<f64>> = probabilities.iter().map(|film| logits(film)).collect();
        let slope = |temperature: f64| slope(truth, &logits, 1.0 / temperature);
        let (at_coldest, at_hottest) = (slope(COLDEST), slope(HOTTEST));
        if at_coldest == 0.0 && at_hottest == 0.0 {
            return Ok(Self {
                value: 1.0,
                bound: None,
            });
        }
        if at_coldest <= 0.0 {
            return Ok(Self {
                value: COLDEST,
                bound: Some(Bound::Coldest),
            });
        }
        if at_hottest >= 0.0 {
            return Ok(Self {
                value: HOTTEST,
                bound: Some(Bound::Hottest),
            });
        }
        let (mut cold, mut hot) = (COLDEST, HOTTEST);
        for _ in 0..HALVINGS {
            let middle = (cold * hot).sqrt();
            if slope(middle) > 0.0 {
                cold = middle;
            } else {
                hot = middle;
            }
        }
        Ok(Self {
            value: (cold * hot).sqrt(),
            bound: None,
        })
    }

    /// The probabilities `[classes]` of one film at this temperature: p^(1 / temperature), brought to a
    /// sum of 1.
    pub fn apply(&self, probabilities: &[f32]) -> Vec<f32> {
        let shares = softmax(&logits(probabilities), 1.0 / self.value);
        shares.iter().map(|&share| share as f32).collect()
    }
}

fn logits(probabilities: &[f32]) -> Vec<f64> {
    let logit = |&probability: &f32| f64::from(probability).max(LEAST).ln();
    probabilities.iter().map(logit).collect()
}

/// How the mean loss changes with `sharpness`, 1 / temperature: the mean logit less the true one.
fn slope(truth: &[usize], logits: &[Vec<f64>], sharpness: f64) -> f64 {
    let of_film = |(&truth, logits): (&usize, &Vec<f64>)| -> f64 {
        let shares = softmax(logits, sharpness);
        let above_true = logits.iter().map(|logit| logit - logits[truth]);
        shares.iter().zip(above_true).map(|(a, b)| a * b).sum()
    };
    let sum: f64 = truth.iter().zip(logits).map(of_film).sum();
    sum / truth.len() as f64
}

fn softmax(logits: &[f64], sharpness: f64) -> Vec<f64> {
    let sharpened: Vec<f64> = logits.iter().map(|logit| sharpness * logit).collect();
    crate::softmax(&sharpened)
}
