//! The things that are tried, and what they are of a film.

use serde::{Deserialize, Serialize};

use crate::{
    dataset::SampleSummary,
    decode::{Channels, FileFormat},
};

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

/// A fact of one film, as it is compared.
pub(super) enum Reading {
    /// One of several, without an order.
    Named(Value),
    Measured(Option<f64>),
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

    pub(super) fn of(self, sample: &SampleSummary) -> Reading {
        let (file, picture) = (&sample.incidentals.file, &sample.incidentals.picture);
        let said = sample.facts.as_ref().map(|facts| &facts.file);
        let (width, height) = (sample.width, sample.height);
        let (across, down) = (f64::from(width), f64::from(height));
        let window = || said?.windows.first();
        let number = |number: f64| Reading::Measured(number.is_finite().then_some(number));
        let text = |text: Option<&String>| {
            let text = text.map(|text| text.trim()).filter(|text| !text.is_empty());
            Reading::Named(text.map_or(Value::NotStated, |text| Value::Text(text.to_owned())))
        };
        match self {
            Self::Size => Reading::Named(Value::Size { width, height }),
            Self::Width => number(across),
            Self::Height => number(down),
            Self::Aspect => number(across / down),
            Self::Format => Reading::Named(Value::Format(file.format)),
            Self::Channels => Reading::Named(Value::Channels(file.channels)),
            Self::Bits => Reading::Named(Value::Number(f64::from(file.bits))),
            Self::JpegQuality => Reading::Measured(file.jpeg_quality.map(f64::from)),
            Self::FileSize => number(file.bytes as f64),
            Self::BytesPerPixel => number(file.bytes as f64 / (across * down)),
            Self::Manufacturer => text(said.and_then(|said| said.manufacturer.as_ref())),
            Self::Model => text(said.and_then(|said| said.model_name.as_ref())),
            Self::Modality => text(said.and_then(|said| said.modality.as_ref())),
            Self::View => text(said.and_then(|said| said.view_position.as_ref())),
            Self::Laterality => text(said.and_then(|said| said.laterality.as_ref())),
            Self::Photometric => text(said.and_then(|said| said.photometric.as_ref())),
            Self::PresentationIntent => {
                text(said.and_then(|said| said.presentation_intent.as_ref()))
            }
            Self::TransferSyntax => text(said.map(|said| &said.transfer_syntax)),
            Self::WindowCenter => Reading::Measured(window().map(|window| window.center)),
            Self::WindowWidth => Reading::Measured(window().map(|window| window.width)),
            Self::PixelSpacing => {
                Reading::Measured(said.and_then(|said| Some(said.pixel_spacing?[0])))
            }
            Self::DetectorSpacing => {
                Reading::Measured(said.and_then(|said| Some(said.imager_pixel_spacing?[0])))
            }
            Self::Bars => number(f64::from(picture.bars)),
            Self::CornerMarks => number(f64::from(picture.corner_marks)),
            Self::Border => number(f64::from(picture.border)),
            Self::Mean => number(f64::from(picture.mean)),
            Self::Contrast => number(f64::from(picture.contrast)),
        }
    }
}
