//! A pack: films in a folder per class, optionally below `train`, `val` and `test`, as a folder or a
//! zip, with an optional `pack.json`. The built-in films, a facilitator's pack and a trainee's own
//! folder go through the same code. The format is described in `PACKS.md`.

use serde::{Deserialize, Serialize};

use crate::decode::DecodeError;

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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileError {
    Decode(DecodeError),
    /// Lies in no class folder.
    NoClass,
    /// The same bytes as another file, by path.
    DuplicateOf {
        path: String,
    },
    /// Listed in `pack.json` but not there.
    Missing,
    /// Could not be read from the disk or the archive.
    Unreadable {
        detail: String,
    },
}

/// Why nothing was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoadError {
    /// No files at all.
    Empty,
    /// Files, but not one film among them.
    NoFilms {
        problems: Vec<FileProblem>,
    },
    /// All films lie in one class.
    OneClass {
        class: String,
        n: usize,
    },
    /// A class with fewer than three films: one each to train, validate and test.
    TooFewFilms {
        class: String,
        n: usize,
    },
    TooManyFilms {
        n: usize,
        limit: usize,
    },
    TooManyClasses {
        n: usize,
        limit: usize,
    },
    /// Folders that could be parts or classes: the user is asked.
    UnsureFolders {
        folders: Vec<String>,
    },
    /// A zip that is damaged, encrypted or would unpack to more than is read.
    BadZip {
        detail: ZipProblem,
    },
    BadPackFile {
        detail: String,
    },
    /// The built-in films could not be fetched.
    Download {
        detail: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ZipProblem {
    Damaged,
    Encrypted,
    /// Unpacks to more than the limit, in megabytes.
    TooLarge {
        limit_mb: u64,
    },
}
