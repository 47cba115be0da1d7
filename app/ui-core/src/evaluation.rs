//! What the sections behind the door compute of a test: numbers alone, without a browser.

pub mod calibration;
pub mod threshold;

use imaging::{dataset::SampleSummary, report::TestReport};
use metrics::{
    Interval, answer,
    bootstrap::{ByPatient, by_patient},
    paired::Agreement,
};

/// An interval that is drawn is the same each time.
const SEED: u64 = 1;

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

/// The patient of each film, numbered in the order of their appearance; `None` if one is not known.
pub fn patients(report: &TestReport, samples: &[SampleSummary]) -> Option<Vec<usize>> {
    let mut known: Vec<&str> = Vec::new();
    let number = |film: &imaging::report::TestFilm| {
        let patient = samples.get(film.sample)?.patient.as_deref()?;
        let place = known.iter().position(|&own| own == patient);
        Some(place.unwrap_or_else(|| {
            known.push(patient);
            known.len() - 1
        }))
    };
    report.films.iter().map(number).collect()
}

/// Drawn anew patient by patient, the share of right answers; `None` with too few patients, or where
/// it never varies.
pub fn accuracy_over_patients(report: &TestReport, patients: &[usize]) -> Option<Interval> {
    let right: Vec<f64> = report
        .films
        .iter()
        .map(|film| {
            let right = answer(&film.probabilities) == film.class;
            f64::from(u8::from(right))
        })
        .collect();
    mean_interval(&right, patients)
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

/// The interval of a mean whose items come in groups; `None` of few groups, or where it never varies.
fn mean_interval(values: &[f64], groups: &[usize]) -> Option<Interval> {
    let drawn = by_patient(groups, SEED, |drawn| {
        let sum: f64 = drawn.iter().filter_map(|&item| values.get(item)).sum();
        Some(sum / drawn.len() as f64)
    });
    match drawn {
        ByPatient::Interval { interval, .. } if interval.low < interval.high => Some(interval),
        ByPatient::Interval { .. } | ByPatient::TooFewPatients { .. } | ByPatient::Undefined => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use imaging::report::TestFilm;
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
        let samples = [Some(1), None, Some(1), Some(2)].map(sample);
        assert_eq!(patients(&report, &samples), None);
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
}
