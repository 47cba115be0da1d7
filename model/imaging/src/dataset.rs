//! The films of a pack, decoded and labelled.

mod fingerprint;

use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    decode::PackDepth, dicom::FrameFacts, film::Film, incidental::Incidentals, pack::FileProblem,
    split::Subset, task::Task,
};

/// Everything that a pack gave: at least two classes with at least three films each.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    pub title: String,
    /// What is asked about the films: what their classes mean.
    pub task: Task,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// In the order of `pack.json`, else by name.
    pub classes: Vec<String>,
    /// By path; films from before in their order then.
    pub samples: Vec<Sample>,
    /// Films that belong to no class, to try the trained network on.
    pub odd: Vec<OddFilmSource>,
    /// How its 16-bit films were read, and films that the network is asked about must be.
    pub depth: PackDepth,
    /// Files that were left out, with the reason.
    pub skipped: Vec<FileProblem>,
}

/// One labelled film.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Path within the pack.
    pub name: String,
    /// Index into the classes.
    pub class: usize,
    pub patient: Option<String>,
    /// The part that the folders or `pack.json` give it.
    pub part: Option<Subset>,
    /// The working copy, see [`Film::reduced`].
    pub film: Film,
    /// Size of the original in pixels.
    pub width: u32,
    pub height: u32,
    /// What its file says of it, if that is a DICOM file.
    pub facts: Option<Box<FrameFacts>>,
    /// What else it is than anatomy.
    pub incidentals: Incidentals,
    /// Number of its file in the pack's source.
    pub file: usize,
}

/// A film that belongs to no class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddFilmSource {
    /// Key of its caption in the locale file; of a film from a folder of films to try, its path.
    pub key: String,
    /// The working copy, see [`Film::reduced`].
    pub film: Film,
    /// Number of its file in the pack's source.
    pub file: usize,
}

impl Dataset {
    /// All but the pixels. `built_in`: whether these films come with the app.
    pub fn summary(&self, built_in: bool) -> DatasetSummary {
        DatasetSummary {
            title: self.title.clone(),
            task: self.task,
            built_in,
            classes: self.classes.clone(),
            samples: self.samples.iter().map(Sample::summary).collect(),
            skipped: self.skipped.clone(),
        }
    }
}

impl Sample {
    fn summary(&self) -> SampleSummary {
        SampleSummary {
            name: self.name.clone(),
            class: self.class,
            patient: self.patient.clone(),
            part: self.part,
            width: self.width,
            height: self.height,
            facts: self.facts.clone(),
            incidentals: self.incidentals,
        }
    }
}

/// A grey picture for the screen, row-major, 0 black to 255 white.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u8>,
}

/// What the page needs to know of the loaded films; small, without pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatasetSummary {
    pub title: String,
    pub task: Task,
    /// `true` for the films that come with the app.
    pub built_in: bool,
    pub classes: Vec<String>,
    pub samples: Vec<SampleSummary>,
    /// Files that were left out, with the reason.
    pub skipped: Vec<FileProblem>,
}

/// What tells sets of films apart for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetName {
    pub title: String,
    pub task: Task,
}

impl DatasetSummary {
    pub fn name(&self) -> DatasetName {
        DatasetName {
            title: self.title.clone(),
            task: self.task,
        }
    }

    /// The patient of each film; `None` where none is known.
    ///
    /// A film whose patient is not known, where those of others are, counts as of a patient of its own: see
    /// [`without_patient`](Self::without_patient).
    pub fn patients(&self) -> Option<Vec<Cow<'_, str>>> {
        self.samples
            .iter()
            .any(|film| film.patient.is_some())
            .then(|| {
                let films = self.samples.iter().enumerate();
                let patients = films.map(|(at, film)| match &film.patient {
                    Some(patient) => Cow::from(patient),
                    // No patient is called so; in the order of the films.
                    None => Cow::from(format!("\0{at:09}")),
                });
                patients.collect()
            })
    }

    /// Films whose patient is not known where those of others are, as indices into `samples`: what is said of patients rests
    /// on each of these being of one of its own.
    pub fn without_patient(&self) -> Vec<usize> {
        let films = self.samples.iter().enumerate();
        let unknown = films.filter(|(_, film)| film.patient.is_none());
        let unknown: Vec<usize> = unknown.map(|(at, _)| at).collect();
        match unknown.len() == self.samples.len() {
            true => Vec::new(),
            false => unknown,
        }
    }

    /// How many patients these films come from; `None` where none is known. Films without one count as in
    /// [`patients`](Self::patients).
    pub fn patients_of(&self, samples: &[usize]) -> Option<usize> {
        let patients = self.patients()?;
        let mut found = BTreeSet::new();
        for &sample in samples {
            found.insert(patients.get(sample)?);
        }
        Some(found.len())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleSummary {
    /// Path within the pack.
    pub name: String,
    /// Index into the classes.
    pub class: usize,
    pub patient: Option<String>,
    /// The part that the folders or the pack's split by patient give it.
    pub part: Option<Subset>,
    /// Size of the original in pixels.
    pub width: u32,
    pub height: u32,
    /// What its file says of it, if that is a DICOM file.
    pub facts: Option<Box<FrameFacts>>,
    /// What else it is than anatomy.
    pub incidentals: Incidentals,
}
