//! Reading tables: what they seem to say, and what they say by the answers.

mod cells;
mod guess;
mod kept;
mod labels;
mod layouts;
mod matching;
mod question;
mod reader;
mod rows;

use super::{
    BadTable, ClassRule, FindingColumn, FolderClasses, Label, LabelCount, Labels, MAX_COLUMNS,
    MAX_KEPT, MAX_LABELS, MAX_TABLE, MAX_TABLES, TableAnswer, TableColumn, TableColumns,
    TableLayout, TableProblem, TableQuestion, Unlabelled, agreement,
};

pub(crate) use reader::ReadTables;
