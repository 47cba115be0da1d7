//! Whether the network is as often right as it is sure, before and after temperature scaling.

use metrics::{
    answer,
    calibration::{
        Bin, CalibrationError, brier, brier_classes, expected_calibration_error, log_loss,
        reliability,
    },
    temperature::Temperature,
};

use super::Answers;

/// Of equal width, from 0 to 100 %. Of several classes the answer never has less than an equal share, and the bins below that
/// are none.
const BINS: usize = 10;

/// How far probabilities are from the truth. There are no intervals: of some ten films a few confident errors decide all
/// three figures, and no interval that was tried holds the true one as often as it says (docs/decisions/intervals.md).
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The answers by how sure they were, and how many of them were right: from the bin of an equal share on, for two classes
    /// five from 50 % up.
    pub bins: Vec<Bin>,
    /// Brier's score: of the last class for two classes (0 to 1), of all classes for more (0 to 2).
    pub brier: f64,
    pub log_loss: f64,
    /// Expected calibration error.
    pub error: f64,
}

impl Calibration {
    pub fn of(answers: &Answers) -> Result<Self, CalibrationError> {
        let Answers {
            truth,
            probabilities,
        } = answers;
        let log_loss = self::log_loss(truth, probabilities)?;
        let (sureties, right): (Vec<f64>, Vec<bool>) = truth
            .iter()
            .zip(probabilities)
            .map(|(&truth, probabilities)| {
                let said = answer(probabilities);
                (f64::from(probabilities[said]), said == truth)
            })
            .unzip();
        Ok(Self {
            bins: reachable(reliability(&sureties, &right, BINS)?, probabilities),
            brier: brier_of(truth, probabilities)?,
            log_loss,
            error: expected_calibration_error(truth, probabilities, BINS)?,
        })
    }
}

/// Those of the bins in which the answer to films of these probabilities, `[n][classes]`, can fall.
fn reachable(mut bins: Vec<Bin>, probabilities: &[Vec<f32>]) -> Vec<Bin> {
    let classes = probabilities.first().map_or(1, Vec::len).max(1);
    // Rounding may leave an equal share a trace too small.
    let filled = bins.iter().position(|bin| bin.observed.n > 0);
    let first = (BINS / classes).min(filled.unwrap_or(BINS));
    bins.split_off(first)
}

/// The answers as they would be at another temperature.
pub fn scaled(answers: &Answers, temperature: &Temperature) -> Answers {
    let films = answers.probabilities.iter();
    Answers {
        truth: answers.truth.clone(),
        probabilities: films.map(|film| temperature.apply(film)).collect(),
    }
}

fn brier_of(truth: &[usize], probabilities: &[Vec<f32>]) -> Result<f64, CalibrationError> {
    match probabilities.first().map(Vec::len) {
        Some(2) => {
            let (of_last, labels) = metrics::one_against_rest(1, truth, probabilities);
            brier(&of_last, &labels)
        }
        _ => brier_classes(truth, probabilities),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four films, three of them answered rightly.
    fn answers() -> Answers {
        Answers {
            truth: vec![0, 0, 1, 1],
            probabilities: vec![
                vec![0.9, 0.1],
                vec![0.25, 0.75],
                vec![0.1, 0.9],
                vec![0.4, 0.6],
            ],
        }
    }

    #[test]
    fn two_classes_have_the_score_of_one() {
        let twelve = Answers {
            truth: answers().truth.repeat(3),
            probabilities: std::iter::repeat_n(answers().probabilities, 3)
                .flatten()
                .collect(),
        };
        let judged = Calibration::of(&twelve).expect("twelve films");
        let brier = (0.01 + 0.5625 + 0.01 + 0.16) / 4.0;
        assert!((judged.brier - brier).abs() < 1e-6, "{}", judged.brier);
        // Of four, two answers of 90 %, right; one of 75 %, wrong; one of 60 %, right.
        let error = (2.0 * 0.1 + 0.75 + 0.4) / 4.0;
        assert!((judged.error - error).abs() < 1e-6, "{}", judged.error);
        let counts: Vec<usize> = judged.bins.iter().map(|bin| bin.observed.n).collect();
        assert_eq!(counts.iter().sum::<usize>(), 12);
    }

    #[test]
    fn only_bins_that_an_answer_can_fall_in_are_counted() {
        let judged = |film: Vec<f32>| {
            let answers = Answers {
                truth: vec![0],
                probabilities: vec![film],
            };
            let judged = Calibration::of(&answers).expect("a film");
            let first = judged.bins.first().expect("a bin");
            let held: usize = judged.bins.iter().map(|bin| bin.observed.n).sum();
            assert_eq!(held, 1);
            (judged.bins.len(), first.low)
        };
        assert_eq!(judged(vec![0.9, 0.1]), (5, 0.5));
        assert_eq!(judged(vec![0.5, 0.5]), (5, 0.5));
        // A third lies in the fourth of ten bins.
        assert_eq!(judged(vec![0.4, 0.3, 0.3]), (7, 0.3));
        assert_eq!(judged(vec![0.05; 20]), (10, 0.0));
    }

    #[test]
    fn a_temperature_changes_how_sure_but_not_what() {
        let answers = answers();
        let temperature = Temperature::fit(&answers.truth, &answers.probabilities);
        let temperature = temperature.expect("four films");
        let after = scaled(&answers, &temperature);
        let before = Calibration::of(&answers).expect("four films");
        let judged = Calibration::of(&after).expect("four films");
        assert!(judged.log_loss <= before.log_loss);
        for (old, new) in answers.probabilities.iter().zip(&after.probabilities) {
            assert_eq!(answer(old), answer(new));
        }
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let mut answers = answers();
        answers.probabilities[2][0] = f32::NAN;
        let refused = Calibration::of(&answers);
        assert_eq!(refused, Err(CalibrationError::NotAProbability));
        let none = Calibration::of(&Answers::default());
        assert_eq!(none, Err(CalibrationError::NoFilms));
    }
}
