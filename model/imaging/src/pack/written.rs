//! A pack that is written: what is said of it, and why it was not.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is said of a pack as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// In their order.
    pub classes: Vec<String>,
}

/// Why a pack was not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WriteError {
    /// It could not be loaded again.
    #[error("more than {limit} films")]
    TooManyFilms { limit: usize },
    #[error("more than {limit} classes")]
    TooManyClasses { limit: usize },
    #[error("no class of the number {class}")]
    NoSuchClass { class: usize },
    /// It could not be loaded again, megabytes.
    #[error("more than {limit_mb} megabytes")]
    TooLarge { limit_mb: u64 },
    #[error("could not be written: {detail}")]
    Unwritable { detail: String },
}
