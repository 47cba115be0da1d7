//! Shares that hold for other patients: films of one patient are alike, so that patients count, not films.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Interval, distribution::student_t, proportion::lowest_of_all};

/// With fewer patients than this, their films say too little of other patients: an interval would be 40 percentage
/// points wide and more, and a test could hardly find anything.
pub const FEWEST_PATIENTS: usize = 10;

/// An average patient of whom half the films are right joins the others with this weight. Without it, samples in which
/// few patients have errors look far too certain.
const PRIOR_WEIGHT: f64 = 0.5;
const PRIOR_SHARE: f64 = 0.5;

/// What a share of films says of other patients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum OverPatients {
    /// Of `patients` patients.
    Interval { interval: Interval, patients: usize },
    /// Fewer than [`FEWEST_PATIENTS`]: an interval over films, such as that of a
    /// [`Proportion`](super::Proportion), is one for these patients only.
    TooFewPatients { patients: usize },
}

/// The films of one patient.
#[derive(Clone, Copy, Default)]
struct Patient {
    films: f64,
    right: f64,
}

/// The 95 % interval of the share of `right` films, if other patients of the same kind had come. `patients` names the
/// patient of each film; both `[n]`.
///
/// The share's standard error is the one by clusters, Liang and Zeger, Biometrika 73:13-22 (1986),
/// doi 10.1093/biomet/73.1.13, its point Student's t with one degree of freedom fewer than patients, its scale the
/// logit. Where all films are right, or none, the bound is the exact one of as many patients, as if each had one film.
pub fn share_over_patients<P: Ord>(right: &[bool], patients: &[P]) -> OverPatients {
    let mut by_patient: BTreeMap<&P, Patient> = BTreeMap::new();
    for (&right, patient) in right.iter().zip(patients) {
        let own = by_patient.entry(patient).or_default();
        own.films += 1.0;
        own.right += f64::from(u8::from(right));
    }
    let of: Vec<Patient> = by_patient.into_values().collect();
    let patients = of.len();
    if patients < FEWEST_PATIENTS {
        return OverPatients::TooFewPatients { patients };
    }
    let (films, right) = of.iter().fold((0.0, 0.0), |(films, right), patient| {
        (films + patient.films, right + patient.right)
    });
    let interval = if right == films {
        Interval {
            low: lowest_of_all(patients),
            high: 1.0,
        }
    } else if right == 0.0 {
        Interval {
            low: 0.0,
            high: 1.0 - lowest_of_all(patients),
        }
    } else {
        clustered(&of, films, right)
    };
    OverPatients::Interval { interval, patients }
}

fn clustered(patients: &[Patient], films: f64, right: f64) -> Interval {
    let n = patients.len() as f64;
    let average = films / n;
    let weight = films + PRIOR_WEIGHT * average;
    let share = (right + PRIOR_WEIGHT * average * PRIOR_SHARE) / weight;
    let squares: f64 = patients
        .iter()
        .map(|patient| (patient.right - share * patient.films).powi(2))
        .sum();
    let prior = PRIOR_WEIGHT * (average * (PRIOR_SHARE - share)).powi(2);
    let few = (n + PRIOR_WEIGHT) / (n + PRIOR_WEIGHT - 1.0);
    let standard_error = (few * (squares + prior)).sqrt() / weight;
    Interval::around_share(share, standard_error, student_t(n - 1.0))
}
