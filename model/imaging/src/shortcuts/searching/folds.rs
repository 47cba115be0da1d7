//! Which films are answered together, by rules that were learnt from the others.

use std::collections::BTreeMap;

use metrics::patients::{OverPatients, share_over_patients};
use rand::seq::SliceRandom;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

/// Films are divided among so many folds, and so are patients if there are many.
const FOLDS: usize = 5;
/// Of so many patients each is a fold: what is said of one was learnt from all others.
const FEW_PATIENTS: usize = 10;
const SEED: u64 = 1;

/// The class and the fold of each film.
pub(super) struct Assignment {
    pub folds: usize,
    pub classes: usize,
    /// `fold * classes + class`.
    pub cells: Vec<u16>,
    /// The films of each patient, where patients are known.
    patients: Option<Vec<Vec<usize>>>,
}

impl Assignment {
    /// Each class is spread evenly over the folds. Where a patient is known, films of one patient are in one fold; a film of no
    /// known patient then counts as a patient of its own.
    pub(super) fn of(truth: &[usize], patients: &[Option<&str>], classes: usize) -> Self {
        let patients = by_patient(patients);
        let (units, patients) = match patients {
            Some(patients) => (patients.clone(), Some(patients)),
            None => ((0..truth.len()).map(|film| vec![film]).collect(), None),
        };
        let own_folds = patients.is_some() && units.len() <= FEW_PATIENTS;
        let folds = if own_folds { units.len() } else { FOLDS };
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        let mut order: Vec<usize> = (0..units.len()).collect();
        order.shuffle(&mut rng);
        order.sort_by_key(|&unit| commonest(&units[unit], truth, classes));
        let mut cells = vec![0; truth.len()];
        for (place, unit) in order.into_iter().enumerate() {
            for &film in &units[unit] {
                cells[film] = ((place % folds) * classes + truth[film]) as u16;
            }
        }
        Self {
            folds,
            classes,
            cells,
            patients,
        }
    }

    /// As if classes had nothing to do with what films are: films, or patients, exchange theirs, each with its fold. A patient
    /// gets the classes of another, in any order, repeated or cut to the number of films.
    pub(super) fn exchanged(&self, rng: &mut ChaCha8Rng) -> Self {
        let mut cells = self.cells.clone();
        match &self.patients {
            None => cells.shuffle(rng),
            Some(patients) => {
                let mut givers: Vec<&Vec<usize>> = patients.iter().collect();
                givers.shuffle(rng);
                for (films, giver) in patients.iter().zip(givers) {
                    let mut given: Vec<u16> = giver.iter().map(|&film| self.cells[film]).collect();
                    given.shuffle(rng);
                    for (&film, &cell) in films.iter().zip(given.iter().cycle()) {
                        cells[film] = cell;
                    }
                }
            }
        }
        Self {
            folds: self.folds,
            classes: self.classes,
            cells,
            patients: None,
        }
    }

    pub(super) fn patients(&self) -> Option<usize> {
        self.patients.as_ref().map(Vec::len)
    }

    pub(super) fn share_over_patients(&self, right: &[bool]) -> Option<OverPatients> {
        let mut of_film = vec![0; right.len()];
        for (patient, films) in self.patients.as_ref()?.iter().enumerate() {
            films.iter().for_each(|&film| of_film[film] = patient);
        }
        Some(share_over_patients(right, &of_film))
    }
}

/// `None` if no patient is known.
fn by_patient(patients: &[Option<&str>]) -> Option<Vec<Vec<usize>>> {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (film, &patient) in patients.iter().enumerate() {
        match patient {
            Some(patient) => known.entry(patient).or_default().push(film),
            None => alone.push(vec![film]),
        }
    }
    let any = !known.is_empty();
    any.then(|| known.into_values().chain(alone).collect())
}

fn commonest(films: &[usize], truth: &[usize], classes: usize) -> usize {
    let n = |class: &usize| films.iter().filter(|&&film| truth[film] == *class).count();
    (0..classes).rev().max_by_key(n).unwrap_or(0)
}
