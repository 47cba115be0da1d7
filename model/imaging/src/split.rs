//! Which films train the network, which steer the training, and which are kept for the test.

mod by_patient;
mod shared;

use std::{borrow::Cow, collections::BTreeMap};

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::dataset::{DatasetSummary, SampleSummary};
pub use shared::{SharedPatient, shared_patients};

/// The part that a film plays in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subset {
    Train,
    Validation,
    Test,
}

/// How the films are divided among the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SplitBy {
    /// Each film on its own, stratified by class: films of one patient may land in several parts.
    Image,
    /// All films of a patient stay together; the pack's own split where it has one.
    Patient,
    /// As the folders or the pack's list of films say.
    Folder,
}

/// Why the films cannot be divided as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum SplitError {
    /// A class has too few films (or, by patient, too few patients) to give every part one.
    #[error("the class {class} has only {n} {}: too few for training, validation and test", match by { SplitBy::Patient => "patients", _ => "films" })]
    TooFew {
        class: String,
        n: usize,
        by: SplitBy,
    },
    /// Patients are not known, of no film.
    #[error(
        "it is not known which films are of one patient: name patients in pack.json, or split by image"
    )]
    NoPatients,
    /// The folders do not say which films train and which test.
    #[error(
        "no folders say which films train, validate and test: name them train, val and test, or split by image"
    )]
    NoFolders,
    /// A part has no film of this class.
    #[error("no film of the class {class} {}", match part { Subset::Train => "trains", Subset::Validation => "validates", Subset::Test => "tests" })]
    Missing { class: String, part: Subset },
}

impl Subset {
    pub const ALL: [Self; 3] = [Self::Train, Self::Validation, Self::Test];
}

/// The share of the films that validates, and the share that tests; the rest, 60 %, trains.
const HELD_OUT: f64 = 0.2;

/// In the order of [`Subset::ALL`].
const SHARES: [f64; 3] = [1.0 - 2.0 * HELD_OUT, HELD_OUT, HELD_OUT];

/// How a run divides its films, and with it which of them are locked away as its test set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    pub by: SplitBy,
    pub seed: u64,
}

impl Division {
    /// Whether each film is in the test set, in the order of `summary.samples`. None is where the films cannot be divided so:
    /// then there is no run to test either.
    pub fn tests(&self, summary: &DatasetSummary) -> Vec<bool> {
        match split(summary, self.by, self.seed) {
            Ok(parts) => parts.iter().map(|&part| part == Subset::Test).collect(),
            Err(_) => vec![false; summary.samples.len()],
        }
    }
}

/// The part of each film, in the order of `summary.samples`. Every part has every class.
///
/// The same films in the same order and seed give the same parts, whatever the films are called.
///
/// - By image: of the n films of a class, 0.2 n rounded to the nearest, but at least one, validate,
///   as many test, the rest train.
/// - By patient: the pack's own parts if every film has one and no patient is in two; else
///   whole patients (a film without one, where others have one, is of a patient of its own), as near to 60, 20 and 20 % of each class as a search from `seed` comes.
/// - By folder: as given. If nothing validates, or nothing tests, 0.2 of the training films of each
///   class, counted as above, are taken for it.
///
/// # Errors
/// A class that is too small, patients or folders that are not known, or a part that lacks a class.
pub fn split(summary: &DatasetSummary, by: SplitBy, seed: u64) -> Result<Vec<Subset>, SplitError> {
    let parts = match by {
        SplitBy::Image => by_image(summary, seed)?,
        SplitBy::Patient => by_patient(summary, seed)?,
        SplitBy::Folder => by_folder(summary, seed)?,
    };
    match first_gap(summary, &parts) {
        Some((class, part)) => Err(SplitError::Missing {
            class: summary.classes[class].clone(),
            part,
        }),
        None => Ok(parts),
    }
}

/// Whether each film, in the order of `summary.samples`, is of the first of two groups of patients, which has about 60 % of
/// each class; the pack's own parts are not asked. `None` where patients are not known, or too few for both groups to have
/// every class.
pub fn patients_in_two(summary: &DatasetSummary, seed: u64) -> Option<Vec<bool>> {
    let shares = [SHARES[0], 1.0 - SHARES[0]];
    let patients = known_patients(summary).ok()?;
    let groups = by_patient::search(summary, &patients, &shares, seed).ok()?;
    let has = |class: usize, group: usize| {
        let mut films = summary.samples.iter().zip(&groups);
        films.any(|(sample, &own)| sample.class == class && own == group)
    };
    let whole = (0..summary.classes.len()).all(|class| has(class, 0) && has(class, 1));
    whole.then(|| groups.iter().map(|&group| group == 0).collect())
}

fn by_image(summary: &DatasetSummary, seed: u64) -> Result<Vec<Subset>, SplitError> {
    let mut parts = vec![Subset::Train; summary.samples.len()];
    let held_out = [Subset::Validation, Subset::Test];
    cut(summary, &mut parts, &held_out, SplitBy::Image, seed)?;
    Ok(parts)
}

fn by_patient(summary: &DatasetSummary, seed: u64) -> Result<Vec<Subset>, SplitError> {
    let patients = known_patients(summary)?;
    match all(summary, |sample| sample.part) {
        Some(parts) if !straddles(&patients, &parts) => Ok(parts),
        _ => {
            let parts = by_patient::search(summary, &patients, &SHARES, seed)?;
            Ok(parts.into_iter().map(|part| Subset::ALL[part]).collect())
        }
    }
}

/// Of each film.
fn known_patients(summary: &DatasetSummary) -> Result<Vec<Cow<'_, str>>, SplitError> {
    summary.patients().ok_or(SplitError::NoPatients)
}

fn by_folder(summary: &DatasetSummary, seed: u64) -> Result<Vec<Subset>, SplitError> {
    let mut parts = all(summary, |sample| sample.part).ok_or(SplitError::NoFolders)?;
    let mut absent = vec![Subset::Validation, Subset::Test];
    absent.retain(|part| !parts.contains(part));
    if absent.len() == 2 {
        return Err(SplitError::NoFolders);
    }
    cut(summary, &mut parts, &absent, SplitBy::Folder, seed)?;
    Ok(parts)
}

/// Moves a share of the training films of each class to each of the parts `to`.
fn cut(
    summary: &DatasetSummary,
    parts: &mut [Subset],
    to: &[Subset],
    by: SplitBy,
    seed: u64,
) -> Result<(), SplitError> {
    for (class, name) in summary.classes.iter().enumerate() {
        let mut films: Vec<usize> = (0..parts.len())
            .filter(|&film| summary.samples[film].class == class && parts[film] == Subset::Train)
            .collect();
        let n = films.len();
        if !to.is_empty() && n <= to.len() {
            return Err(SplitError::TooFew {
                class: name.clone(),
                n,
                by,
            });
        }
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(class as u64);
        films.shuffle(&mut rng);
        let share = ((n as f64 * HELD_OUT).round() as usize).max(1);
        for (chunk, &part) in films.chunks(share).zip(to) {
            for &film in chunk {
                parts[film] = part;
            }
        }
    }
    Ok(())
}

/// What `get` finds in each film, if it finds it in all.
fn all<'a, T>(
    summary: &'a DatasetSummary,
    get: impl Fn(&'a SampleSummary) -> Option<T>,
) -> Option<Vec<T>> {
    summary.samples.iter().map(get).collect()
}

fn straddles(patients: &[Cow<str>], parts: &[Subset]) -> bool {
    let mut part_of = BTreeMap::new();
    patients
        .iter()
        .zip(parts)
        .any(|(patient, part)| part_of.insert(patient, part).is_some_and(|old| old != part))
}

/// The first class and part that have no film in common.
fn first_gap(summary: &DatasetSummary, parts: &[Subset]) -> Option<(usize, Subset)> {
    let has = |class: usize, part: Subset| {
        let mut films = summary.samples.iter().zip(parts);
        films.any(|(sample, &own)| sample.class == class && own == part)
    };
    let classes = 0..summary.classes.len();
    classes
        .flat_map(|class| Subset::ALL.map(|part| (class, part)))
        .find(|&(class, part)| !has(class, part))
}
