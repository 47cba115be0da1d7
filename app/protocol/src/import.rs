//! A network that comes back from a file.

use checkpoint::Origin;
use imaging::{settings::Settings, split::Subset};
use model_card::{Card, ReadError};
use serde::{Deserialize, Serialize};

use crate::{Failure, Sealed};

/// What a file held, and what it is to the films that are loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// By which it was trained.
    pub settings: Settings,
    pub card: Sealed<Card>,
    /// Films that it was trained on, by the card.
    pub learned: usize,
    /// Whether its test set was opened before it was saved.
    pub tested: bool,
    pub origin: Origin,
    /// As in [`RunStarted`](crate::Event::RunStarted).
    pub parts: Vec<Option<Subset>>,
    pub steps_total: usize,
}

/// Why a network is not there. What is there stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NotImported {
    /// The films are of other classes than these.
    OtherClasses {
        classes: Vec<String>,
    },
    Refused(Sealed<ImportError>),
}

/// Why a file does not become the network that is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ImportError {
    /// The browser could not read it.
    Unread {
        detail: String,
    },
    /// Larger than any network of this program.
    TooLarge {
        limit_mb: u64,
    },
    Refused(ReadError),
    /// The program that reads it could not be fetched, or has ended.
    Program {
        detail: String,
    },
    /// A run is under way.
    Busy,
    /// There are no films that it could be compared with.
    NoData,
    /// It cannot be put to use with these films.
    Unusable(Box<Failure>),
}
