//! Which films are of one patient, where the films' own files say it.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Sample;

/// Gives each patient that DICOM files name a number, in the order of the films: what is shown names nobody. What `pack.json`
/// says of a film goes before.
pub(super) fn number(samples: &mut [Sample]) {
    let taken: BTreeSet<String> = samples
        .iter()
        .filter_map(|sample| sample.patient.clone())
        .collect();
    let mut free = (1_usize..)
        .map(|number| number.to_string())
        .filter(|name| !taken.contains(name));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for sample in samples.iter_mut().filter(|one| one.patient.is_none()) {
        let Some(id) = sample
            .facts
            .as_ref()
            .and_then(|facts| facts.file.patient_id.clone())
        else {
            continue;
        };
        let name = match names.get(&id) {
            Some(name) => name.clone(),
            None => {
                let name = free.next().unwrap_or_default();
                names.insert(id, name.clone());
                name
            }
        };
        sample.patient = Some(name);
    }
}
