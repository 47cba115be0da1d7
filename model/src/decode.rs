//! Bytes to [`Film`](crate::film::Film), judged by content and never by file name.

use serde::{Deserialize, Serialize};

/// Why a file did not become a film. The page turns each into a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecodeError {
    /// No bytes at all.
    Empty,
    /// Neither PNG, JPEG nor anything else that is known.
    NotAnImage,
    /// A DICOM file: not read yet.
    Dicom,
    /// Known as a picture format, but not one that is read (GIF, WebP, TIFF, BMP, HEIC, ...).
    Unsupported { format: String },
    /// Broken off or damaged.
    Damaged { format: String },
    /// Too small to show anatomy: sides in pixels.
    TooSmall { width: u32, height: u32 },
    /// More pixels than are read at once.
    TooLarge { width: u32, height: u32 },
}
