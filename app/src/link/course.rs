//! What a link can ask for beside a run: which films, which question.

use serde::{Deserialize, Serialize};

/// The question that the films are asked.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Task {
    /// The classes that the films come with; of the built-in ones, chest or abdomen.
    #[default]
    Classes,
    /// Chest films, the right way round or mirrored.
    Mirrored,
}

/// The films.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Pack {
    #[default]
    BuiltIn,
    /// Chest films of children, normal or with pneumonia.
    Paediatric,
}

impl Task {
    pub const ALL: [Self; 2] = [Self::Classes, Self::Mirrored];

    pub fn key(self) -> &'static str {
        match self {
            Self::Classes => "classes",
            Self::Mirrored => "mirrored",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.key() == key)
    }
}

impl Pack {
    pub const ALL: [Self; 2] = [Self::BuiltIn, Self::Paediatric];

    pub fn key(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::Paediatric => "paediatric",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pack| pack.key() == key)
    }
}
