//! What only visitors with data of their own need: reading tables of labels, finding shortcuts, writing packs.
//!
//! In a browser these run in a program of their own, which is fetched when it is first needed (`app/dataset-tools`): the engine
//! only asks an [`Instance`], and takes none of them in. Natively the instance is a [`Toolbox`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    dataset::DatasetSummary,
    pack::{About, BadTable, FolderClasses, Labels, TableAnswer, TableQuestion, WriteError},
    shortcuts::Shortcuts,
    split::Subset,
};

#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
mod toolbox;

#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
pub use toolbox::{OwnTools, Toolbox};

/// Whoever has the tools.
pub trait Tools {
    /// For one piece of work: the tables of one load, one search, one pack.
    fn start(&self) -> Box<dyn Instance>;
}

/// Tools at work. What was asked before is remembered.
pub trait Instance {
    /// With the bytes that belong to the question, and those that belong to the answer.
    ///
    /// # Errors
    /// Why there is no answer: it has ended, and answers no more.
    fn ask(&mut self, question: &Question, bytes: &[u8]) -> Result<(Answer, Vec<u8>), String>;
}

#[derive(Serialize, Deserialize)]
pub enum Question<'a> {
    /// Which of the files at these paths are tables that are to be read: [`Answer::Tables`].
    Tables { paths: Cow<'a, [String]> },
    /// The bytes are the next of them; or it cannot be read.
    Table { unreadable: Option<String> },
    /// What they say of the films: [`Answer::Labels`].
    Labels {
        answers: Cow<'a, [(String, TableAnswer)]>,
    },
    /// What is to be asked about the others: [`Answer::TableQuestion`].
    TableQuestion {
        labels: Cow<'a, Labels>,
        folders: Option<Cow<'a, FolderClasses>>,
    },
    /// What else than anatomy separates the classes: [`Answer::Shortcuts`].
    Shortcuts { films: Cow<'a, DatasetSummary> },
    /// Begins a pack: [`Answer::Pack`], as to what follows.
    Pack { about: Cow<'a, About> },
    /// The bytes are the file of a film of it.
    Film {
        name: Cow<'a, str>,
        class: usize,
        patient: Option<Cow<'a, str>>,
        part: Option<Subset>,
    },
    /// The bytes are the file of a film of no class.
    OddFilm { key: Cow<'a, str> },
    /// Nothing more belongs to the pack.
    EndPack,
}

#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// Numbers within the source, in the order in which they are to be read.
    Tables(Vec<usize>),
    Labels(Result<Labels, BadTable>),
    /// `bad`: tables that tell nothing.
    TableQuestion {
        question: Option<Box<TableQuestion>>,
        bad: Vec<BadTable>,
    },
    Shortcuts(Shortcuts),
    /// The bytes are those that are to be written next.
    Pack(Result<PackState, WriteError>),
    Taken,
    /// The question makes no sense here.
    Nothing,
}

/// How much has been written of a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackState {
    /// Of the zip.
    pub bytes: u64,
    /// Of the films so many are DICOM files, which name their patients unless somebody has taken the names out.
    pub dicom_files: usize,
}
