//! What came of saving the films as a pack.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPack {
    /// Those of no class included.
    pub films: usize,
    /// Of these so many are DICOM files, which may name their patients.
    pub dicom_files: usize,
    /// Of the zip.
    pub bytes: u64,
}

/// Why there is no pack. The films stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SaveError {
    /// A file could not be read again: it was moved or changed after it was loaded.
    Unread { path: String, detail: String },
    /// It could not be loaded again, megabytes.
    TooLarge { limit_mb: u64 },
    /// The program that writes packs could not be fetched.
    Tools { detail: String },
    /// What the browser or the writer said.
    Failed { detail: String },
}
