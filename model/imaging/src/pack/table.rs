//! Tables of labels beside the films: what a table is asked about, and what the answer may be.
//!
//! A table is never believed silently. What it seems to say is a question ([`TableQuestion`]) with a guess, and only what the
//! user confirms ([`TableAnswer`]) sorts the films. Who reads them is one of the [`tools`](crate::tools); the flow is in
//! `table/reading/reader.rs`.

mod asking;
mod folders;
mod labels;
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
mod reading;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub(super) use asking::Tables;
pub(crate) use folders::FolderClasses;
pub(super) use folders::agreement;
pub(crate) use labels::Labels;
pub(super) use labels::{Label, Unlabelled};
#[cfg(any(feature = "tools", all(feature = "zips", not(target_arch = "wasm32"))))]
pub(crate) use reading::ReadTables;

/// Larger tables are not read, bytes: as UTF-8, some 400,000 rows with a path and 14 findings each.
pub const MAX_TABLE: usize = 64 << 20;
/// More tables of a pack are not read; those that lie nearest to its top are.
pub const MAX_TABLES: usize = 16;
/// A table with more columns is not read.
pub const MAX_COLUMNS: usize = 1_000;
/// More cells of rows that name films are not held in memory: of 5,000 films, 60 rows of 26 cells each.
pub const MAX_KEPT: usize = 8_000_000;
/// More labels of a column are not listed in a question.
pub const MAX_LABELS: usize = 40;

/// A table that could tell classes, patients or parts, with what is to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableQuestion {
    /// Path within the source.
    pub table: String,
    /// Other tables with the same columns: the answer holds for them too. `rows` and the like count all together.
    pub alike: Vec<String>,
    /// The public set whose table has these columns.
    pub layout: Option<TableLayout>,
    pub columns: Vec<TableColumn>,
    pub guess: TableColumns,
    /// Films of the pack: files that are not named like a document.
    pub images: usize,
    /// How many of these the table names, by the guess.
    pub named: usize,
    /// Rows of the table, without its header and blank rows.
    pub rows: usize,
    /// Rows that name no film of the pack.
    pub rows_elsewhere: usize,
    /// Rows with fewer or more cells than the header: what stands where is not known, and they are passed over.
    pub uneven_rows: usize,
    /// Where folders give classes too: how they go with the guess.
    pub folders: Option<FolderAgreement>,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Empty where the table has no header.
    pub name: String,
    /// Up to three different cells, preferably of rows that name a film.
    pub examples: Vec<String>,
    /// What stands in it, each label of a cell on its own, with the number of the films that have it; the most frequent
    /// first, at most [`MAX_LABELS`]. An empty label stands for blank cells.
    pub labels: Vec<LabelCount>,
    /// How many different labels there are.
    pub distinct: usize,
    /// Whether all its cells are 1, 0, -1 or blank: it may be a finding.
    pub finding: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelCount {
    pub label: String,
    pub images: usize,
}

/// How the classes that the folders give and those of a table go together. The names need not be the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderAgreement {
    /// That the folders give, by name.
    pub classes: Vec<String>,
    /// Films whose label is the one that most films of their folder have.
    pub agree: usize,
    /// The others: there folder and table contradict each other.
    pub differ: usize,
    /// Up to three of these.
    pub examples: Vec<Disagreement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    pub path: String,
    pub folder: String,
    pub table: String,
}

/// What the columns of a table are. Columns are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumns {
    /// Names the file, with or without folders and ending; or, where no cell does, the folder (of a study, say).
    pub file: usize,
    pub classes: ClassRule,
    pub patient: Option<usize>,
    /// The part: train, validation or test.
    pub split: Option<usize>,
    /// Who has read the film: several readers have several rows.
    pub reader: Option<usize>,
}

/// How a table tells the class of a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClassRule {
    /// Not at all: folders or another table do.
    Elsewhere,
    /// Each value of a column is a class.
    Values {
        column: usize,
        /// What values are called as classes; others are called as they are. Two values of one name are one class, and
        /// films with a value of an empty name are left out.
        names: Vec<(String, String)>,
    },
    /// A cell with one or several labels contains the finding, and the class is called so, or does not, and it is `rest`.
    Finding {
        column: usize,
        finding: String,
        rest: String,
    },
    /// One column for each finding: 1 has it; 0 has not, and a blank cell is not mentioned, which counts as has not; -1 is
    /// uncertain, and such films are left out (CheXpert, Irvin 2019, doi.org/10.1609/aaai.v33i01.3301590).
    Columns {
        findings: Vec<FindingColumn>,
        /// The class of films that have none of these findings; `None` leaves them out.
        rest: Option<String>,
    },
}

/// A column that says of one finding whether it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingColumn {
    pub column: usize,
    /// What films with it are called.
    pub class: String,
}

/// The answer to a [`TableQuestion`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableAnswer {
    Use(TableColumns),
    Ignore,
}

/// Public sets, by the columns of their tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableLayout {
    /// ChestX-ray14: several findings in one cell.
    Nih,
    /// A column for each finding; the patient is in the path.
    CheXpert,
    /// RSNA pneumonia: a row for each box.
    Rsna,
    /// VinDr-CXR: a row for each box of each reader.
    VinDr,
    /// Lists of findings in one cell.
    PadChest,
    /// MIMIC-CXR-JPG: labels belong to studies, which are folders.
    MimicLabels,
    /// MIMIC-CXR-JPG: the parts.
    MimicSplit,
    /// MURA, without a header.
    Mura,
}

impl TableLayout {
    /// As its authors call the set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nih => "NIH ChestX-ray14",
            Self::CheXpert => "CheXpert",
            Self::Rsna => "RSNA pneumonia",
            Self::VinDr => "VinDr-CXR",
            Self::PadChest => "PadChest",
            Self::MimicLabels | Self::MimicSplit => "MIMIC-CXR-JPG",
            Self::Mura => "MURA",
        }
    }
}

/// A table that tells nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadTable {
    /// Path within the source.
    pub table: String,
    pub problem: TableProblem,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum TableProblem {
    #[error("a spreadsheet: save it as CSV")]
    Spreadsheet,
    #[error("a table of more than {limit_mb} MB: give the rows of these films only")]
    TooLarge { limit_mb: usize },
    #[error("a table of more than {limit} columns: give those that matter only")]
    TooManyColumns { limit: usize },
    /// Beyond [`MAX_KEPT`].
    #[error("a table that says too much about these films: give one with fewer rows or columns")]
    TooManyRows,
    /// Beyond [`MAX_TABLES`].
    #[error("one table too many: {limit} are read")]
    TooMany { limit: usize },
    #[error("named like a table, and no text: save it anew as CSV")]
    NotText,
    /// Answers to be handed in to a competition: their classes are made up.
    #[error("by its name a form for answers, and no table of labels")]
    Submission,
    #[error("a table without rows")]
    Empty,
    /// No cell of any column, or of the one that was said to, is the name of a film.
    #[error("a table in which no row names a film: one column must have the names of the files")]
    NamesNoFilm,
    /// It names films, but no column looks like classes.
    #[error("a table that names films, but has no column of classes")]
    NoClasses,
    /// It was used, and all its films were left out.
    #[error("a table that gives no film one class")]
    NoFilmOfOneClass,
    /// An answer to a question about it names a column that it has not.
    #[error("a table of {n} columns, and column {column} was asked for")]
    NoSuchColumn { column: usize, n: usize },
    /// Could not be read from the disk or the archive.
    #[error("a table that could not be read: {detail}")]
    Unreadable { detail: String },
    #[error("a table that was left out, as you said")]
    Ignored,
}
