//! Patients whose films are in more than one part of a division: the test would ask about people whom the training has seen.

use std::collections::{BTreeMap, BTreeSet};

use imaging::{dataset::DatasetSummary, split::Subset};

/// Patients in more than one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedPatients {
    /// By name.
    pub patients: Vec<String>,
    /// All their films.
    pub films: usize,
    /// Those of them that test or validate.
    pub held_out: usize,
}

/// `None` where nobody is in two parts, as far as patients are known.
pub fn shared_patients(data: &DatasetSummary, parts: &[Subset]) -> Option<SharedPatients> {
    let mut parts_of: BTreeMap<&str, BTreeSet<Subset>> = BTreeMap::new();
    let films = || data.samples.iter().zip(parts);
    for (film, &part) in films() {
        if let Some(patient) = &film.patient {
            parts_of.entry(patient).or_default().insert(part);
        }
    }
    parts_of.retain(|_, parts| parts.len() > 1);
    let theirs = || {
        films().filter(|(film, _)| {
            let patient = film.patient.as_deref();
            patient.is_some_and(|patient| parts_of.contains_key(patient))
        })
    };
    let shared = SharedPatients {
        films: theirs().count(),
        held_out: theirs().filter(|(_, part)| **part != Subset::Train).count(),
        patients: parts_of.keys().map(|&patient| patient.to_owned()).collect(),
    };
    (!shared.patients.is_empty()).then_some(shared)
}

#[cfg(test)]
mod tests {
    use imaging::{dataset::SampleSummary, task::Task};

    use super::*;

    fn of(patients: &[Option<&str>]) -> DatasetSummary {
        let film = |patient: &Option<&str>| SampleSummary {
            name: String::new(),
            class: 0,
            patient: patient.map(str::to_owned),
            part: None,
            width: 64,
            height: 64,
            facts: None,
        };
        DatasetSummary {
            title: String::new(),
            task: Task::Region,
            built_in: false,
            classes: vec!["a".to_owned()],
            samples: patients.iter().map(film).collect(),
            skipped: Vec::new(),
        }
    }

    use Subset::{Test, Train, Validation};

    #[test]
    fn whoever_trains_and_tests_is_named_with_their_films() {
        let data = of(&[Some("b"), Some("a"), Some("b"), Some("a"), None, Some("c")]);
        let shared = shared_patients(&data, &[Train, Train, Test, Validation, Test, Test]);
        let shared = shared.expect("two of them");
        assert_eq!(shared.patients, ["a", "b"]);
        assert_eq!((shared.films, shared.held_out), (4, 2));
    }

    #[test]
    fn nobody_is_shared_where_parts_keep_to_patients_or_nobody_is_known() {
        let data = of(&[Some("a"), Some("a"), Some("b")]);
        assert_eq!(shared_patients(&data, &[Train, Train, Test]), None);
        let unknown = of(&[None, None]);
        assert_eq!(shared_patients(&unknown, &[Train, Test]), None);
    }
}
