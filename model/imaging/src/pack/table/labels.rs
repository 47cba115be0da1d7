//! What tables, or the names of the files, say of the films.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{BadTable, TableProblem};
use crate::{pack::FileError, split::Subset};

/// What tables, or the names of the files, say of the films.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Labels {
    /// Classes come from here, not from folders.
    pub(crate) tell_classes: bool,
    pub(crate) tell_patients: bool,
    pub(crate) tell_parts: bool,
    /// By number within the source.
    pub(crate) films: HashMap<usize, Label>,
    /// Tables that were used.
    pub(crate) used: BTreeSet<String>,
    /// Those that were not, and why.
    pub(crate) bad: Vec<BadTable>,
}

impl Labels {
    /// Why this table was not used.
    pub fn problem(&self, path: &str) -> Option<TableProblem> {
        let found = self.bad.iter().find(|bad| bad.table == path);
        found.map(|bad| bad.problem.clone())
    }
}

/// What is said of one film.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Label {
    /// `None` where nothing is said, an error where it leads to no class.
    pub(crate) class: Option<Result<String, Unlabelled>>,
    /// As the table has it.
    pub(crate) patient: Option<String>,
    pub(crate) part: Option<Subset>,
}

/// Why a film has no class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unlabelled {
    /// Its name tells none.
    NoClass,
    /// The table names it and tells no class that is used.
    NoLabel,
    Uncertain,
    SeveralClasses {
        classes: Vec<String>,
    },
    SeveralRows {
        rows: Vec<String>,
    },
}

impl From<Unlabelled> for FileError {
    fn from(reason: Unlabelled) -> Self {
        match reason {
            Unlabelled::NoClass => Self::NoClass,
            Unlabelled::NoLabel => Self::NoLabel,
            Unlabelled::Uncertain => Self::Uncertain,
            Unlabelled::SeveralClasses { classes } => Self::SeveralClasses { classes },
            Unlabelled::SeveralRows { rows } => Self::SeveralRows { rows },
        }
    }
}
