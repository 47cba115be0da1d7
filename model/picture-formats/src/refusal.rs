use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file gives no picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Broken off, or against its format's rules.
    Damaged,
    /// Too small to show anatomy: sides in pixels.
    TooSmall {
        width: u32,
        height: u32,
    },
    /// More pixels than are read at once.
    TooLarge {
        width: u32,
        height: u32,
    },
    Unread(Kind),
}

/// The kinds of these formats that are known and not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Kind {
    /// By its name, or the number that TIFF gives it.
    #[error("a TIFF file with {name} compression, which cannot be read")]
    TiffCompression { name: String },
    #[error("a TIFF file of floating-point numbers, which cannot be read")]
    TiffFloat,
    /// Which of them is black is not said.
    #[error("a TIFF file of numbers with a sign, which cannot be read")]
    TiffSigned,
    #[error("a TIFF file of {bits} bits, which cannot be read")]
    TiffDeep { bits: u32 },
    #[error("an animated WebP file, which cannot be read")]
    Animated,
    #[error("a TIFF file of an unusual kind, which cannot be read")]
    UnusualTiff,
    #[error("a BMP file of an unusual kind, which cannot be read")]
    UnusualBmp,
}

impl From<Kind> for Refusal {
    fn from(kind: Kind) -> Self {
        Self::Unread(kind)
    }
}
