//! What the user says to the questions of a load.

use serde::{Deserialize, Serialize};

use super::{FilmsBefore, FolderRole, LoadError, NameAnswer, PatientAnswer, Ruling, TableAnswer};

/// What the user has said about a pack, and what an earlier attempt to load it has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// To [`LoadError::UnsureFolders`], by name.
    pub roles: Vec<(String, FolderRole)>,
    /// To [`LoadError::Contradictions`].
    pub rulings: Vec<Ruling>,
    /// Files on which a decoder has ended the program: they are not read again. Paths as the source has them.
    pub failed: Vec<String>,
    /// Classes given by hand; what folders, tables and names say of classes then counts for nothing.
    pub by_hand: Option<ByHand>,
    /// Of DICOM files with several frames: the one that is the film, counted from 0. By the film's name; of others it is the first.
    pub frames: Vec<(String, u32)>,
    /// To [`LoadError::UnsureTable`] and [`LoadError::BadTable`], by the table's path. An answer holds for all tables with
    /// the same columns that have none of their own.
    pub tables: Vec<(String, TableAnswer)>,
    /// To [`LoadError::UnsureNames`].
    pub names: Option<NameAnswer>,
    /// How names tell patients; the rules that could are those of [`super::patient_rules`].
    pub patients: Option<PatientAnswer>,
    /// Films of a patient who is in several parts by the folders, a table or `pack.json` stay in one: in the test, else in
    /// validation. See [`crate::split::shared_patients`].
    pub patients_apart: bool,
}

/// Classes given by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByHand {
    /// None has been given yet: all films are wanted, to be sorted. See [`Loader::finish_gathered`](super::Loader::finish_gathered).
    Gather,
    /// The class of each film, by its path within the pack; films that are not named are left out.
    Sorted {
        classes: Vec<String>,
        class_of: Vec<(String, usize)>,
    },
    /// Those from before, with all that was said of them; films that were not among them are left out.
    AsBefore(Box<FilmsBefore>),
}

impl Answers {
    /// These, and what is new in `others`, which goes before.
    pub fn and(mut self, others: Self) -> Self {
        self.roles
            .retain(|(name, _)| others.roles.iter().all(|(new, _)| new != name));
        self.roles.extend(others.roles);
        self.rulings
            .retain(|own| others.rulings.iter().all(|new| new.classes != own.classes));
        self.rulings.extend(others.rulings);
        self.failed.extend(others.failed);
        self.by_hand = others.by_hand.or(self.by_hand);
        if let (Some(ByHand::AsBefore(films)), Some(_)) = (&mut self.by_hand, &others.patients) {
            films.patients_anew = true;
        }
        self.frames
            .retain(|(film, _)| others.frames.iter().all(|(new, _)| new != film));
        self.frames.extend(others.frames);
        self.tables
            .retain(|(table, _)| others.tables.iter().all(|(new, _)| new != table));
        self.tables.extend(others.tables);
        self.names = others.names.or(self.names);
        self.patients = others.patients.or(self.patients);
        self.patients_apart |= others.patients_apart;
        self
    }

    pub(super) fn frame_of(&self, film: &str) -> u32 {
        let chosen = self.frames.iter().find(|(name, _)| name == film);
        chosen.map_or(0, |(_, frame)| *frame)
    }
}

impl LoadError {
    /// The answer that takes what is guessed about a table, or about names, as right; `None` of all other errors.
    pub fn accepted(&self) -> Option<Answers> {
        Some(match self {
            Self::UnsureTable(question) => Answers {
                tables: vec![(
                    question.table.clone(),
                    TableAnswer::Use(question.guess.clone()),
                )],
                ..Answers::default()
            },
            Self::UnsureNames(question) => Answers {
                names: Some(NameAnswer::Use(question.guess.clone())),
                ..Answers::default()
            },
            _ => return None,
        })
    }

    /// The answer that leaves that table, or what names tell, out; `None` of all other errors.
    pub fn declined(&self) -> Option<Answers> {
        Some(match self {
            Self::UnsureTable(question) => Answers {
                tables: vec![(question.table.clone(), TableAnswer::Ignore)],
                ..Answers::default()
            },
            Self::UnsureNames(_) => Answers {
                names: Some(NameAnswer::Ignore),
                ..Answers::default()
            },
            _ => return None,
        })
    }
}
