//! Why an object gives no picture.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::sop_class::ObjectKind;

/// Why there is no picture. The page has sentences of its own, in its languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Refusal {
    #[error("not a DICOM file")]
    NotDicom,
    /// A DICOMDIR, which lists the other files of a disc. To be passed over in silence.
    #[error("the index of a disc, which holds no picture itself")]
    Index,
    /// An object that is no picture: a report, a document, a presentation state, ...
    #[error("{kind}, which is no picture")]
    NoPicture { kind: ObjectKind },
    /// The bytes end before the object does.
    #[error("the file is cut off")]
    Truncated,
    /// The attributes cannot be told apart.
    #[error("the file is damaged")]
    Damaged,
    /// An attribute that every picture needs.
    #[error("the file is damaged: it does not say {attribute}")]
    Missing { attribute: Attribute },
    /// An attribute whose value makes no sense, or contradicts the pixels.
    #[error("the file is damaged: {attribute} makes no sense")]
    Invalid { attribute: Attribute },
    /// A way of storing the pixels that is not read. It can be exported as Explicit VR Little Endian.
    #[error(
        "pixels stored as {name}, which cannot be read; export the picture uncompressed (Explicit VR Little Endian)"
    )]
    TransferSyntax { name: String },
    /// Compressed pixels that are not of the kind the object says, or of a kind that is not read.
    #[error(
        "pixels compressed as {compression} in an unusual way, which cannot be read; export the picture uncompressed (Explicit VR Little Endian)"
    )]
    Unusual { compression: Compression },
    /// Compressed pixels that end early or make no sense.
    #[error("damaged pixels, compressed as {compression}")]
    DamagedPixels { compression: Compression },
    /// A photometric interpretation that is not read.
    #[error("colours stored as {name}, which cannot be read")]
    Colour { name: String },
    /// Numbers of a length that is not read.
    #[error("pixels of {allocated} bits, which cannot be read")]
    Bits { allocated: u32 },
    /// More than is read at once: sides in pixels.
    #[error("{columns} by {rows} pixels, more than are read at once")]
    TooLarge { columns: u32, rows: u32 },
    #[error("frame {index} of {frames}")]
    NoSuchFrame { index: u32, frames: u32 },
}

/// What is missing or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Attribute {
    #[error("Rows and Columns")]
    Size,
    #[error("Samples per Pixel")]
    Samples,
    #[error("Bits Allocated and Bits Stored")]
    Bits,
    #[error("Number of Frames")]
    Frames,
    #[error("Modality LUT Sequence")]
    ModalityLut,
    #[error("Palette Color Lookup Table")]
    Palette,
    #[error("Rescale Slope and Intercept")]
    Rescale,
}

/// What pixels are compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Compression {
    #[error("RLE")]
    Rle,
    #[error("JPEG")]
    Jpeg,
    #[error("lossless JPEG")]
    JpegLossless,
    #[error("JPEG-LS")]
    JpegLs,
    #[error("JPEG 2000")]
    Jpeg2000,
    #[error("Deflate")]
    Deflate,
}
