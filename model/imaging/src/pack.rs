//! A pack: films in a folder per class, optionally below `train`, `val` and `test`, as a folder or a
//! zip, with an optional `pack.json`. The built-in films, a facilitator's pack and a trainee's own
//! folder go through the same code. The format is described in `PACKS.md`.

mod answers;
#[cfg(feature = "zips")]
mod archive;
#[cfg(not(feature = "zips"))]
#[path = "pack/no_archive.rs"]
mod archive;
mod as_before;
mod doubles;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod layout;
mod list;
mod loader;
mod masks;
mod name;
mod name_classes;
mod paths;
mod patients;
mod role;
mod structure;
mod table;
mod unpacked;
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
mod writer;
mod written;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{decode::DecodeError, split::Subset};

pub use answers::{Answers, ByHand};
pub use archive::ZipSource;
pub use as_before::{FilmBefore, FilmsBefore, Likeness};
pub use doubles::{Contradiction, Ruling};
#[cfg(not(target_arch = "wasm32"))]
pub use folder::FolderSource;
pub use loader::{Advance, Found, Loader};
#[cfg(not(target_arch = "wasm32"))]
pub use loader::{Gist, Gists, film_of};
pub use name::fold;
pub use name_classes::{NameAnswer, NameLayout, NameQuestion, NameRule};
pub use patients::{PatientAnswer, PatientCandidate, PatientGroup, PatientRule, patient_rules};
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
pub(crate) use table::ReadTables;
pub use table::{
    BadTable, ClassRule, Disagreement, FindingColumn, FolderAgreement, LabelCount, MAX_COLUMNS,
    MAX_KEPT, MAX_LABELS, MAX_TABLE, MAX_TABLES, TableAnswer, TableColumn, TableColumns,
    TableLayout, TableProblem, TableQuestion,
};
pub(crate) use table::{FolderClasses, Labels};
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
pub use writer::{Entry, PackWriter};
pub use written::{About, WriteError};

/// More films are not loaded.
pub const MAX_FILMS: usize = 5_000;
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

    /// The same of a zip, which may be larger than a film where the source can afford it.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    fn read_zip(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        self.read(index)
    }
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn paths(&self) -> Vec<String> {
        (**self).paths()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        (**self).read(index)
    }

    fn read_zip(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        (**self).read_zip(index)
    }
}

/// The same files with those of their zips, numbered as [`Loader`] numbers them: [`Sample::file`](crate::dataset::Sample::file).
pub fn with_zips_open(source: impl Source) -> impl Source {
    unpacked::Unpacked::new(source)
}

#[cfg(any(not(target_arch = "wasm32"), feature = "zips"))]
fn unreadable(detail: impl ToString) -> FileError {
    FileError::Unreadable {
        detail: detail.to_string(),
    }
}

/// What a folder means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FolderRole {
    Train,
    Validation,
    Test,
    Class,
    /// The folders in it are the classes.
    Around,
    /// Its films belong to no class: the trained network is asked about them.
    Try,
    Ignore,
}

/// A folder that could mean several things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsureFolder {
    pub name: String,
    pub likeliest: FolderRole,
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
    /// Was given no class when the others were given theirs by hand.
    #[error("not sorted into a class")]
    NotSorted,
    /// The same picture as another file, by path.
    #[error("the same film as {path}")]
    DuplicateOf { path: String },
    /// The same picture as another file, which is in another part: with both, the test would ask what was taught.
    #[error("the same film as {path}, which is in another part; it is used only there")]
    Leak { path: String },
    /// The same picture as another file, which is in another class; left out by the user's ruling.
    #[error("the same film as {path}, which is in another class; left out as you said")]
    Contradicts { path: String },
    /// Says where something is on another film, by name.
    #[error("by its name a mask of {path}, and no film")]
    MaskOf { path: String },
    /// Stands for a class of which nothing could be read; the path is the class.
    #[error("none of its {n} files could be read ({reason}), so that this class is left out")]
    WholeClass { n: usize, reason: Box<FileError> },
    /// The tables give classes, and no row of them names it.
    #[error("no row of the table names it")]
    NotInTable,
    /// The table names it and tells no class that is used: a blank cell, a value that was left out, none of the findings.
    #[error("the table tells no class of it that is used")]
    NoLabel,
    /// -1 in the column of a finding.
    #[error("the table says that the finding is uncertain (-1)")]
    Uncertain,
    /// A cell, rows, readers or tables that give it different classes.
    #[error("the table gives it several classes: {}", classes.join(", "))]
    SeveralClasses { classes: Vec<String> },
    /// Rows that name different files could all mean it.
    #[error("several rows of the table could mean it: {}", rows.join(", "))]
    SeveralRows { rows: Vec<String> },
    /// A table that was not used.
    #[error("{0}")]
    Table(TableProblem),
    /// Another film of its patient is in a part that must know nothing of it; left out by the user's word.
    #[error("its patient is in the {} set too; left out as you said", match part { Subset::Train => "training", Subset::Validation => "validation", Subset::Test => "test" })]
    SamePatient { part: Subset },
    /// Listed in `pack.json` but not there.
    #[error("listed in pack.json, but not there")]
    Missing,
    /// A zip within the pack, or a file of one.
    #[error("the zip {0}")]
    Zip(ZipProblem),
    /// A file that needs a reader, and the program that is one could not be fetched.
    #[error(
        "neither PNG nor JPEG, and the program that reads other images did not arrive: {detail}"
    )]
    FormatReader { detail: String },
    /// The decoder ended with a panic: a fault of the program, not of the file.
    #[error("could not be read: the decoder failed on it")]
    DecoderFailed,
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
    #[error("none of the files is a film that can be read; PNG, JPEG and DICOM can")]
    NoFilms { problems: Vec<FileProblem> },
    /// Films, but no folder says what they show: they lie side by side, or in folders that only count.
    #[error(
        "no folder tells what the {n} films show{}; put the films of each class in a folder that is named after it{}",
        among(folders),
        in_tables(tables)
    )]
    NoLabels {
        n: usize,
        folders: Vec<String>,
        /// Tables that do not tell it either.
        tables: Vec<BadTable>,
    },
    /// All films lie in one class.
    #[error(
        "all films are in one class, {class}, which has {n}; put each class in a folder of its own and give the folder above them{}",
        in_tables(tables)
    )]
    OneClass {
        class: String,
        n: usize,
        /// Tables that do not tell more.
        tables: Vec<BadTable>,
        problems: Vec<FileProblem>,
    },
    /// Of all classes but one no file could be read.
    #[error(
        "{class}: {n} files, and none could be read ({reason}), so that only one class is left"
    )]
    UnreadClass {
        class: String,
        n: usize,
        reason: FileError,
        problems: Vec<FileProblem>,
    },
    /// A class with fewer than three films: one each to train, validate and test. `left_out`: files of this class
    /// that did not become films.
    #[error(
        "the class {class} has only {n} films; it takes three or more, to train, to validate and to test; {left_out} files of it were left out"
    )]
    TooFewFilms {
        class: String,
        n: usize,
        left_out: usize,
        problems: Vec<FileProblem>,
    },
    /// Films from before were asked for, and `n` of those are not among these.
    #[error("{n} of the {of} films from before are not among these")]
    NotAsBefore { n: usize, of: usize },
    #[error("{n} films, and at most {limit} fit: give a part of them")]
    TooManyFilms { n: usize, limit: usize },
    #[error("{n} classes, and at most {limit} can be told apart: leave some folders out")]
    TooManyClasses { n: usize, limit: usize },
    /// Folders that could mean several things: the user is asked.
    #[error(
        "it is unclear what these folders are: {}; say it with --role NAME=class, train, val, test, around (the classes are in it), try (to ask about) or ignore",
        names(folders)
    )]
    UnsureFolders { folders: Vec<UnsureFolder> },
    /// A table that could tell classes, patients or parts: the user is asked.
    #[error(
        "the table {} names {} of {} films{}; take it as it seems to be meant with --table accept, or leave tables out with --table ignore",
        .0.table, .0.named, .0.images, said(.0)
    )]
    UnsureTable(Box<TableQuestion>),
    /// Names that tell classes as those of a public set do: the user is asked.
    #[error(
        "the names of the films tell classes as those of {} do ({} {}, {} {}); take them with --table accept, or go by folders with --table ignore",
        .0.guess.layout.name(), .0.counts[0], .0.guess.classes[0], .0.counts[1], .0.guess.classes[1]
    )]
    UnsureNames(Box<NameQuestion>),
    /// What was said about a table does not go with it.
    #[error("{}: {}", .0.table, .0.problem)]
    BadTable(BadTable),
    /// The same film under several classes: the user is asked which is right.
    #[error(
        "the same film lies in several classes:{}; say which is right with --same-film CLASS, or leave such films out with --same-film none",
        listed(groups)
    )]
    Contradictions { groups: Vec<Contradiction> },
    /// A zip that is damaged, encrypted or would unpack to more than is read.
    #[error("the zip {detail}")]
    BadZip { detail: ZipProblem },
    #[error("pack.json cannot be understood: {detail}")]
    BadPackFile { detail: String },
    /// Files that need a reader, and the program that is one could not be fetched.
    #[error("the program that reads images other than PNG and JPEG did not arrive: {detail}")]
    FormatReader { detail: String },
    /// Tables, and the program that reads them could not be fetched.
    #[error("the program that reads tables did not arrive: {detail}")]
    Tools { detail: String },
    /// The built-in films could not be fetched.
    #[error("the films did not arrive: {detail}")]
    Download { detail: String },
}

impl LoadError {
    /// The files that were left out before nothing was loaded, with the reasons.
    pub fn problems(&self) -> &[FileProblem] {
        match self {
            Self::NoFilms { problems }
            | Self::OneClass { problems, .. }
            | Self::UnreadClass { problems, .. }
            | Self::TooFewFilms { problems, .. } => problems,
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ZipProblem {
    #[error("is damaged: make it again, or give the folder")]
    Damaged,
    #[error("has a password: unpack it and give the folder")]
    Encrypted,
    /// Packed by something else than Deflate.
    #[error(
        "is packed in a way that cannot be read ({method}): unpack it and give the folder, or make the zip anew"
    )]
    Method { method: String },
    /// Zips within zips within zips, or very many of them.
    #[error("lies too deep in other zips, or is one of too many: unpack them and give the folder")]
    TooDeep,
    /// Unpacks to more than the limit, in megabytes.
    #[error("unpacks to more than {limit_mb} megabytes: give the folder, or a part of it")]
    TooLarge { limit_mb: u64 },
}

fn among(folders: &[String]) -> String {
    match folders {
        [] => String::new(),
        [only] => format!(", {only} neither"),
        [first, .., last] => format!(": {first} to {last} only count them"),
    }
}

fn in_tables(tables: &[BadTable]) -> String {
    match tables.first() {
        None => String::new(),
        Some(BadTable { table, problem }) => format!(", or in a table ({table} is {problem})"),
    }
}

/// What a table seems to say.
fn said(question: &TableQuestion) -> String {
    let name = |column: usize| match question.columns.get(column) {
        Some(TableColumn { name, .. }) if !name.is_empty() => format!("\"{name}\""),
        _ => format!("{}", column + 1),
    };
    let guess = &question.guess;
    let mut said = format!(" in column {}", name(guess.file));
    match &guess.classes {
        ClassRule::Elsewhere => {}
        ClassRule::Values { column, .. } => {
            said += &format!(", and their classes in {}", name(*column));
        }
        ClassRule::Finding {
            column, finding, ..
        } => said += &format!(", and findings, such as {finding}, in {}", name(*column)),
        ClassRule::Columns { findings, .. } => {
            let columns: Vec<String> = findings.iter().map(|one| name(one.column)).collect();
            said += &format!(", and findings in {}", columns.join(", "));
        }
    }
    let others = [("patients", guess.patient), ("parts", guess.split)];
    for (what, column) in others {
        if let Some(column) = column {
            said += &format!(", {what} in {}", name(column));
        }
    }
    if let Some(folders) = &question.folders
        && folders.differ > 0
    {
        said += &format!("; for {} films it contradicts the folders", folders.differ);
    }
    said
}

fn names(folders: &[UnsureFolder]) -> String {
    let names: Vec<&str> = folders.iter().map(|folder| &*folder.name).collect();
    names.join(", ")
}

fn listed(groups: &[Contradiction]) -> String {
    let group = |group: &Contradiction| {
        let films: Vec<String> = group.films.iter().map(|film| film.join(" = ")).collect();
        format!(" {}: {}", group.classes.join(" and "), films.join(", "))
    };
    groups.iter().map(group).collect::<Vec<_>>().join(";")
}
