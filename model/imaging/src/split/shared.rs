//! Patients who are in several parts: the test then asks about somebody who was taught.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Subset;
use crate::dataset::DatasetSummary;

/// A patient with films in two or three parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPatient {
    pub patient: String,
    /// Films in each part, in the order of [`Subset::ALL`].
    pub films: [usize; 3],
}

/// The patients that parts share, by name. `parts`: of each film in the order of `summary.samples`, as
/// [`split`](super::split) gives them; or what folders or a table say, `SampleSummary::part`.
///
/// Two ways mend it: to divide by patient ([`SplitBy::Patient`](super::SplitBy::Patient)), which gives the pack's own parts up
/// where they share patients; or to keep them and leave films out ([`Answers::patients_apart`](crate::pack::Answers)).
pub fn shared_patients(summary: &DatasetSummary, parts: &[Option<Subset>]) -> Vec<SharedPatient> {
    let mut films: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (sample, part) in summary.samples.iter().zip(parts) {
        if let (Some(patient), Some(part)) = (&sample.patient, part) {
            films.entry(patient).or_default()[*part as usize] += 1;
        }
    }
    let in_several = films.into_iter().filter(|(_, films)| {
        let parts = films.iter().filter(|&&n| n > 0);
        parts.count() > 1
    });
    let patient = |(patient, films): (&str, [usize; 3])| SharedPatient {
        patient: patient.to_owned(),
        films,
    };
    in_several.map(patient).collect()
}
