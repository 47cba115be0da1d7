//! Why a DICOM file is no film, and what to do about it.

use dicom::{Compression, ObjectKind, Refusal};

use crate::{I18n, say};

pub fn refusal(i18n: I18n, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotDicom => say!(i18n, file_error.not_an_image),
        Refusal::Index => say!(i18n, dicom_error.index),
        Refusal::NoPicture { kind } => {
            say!(i18n, dicom_error.no_picture, kind = object(i18n, *kind))
        }
        Refusal::Truncated => say!(i18n, dicom_error.truncated),
        Refusal::Damaged => say!(i18n, dicom_error.damaged),
        Refusal::Missing { attribute } | Refusal::Invalid { attribute } => say!(
            i18n,
            dicom_error.attribute,
            attribute = attribute.to_string()
        ),
        Refusal::TransferSyntax { name } => {
            say!(i18n, dicom_error.transfer_syntax, name = name.clone())
        }
        Refusal::Unusual { compression } => say!(
            i18n,
            dicom_error.transfer_syntax,
            name = technical(*compression)
        ),
        Refusal::DamagedPixels { compression } => say!(
            i18n,
            dicom_error.damaged_pixels,
            name = technical(*compression)
        ),
        Refusal::Colour { name } => say!(i18n, dicom_error.colour, name = name.clone()),
        Refusal::Bits { allocated } => say!(i18n, dicom_error.bits, n = *allocated),
        Refusal::TooLarge { columns, rows } => {
            say!(i18n, file_error.too_large, width = *columns, height = *rows)
        }
        Refusal::NoSuchFrame { index, frames } => say!(
            i18n,
            dicom_error.no_such_frame,
            frame = index + 1,
            n = *frames
        ),
    }
}

fn object(i18n: I18n, kind: ObjectKind) -> String {
    match kind {
        ObjectKind::Report => say!(i18n, dicom_error.report),
        ObjectKind::Document => say!(i18n, dicom_error.document),
        ObjectKind::PresentationState => say!(i18n, dicom_error.presentation_state),
        ObjectKind::KeyObjects => say!(i18n, dicom_error.key_objects),
        ObjectKind::Radiotherapy => say!(i18n, dicom_error.radiotherapy),
        ObjectKind::Waveform => say!(i18n, dicom_error.waveform),
        ObjectKind::Segmentation => say!(i18n, dicom_error.segmentation),
        ObjectKind::Registration => say!(i18n, dicom_error.registration),
        ObjectKind::RawData => say!(i18n, dicom_error.raw_data),
        ObjectKind::Video => say!(i18n, dicom_error.video),
        ObjectKind::Other => say!(i18n, dicom_error.other),
    }
}

/// The same in every language.
fn technical(compression: Compression) -> &'static str {
    match compression {
        Compression::Rle => "RLE",
        Compression::Jpeg => "JPEG",
        Compression::JpegLossless => "JPEG Lossless",
        Compression::JpegLs => "JPEG-LS",
        Compression::Jpeg2000 => "JPEG 2000",
        Compression::Deflate => "Deflate",
    }
}
