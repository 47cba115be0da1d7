//! What the facts are of a film.

use super::{Fact, Value};
use crate::dataset::SampleSummary;

/// A fact of one film, as it is compared.
pub(super) enum Reading {
    /// One of several, without an order.
    Named(Value),
    Measured(Option<f64>),
}

impl Fact {
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
