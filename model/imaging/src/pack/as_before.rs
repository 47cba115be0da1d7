//! Films of an earlier visit, told by their pixels alone, and what was said of them then: files may lie elsewhere, be called
//! otherwise, or come out of a saved pack. No name is in it, of a file or of a patient.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::LoadError;
use crate::{
    dataset::{Dataset, DatasetSummary, Sample, SampleSummary},
    order::gathered,
    split::Subset,
    task::Task,
};

/// Films as they were, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmsBefore {
    pub classes: Vec<String>,
    pub films: Vec<FilmBefore>,
    /// Patients have been told since: what is said of them now holds.
    pub patients_anew: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmBefore {
    /// See [`PictureFacts::grays`](crate::incidental::PictureFacts::grays).
    pub grays: u64,
    /// Index into the classes.
    pub class: usize,
    /// Place of its patient among all, by name.
    pub patient: Option<u32>,
    /// The part that folders or a list gave it.
    pub part: Option<Subset>,
}

/// How films that are there now are those from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They are all there, and nothing that is said of them now contradicts what was said then.
    Same,
    /// They are all there, among others, or with other classes or patients.
    SaidOtherwise,
    /// So many of them are not.
    Missing(usize),
}

impl FilmsBefore {
    /// The same for the same films in the same order, with the same classes, patients and parts.
    pub fn of(films: &DatasetSummary) -> Self {
        let patients = ranks(films.samples.iter().map(|film| film.patient.as_deref()));
        let film = |(film, patient): (&SampleSummary, Option<u32>)| FilmBefore {
            grays: film.incidentals.picture.grays,
            class: film.class,
            patient,
            part: film.part,
        };
        Self {
            classes: films.classes.clone(),
            films: films.samples.iter().zip(patients).map(film).collect(),
            patients_anew: false,
        }
    }

    pub fn likeness(&self, now: &DatasetSummary) -> Likeness {
        let found = self.find(
            now.samples
                .iter()
                .map(|film| film.incidentals.picture.grays),
        );
        let missing = found.iter().filter(|place| place.is_none()).count();
        if missing > 0 || self.films.is_empty() || now.task != Task::Region {
            return Likeness::Missing(missing);
        }
        let pairs = self.films.iter().zip(&found);
        let pairs = pairs.filter_map(|(film, place)| Some((film, now.samples.get((*place)?)?)));
        let pairs: Vec<(&FilmBefore, &SampleSummary)> = pairs.collect();
        let same_class = |(then, now_film): &(&FilmBefore, &SampleSummary)| {
            self.classes.get(then.class) == now.classes.get(now_film.class)
        };
        let same = now.samples.len() == self.films.len() && pairs.iter().all(same_class);
        match same && agree_on_patients(&pairs) && agree_on_parts(&pairs) {
            true => Likeness::Same,
            false => Likeness::SaidOtherwise,
        }
    }

    /// Where each of them is among films with these grays; two that are alike are in their order.
    fn find(&self, grays: impl Iterator<Item = u64>) -> Vec<Option<usize>> {
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, grays) in grays.enumerate() {
            places.entry(grays).or_default().push(place);
        }
        for own in places.values_mut() {
            own.reverse();
        }
        let films = self.films.iter();
        films
            .map(|film| places.get_mut(&film.grays).and_then(Vec::pop))
            .collect()
    }

    /// Gives the films their order, classes, patients and parts from before; others are left out. Patients keep the names that
    /// they have now where these are in the order of those from before, as what is drawn by lot goes by that.
    ///
    /// # Errors
    /// [`LoadError::NotAsBefore`] when some of them are missing.
    pub(super) fn arrange(&self, dataset: &mut Dataset) -> Result<(), LoadError> {
        let grays = |film: &Sample| film.incidentals.picture.grays;
        let found = self.find(dataset.samples.iter().map(grays));
        let missing = found.iter().filter(|place| place.is_none()).count();
        if missing > 0 || self.films.is_empty() {
            return Err(LoadError::NotAsBefore {
                n: missing,
                of: self.films.len(),
            });
        }
        let mut all: Vec<Option<Sample>> = dataset.samples.drain(..).map(Some).collect();
        let taken = found.into_iter().flatten();
        let mut samples: Vec<Sample> = taken
            .filter_map(|place| all.get_mut(place).and_then(Option::take))
            .collect();
        let now = ranks(samples.iter().map(|sample| sample.patient.as_deref()));
        let before = self.films.iter().map(|film| film.patient);
        let keep_names = self.patients_anew || before.clone().eq(now);
        let digits = before
            .flatten()
            .max()
            .map_or(1, |last| (last + 1).to_string().len());
        for (sample, film) in samples.iter_mut().zip(&self.films) {
            sample.class = film.class;
            sample.part = film.part;
            if !keep_names {
                let number = film.patient.map(|patient| patient + 1);
                sample.patient = number.map(|number| format!("{number:0digits$}"));
            }
        }
        dataset.samples = samples;
        dataset.classes.clone_from(&self.classes);
        Ok(())
    }
}

/// The place of each patient among all, by name.
fn ranks<'a>(patients: impl Iterator<Item = Option<&'a str>> + Clone) -> Vec<Option<u32>> {
    let names: BTreeSet<&str> = gathered(patients.clone().flatten());
    let places: BTreeMap<&str, u32> = gathered(names.into_iter().zip(0..));
    let place = |patient: Option<&str>| places.get(patient?).copied();
    patients.map(place).collect()
}

/// Whether the same films are of one patient, or nothing is said of patients now.
fn agree_on_patients(pairs: &[(&FilmBefore, &SampleSummary)]) -> bool {
    if pairs.iter().all(|(_, now)| now.patient.is_none()) {
        return true;
    }
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    pairs
        .iter()
        .all(|(then, now)| match (then.patient, now.patient.as_deref()) {
            (Some(number), Some(name)) => {
                *names.entry(number).or_insert(name) == name
                    && *numbers.entry(name).or_insert(number) == number
            }
            (then, now) => then.is_none() && now.is_none(),
        })
}

/// Whether parts are as they were, or only one side has any: a saved pack holds those that were drawn.
fn agree_on_parts(pairs: &[(&FilmBefore, &SampleSummary)]) -> bool {
    pairs.iter().all(|(then, now)| then.part == now.part)
        || pairs.iter().all(|(then, _)| then.part.is_none())
        || pairs.iter().all(|(_, now)| now.part.is_none())
}

#[cfg(test)]
mod tests;
