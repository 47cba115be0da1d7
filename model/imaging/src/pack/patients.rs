//! Which films are of one patient: as `pack.json`, a table, the films' own files or their names say it.

mod rules;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use rules::{PatientAnswer, PatientCandidate, PatientGroup, PatientRule, patient_rules};

use super::{FileError, FileProblem, doubles::Copy};
use crate::{
    dataset::{Dataset, Sample},
    split::Subset,
};

/// Tells the patients of all films, as far as something does: `pack.json`, else a table, else the file itself if that is a DICOM
/// file, else the user's answer.
///
/// Patients of tables and files get a number, in the order of the films: what is shown names nobody. `table` has what a table
/// says of a film, by name. Copies are told only what needs no reading.
pub(super) fn tell(
    samples: &mut [Sample],
    copies: &mut [Copy],
    table: &HashMap<String, String>,
    answer: Option<&PatientAnswer>,
) {
    let by_name = |name: &str| answer.and_then(|answer| answer.by_name(name));
    let names_first = answer.is_some_and(PatientAnswer::names_first);
    let each_another = answer == Some(&PatientAnswer::EachAnother);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for sample in samples.iter_mut() {
        if names_first {
            sample.patient = by_name(&sample.name).or(sample.patient.take());
        }
        taken.extend(sample.patient.clone());
        taken.extend(by_name(&sample.name));
    }
    let mut numbers = Numbers::new(taken);
    for sample in samples.iter_mut().filter(|one| one.patient.is_none()) {
        let own = || {
            let facts = sample.facts.as_ref();
            facts.and_then(|facts| facts.file.patient_id.clone())
        };
        let id = table.get(&sample.name).cloned().or_else(own);
        sample.patient = match id {
            Some(id) => Some(numbers.of(id)),
            None if each_another => Some(numbers.next()),
            None => by_name(&sample.name),
        };
    }
    for copy in copies {
        let from_name = by_name(&copy.path);
        if names_first && from_name.is_some() {
            copy.patient = from_name;
        } else if copy.patient.is_none() {
            let id = table.get(&copy.path).cloned();
            copy.patient = id.map(|id| numbers.of(id)).or(from_name);
        }
    }
}

/// A number for each patient.
struct Numbers {
    taken: BTreeSet<String>,
    last: usize,
    names: BTreeMap<String, String>,
}

impl Numbers {
    fn new(taken: BTreeSet<String>) -> Self {
        Self {
            taken,
            last: 0,
            names: BTreeMap::new(),
        }
    }

    fn of(&mut self, id: String) -> String {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let name = self.next();
        self.names.insert(id, name.clone());
        name
    }

    fn next(&mut self) -> String {
        loop {
            self.last += 1;
            let name = self.last.to_string();
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }
}

/// Leaves the films of a patient who is in several parts only where they must not have been taught: in the test, else in
/// validation. The others are listed with the reason.
pub(super) fn keep_apart(dataset: &mut Dataset) {
    // Parts are in the order of this enum; the last one stays.
    let mut parts: BTreeMap<String, Subset> = BTreeMap::new();
    for sample in &dataset.samples {
        if let (Some(patient), Some(part)) = (&sample.patient, sample.part) {
            let last = parts.entry(patient.clone()).or_insert(part);
            *last = part.max(*last);
        }
    }
    let stays = |sample: &Sample| {
        let last = sample
            .patient
            .as_ref()
            .and_then(|patient| parts.get(patient));
        match (sample.part, last) {
            (Some(part), Some(&last)) if part != last => Err(last),
            _ => Ok(()),
        }
    };
    let (skipped, samples) = (&mut dataset.skipped, &mut dataset.samples);
    samples.retain(|sample| match stays(sample) {
        Ok(()) => true,
        Err(part) => {
            skipped.push(FileProblem {
                path: sample.name.clone(),
                error: FileError::SamePatient { part },
            });
            false
        }
    });
}
