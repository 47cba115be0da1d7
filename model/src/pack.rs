//! A pack: films in a folder per class, optionally below `train`, `val` and `test`, as a folder or a
//! zip, with an optional `pack.json`. The built-in films, a facilitator's pack and a trainee's own
//! folder go through the same code. The format is described in `PACKS.md`.

mod archive;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod layout;
mod list;
mod loader;
mod paths;
mod role;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::decode::DecodeError;

pub use archive::ZipSource;
#[cfg(not(target_arch = "wasm32"))]
pub use folder::FolderSource;
pub use loader::Loader;

/// More films are not loaded.
pub const MAX_FILMS: usize = 3_000;
/// More classes are not loaded.
pub const MAX_CLASSES: usize = 20;
/// Fewer films of a class cannot be divided into training, validation and test.
pub const MIN_FILMS: usize = 3;
/// Larger files are not read, bytes.
pub const MAX_FILE: u64 = 256 << 20;

/// Where the files of a pack come from: a zip, a folder, or what was dropped on the page.
pub trait Source {
    /// The paths of all files, `/` between folders.
    fn paths(&self) -> Vec<String>;

    /// The whole content of the file at `paths()[index]`.
    ///
    /// # Errors
    /// [`FileError::Unreadable`] with what the disk or the archive says.
    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError>;
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn paths(&self) -> Vec<String> {
        (**self).paths()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        (**self).read(index)
    }
}

fn unreadable(detail: impl ToString) -> FileError {
    FileError::Unreadable {
        detail: detail.to_string(),
    }
}

/// What a folder means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FolderRole {
    Train,
    Validation,
    Test,
    Class,
    Ignore,
}

/// A file that did not become a film; the others go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    pub path: String,
    pub error: FileError,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum FileError {
    #[error(transparent)]
    Decode(DecodeError),
    /// Lies in no class folder.
    #[error("not in a class folder")]
    NoClass,
    /// The same bytes as another file, by path.
    #[error("the same film as {path}")]
    DuplicateOf { path: String },
    /// Listed in `pack.json` but not there.
    #[error("listed in pack.json, but not there")]
    Missing,
    /// Could not be read from the disk or the archive.
    #[error("could not be read: {detail}")]
    Unreadable { detail: String },
}

/// Why nothing was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum LoadError {
    /// No files at all.
    #[error("there are no files in it: give a folder of films, or a zip of one")]
    Empty,
    /// Files, but not one film among them.
    #[error("none of the files is a film that can be read; PNG and JPEG can")]
    NoFilms { problems: Vec<FileProblem> },
    /// All films lie in one class.
    #[error(
        "all {n} films are in one class, {class}; put each class in a folder of its own and give the folder above them"
    )]
    OneClass { class: String, n: usize },
    /// A class with fewer than three films: one each to train, validate and test.
    #[error(
        "the class {class} has only {n} films; it takes three or more, to train, to validate and to test"
    )]
    TooFewFilms { class: String, n: usize },
    #[error("{n} films, and at most {limit} fit: give a part of them")]
    TooManyFilms { n: usize, limit: usize },
    #[error("{n} classes, and at most {limit} can be told apart: leave some folders out")]
    TooManyClasses { n: usize, limit: usize },
    /// Folders that could be parts or classes: the user is asked.
    #[error("folders that could be classes or parts: {}; name parts train, val and test", folders.join(", "))]
    UnsureFolders { folders: Vec<String> },
    /// A zip that is damaged, encrypted or would unpack to more than is read.
    #[error("the zip {detail}")]
    BadZip { detail: ZipProblem },
    #[error("pack.json cannot be understood: {detail}")]
    BadPackFile { detail: String },
    /// The built-in films could not be fetched.
    #[error("the films did not arrive: {detail}")]
    Download { detail: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ZipProblem {
    #[error("is damaged: make it again, or give the folder")]
    Damaged,
    #[error("has a password: unpack it and give the folder")]
    Encrypted,
    /// Unpacks to more than the limit, in megabytes.
    #[error("unpacks to more than {limit_mb} megabytes: give the folder, or a part of it")]
    TooLarge { limit_mb: u64 },
}
