//! The films of a pack, decoded and labelled.

use serde::{Deserialize, Serialize};

use crate::{pack::FileProblem, split::Part};

/// A grey picture for the screen, row-major, 0 black to 255 white.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u8>,
}

/// What the page needs to know of the loaded films; small, without pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetSummary {
    pub title: String,
    /// `true` for the films that come with the app.
    pub built_in: bool,
    pub classes: Vec<String>,
    pub samples: Vec<SampleSummary>,
    /// Files that were left out, with the reason.
    pub skipped: Vec<FileProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleSummary {
    /// Path within the pack.
    pub name: String,
    /// Index into the classes.
    pub class: usize,
    pub patient: Option<String>,
    /// The part that the folders or the pack's split by patient give it.
    pub part: Option<Part>,
    /// Size of the original in pixels.
    pub width: u32,
    pub height: u32,
}
