//! The things that are tried, and what they are of a film.

use serde::{Deserialize, Serialize};

use crate::decode::{Channels, FileFormat};

/// A thing besides anatomy. Of two that do equally well, the first here is named first.
///
/// The body part that a DICOM file names is not among them: it is what the films show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// Width by height, in pixels.
    Size,
    /// In pixels.
    Width,
    Height,
    /// Width by height, as one number.
    Aspect,
    Format,
    Channels,
    /// Of a sample, as stored.
    Bits,
    /// 1 to 100.
    JpegQuality,
    /// In bytes.
    FileSize,
    BytesPerPixel,
    Manufacturer,
    Model,
    Modality,
    View,
    Laterality,
    Photometric,
    PresentationIntent,
    TransferSyntax,
    WindowCenter,
    WindowWidth,
    /// In the patient, mm.
    PixelSpacing,
    /// On the detector, mm.
    DetectorSpacing,
    /// See [`PictureFacts`](crate::incidental::PictureFacts) for these.
    Bars,
    CornerMarks,
    Border,
    Mean,
    Contrast,
}

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// How the file was saved: never anatomy, though a size may follow the collimation.
    File,
    /// What a DICOM file says of the device and the examination.
    Examination,
    /// Measured on the picture: may be due to the anatomy too.
    Picture,
}

/// What a fact is of a film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    Size {
        width: u32,
        height: u32,
    },
    Number(f64),
    Text(String),
    Format(FileFormat),
    Channels(Channels),
    /// The file does not say.
    NotStated,
}

impl Fact {
    pub const ALL: [Self; 27] = [
        Self::Size,
        Self::Width,
        Self::Height,
        Self::Aspect,
        Self::Format,
        Self::Channels,
        Self::Bits,
        Self::JpegQuality,
        Self::FileSize,
        Self::BytesPerPixel,
        Self::Manufacturer,
        Self::Model,
        Self::Modality,
        Self::View,
        Self::Laterality,
        Self::Photometric,
        Self::PresentationIntent,
        Self::TransferSyntax,
        Self::WindowCenter,
        Self::WindowWidth,
        Self::PixelSpacing,
        Self::DetectorSpacing,
        Self::Bars,
        Self::CornerMarks,
        Self::Border,
        Self::Mean,
        Self::Contrast,
    ];

    pub fn origin(self) -> Origin {
        match self {
            Self::Size | Self::Width | Self::Height | Self::Aspect => Origin::File,
            Self::Format | Self::Channels | Self::Bits => Origin::File,
            Self::JpegQuality | Self::FileSize | Self::BytesPerPixel => Origin::File,
            Self::Bars | Self::CornerMarks => Origin::Picture,
            Self::Border | Self::Mean | Self::Contrast => Origin::Picture,
            _ => Origin::Examination,
        }
    }
}
