//! What the sections behind the door compute of a test: numbers alone, without a browser.

pub mod calibration;
pub mod threshold;

use std::collections::BTreeMap;

use imaging::{dataset::SampleSummary, report::TestReport};
use metrics::{
    Interval, Scores, answer,
    paired::{Agreement, sign_flip_p},
    patients::{FEWEST_PATIENTS, OverPatients, share_over_patients},
};

/// True classes and probabilities, both `[films]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    pub truth: Vec<usize>,
    pub probabilities: Vec<Vec<f32>>,
}

impl Answers {
    pub fn of(report: &TestReport) -> Self {
        let films = report.films.iter();
        let (truth, probabilities) = films
            .map(|film| (film.class, film.probabilities.clone()))
            .unzip();
        Self {
            truth,
            probabilities,
        }
    }

    pub fn classes(&self) -> usize {
        self.probabilities.first().map_or(0, Vec::len)
    }
}

/// The patient of each film, numbered in the order of their appearance; `None` if none is known. A film without one is of a
/// patient of its own, as in a division by patient.
pub fn patients(report: &TestReport, samples: &[SampleSummary]) -> Option<Vec<usize>> {
    if samples.iter().all(|sample| sample.patient.is_none()) {
        return None;
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut next = 0..;
    let number = |film: &imaging::report::TestFilm| {
        let patient = samples.get(film.sample)?.patient.as_deref();
        match patient.and_then(|patient| numbers.get(patient)) {
            Some(&number) => Some(number),
            None => {
                let number = next.next()?;
                numbers.extend(patient.map(|patient| (patient, number)));
                Some(number)
            }
        }
    };
    report.films.iter().map(number).collect()
}

/// The interval of the accuracy if other patients had come; `None` with too few patients. `patients` as of [`patients`].
pub fn accuracy_over_patients(report: &TestReport, patients: &[usize]) -> Option<Interval> {
    match share_over_patients(&right(report), patients) {
        OverPatients::Interval { interval, .. } => Some(interval),
        OverPatients::TooFewPatients { .. } => None,
    }
}

/// Whether the whole interval of the accuracy, over films and over patients where there is one, lies above what always
/// answering the most common class would score.
pub fn beats_majority(scores: &Scores, over_patients: Option<Interval>) -> bool {
    let low = over_patients.map_or(scores.accuracy.low, |over_patients| {
        over_patients.low.min(scores.accuracy.low)
    });
    low > scores.majority
}

/// Which answers are right, `[films]`.
fn right(report: &TestReport) -> Vec<bool> {
    let films = report.films.iter();
    films
        .map(|film| answer(&film.probabilities) == film.class)
        .collect()
}

/// Two networks on the same films; `None` if these are not the same.
pub fn agreement(first: &TestReport, second: &TestReport) -> Option<Agreement> {
    let samples = |report: &TestReport| -> Vec<usize> {
        report.films.iter().map(|film| film.sample).collect()
    };
    let said = |report: &TestReport| -> Vec<usize> {
        let films = report.films.iter();
        films.map(|film| answer(&film.probabilities)).collect()
    };
    if samples(first) != samples(second) {
        return None;
    }
    Agreement::of(&Answers::of(first).truth, &said(first), &said(second)).ok()
}

/// Whose chance it is that two equally good networks would differ as much on films like these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chance {
    /// With other patients, by flipping the signs of patients.
    OverPatients(f64),
    /// By McNemar's test, if no two films are of one patient: whose they are is not known.
    OverFilms(f64),
    /// Films of one patient are not independent, and there are too few patients.
    TooFewPatients,
}

impl Chance {
    /// `patients` as of [`patients`]; `None` if the two reports are not of the same films.
    pub fn of(first: &TestReport, second: &TestReport, patients: Option<&[usize]>) -> Option<Self> {
        let agreement = agreement(first, second)?;
        let Some(patients) = patients else {
            return Some(Self::OverFilms(agreement.p()));
        };
        let mut surpluses = vec![0_i32; patients.iter().max().map_or(0, |last| last + 1)];
        let answers = right(first).into_iter().zip(right(second));
        for (&patient, (first, second)) in patients.iter().zip(answers) {
            surpluses[patient] += i32::from(first) - i32::from(second);
        }
        Some(if surpluses.len() < FEWEST_PATIENTS {
            Self::TooFewPatients
        } else {
            Self::OverPatients(sign_flip_p(&surpluses))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use imaging::{incidental::Incidentals, report::TestFilm};
    use metrics::scores;

    fn sample(patient: Option<usize>) -> SampleSummary {
        SampleSummary {
            name: String::new(),
            class: 0,
            patient: patient.map(|patient| format!("patient {patient}")),
            part: None,
            width: 1,
            height: 1,
            facts: None,
            incidentals: Incidentals::default(),
        }
    }

    fn report(right: &[bool]) -> TestReport {
        let film = |(sample, &right): (usize, &bool)| TestFilm {
            sample,
            class: 0,
            probabilities: if right {
                vec![0.9, 0.1]
            } else {
                vec![0.2, 0.8]
            },
        };
        let films: Vec<TestFilm> = right.iter().enumerate().map(film).collect();
        let probabilities: Vec<_> = films
            .iter()
            .map(|film| film.probabilities.clone())
            .collect();
        let scores = scores(2, &vec![0; right.len()], &probabilities, None);
        TestReport { films, scores }
    }

    #[test]
    fn patients_are_numbered_as_they_appear() {
        let report = report(&[true; 4]);
        let samples = [7, 3, 7, 1].map(|patient| sample(Some(patient)));
        assert_eq!(patients(&report, &samples), Some(vec![0, 1, 0, 2]));
        // Whoever is not known is of a patient of their own, unless nobody is known.
        let samples = [Some(1), None, Some(1), None].map(sample);
        assert_eq!(patients(&report, &samples), Some(vec![0, 1, 0, 2]));
        assert_eq!(patients(&report, &[None; 4].map(sample)), None);
    }

    #[test]
    fn two_networks_agree_or_not_on_the_same_films() {
        let (first, second) = (report(&[true, true, false]), report(&[true, false, false]));
        let found = agreement(&first, &second).expect("the same films");
        assert_eq!((found.both_right, found.only_first_right), (1, 1));
        assert_eq!(agreement(&first, &report(&[true])), None);
    }

    #[test]
    fn an_interval_over_patients_takes_ten_of_them() {
        let report = report(&[true, false, true, true, true, true, true, true, true, true]);
        let ten: Vec<usize> = (0..10).collect();
        let nine: Vec<usize> = (0..10).map(|film| film.min(8)).collect();
        assert!(accuracy_over_patients(&report, &ten).is_some());
        assert_eq!(accuracy_over_patients(&report, &nine), None);
    }

    #[test]
    fn a_chance_takes_ten_patients_or_films_of_whom_nothing_is_known() {
        let (first, second) = (report(&[true; 20]), report(&[false; 20]));
        let of = |patients: Option<&[usize]>| Chance::of(&first, &second, patients);
        let nine: Vec<usize> = (0..20).map(|film| film % 9).collect();
        let ten: Vec<usize> = (0..20).map(|film| film % 10).collect();
        assert_eq!(of(Some(&nine)), Some(Chance::TooFewPatients));
        // All ten patients say the same, as do all twenty films.
        let Some(Chance::OverPatients(p)) = of(Some(&ten)) else {
            panic!("ten patients");
        };
        assert!((p - 2.0 * 0.5_f64.powi(10)).abs() < 1e-12, "{p}");
        let Some(Chance::OverFilms(p)) = of(None) else {
            panic!("twenty films");
        };
        assert!((p - 2.0 * 0.5_f64.powi(20)).abs() < 1e-12, "{p}");
        assert_eq!(Chance::of(&first, &report(&[true]), None), None);
    }

    #[test]
    fn the_most_common_class_is_beaten_by_a_whole_interval() {
        let scores = |right: usize| Scores {
            majority: 0.5,
            ..scores(
                2,
                &vec![0; 38],
                &[
                    vec![vec![0.9, 0.1]; right],
                    vec![vec![0.1, 0.9]; 38 - right],
                ]
                .concat(),
                None,
            )
        };
        // 20 of 38 are more than half, and within luck; so are 25.
        assert!(!beats_majority(&scores(20), None));
        assert!(!beats_majority(&scores(25), None));
        assert!(beats_majority(&scores(26), None));
        let wide = Some(Interval {
            low: 0.4,
            high: 0.8,
        });
        assert!(!beats_majority(&scores(26), wide));
        let narrow = Some(Interval {
            low: 0.6,
            high: 0.8,
        });
        assert!(beats_majority(&scores(26), narrow) && !beats_majority(&scores(20), narrow));
    }
}
