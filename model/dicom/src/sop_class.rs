//! Kinds of objects, PS3.4, B.5 and PS3.6, A.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An object that holds no radiograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ObjectKind {
    #[error("a structured report")]
    Report,
    #[error("a document (PDF or another format) in a DICOM file")]
    Document,
    #[error("a presentation state")]
    PresentationState,
    #[error("a selection of key images")]
    KeyObjects,
    #[error("a radiotherapy plan or structure set")]
    Radiotherapy,
    #[error("a recorded curve, such as an ECG")]
    Waveform,
    #[error("a segmentation or surface")]
    Segmentation,
    #[error("a registration or measurement")]
    Registration,
    #[error("raw data of a device")]
    RawData,
    #[error("a video")]
    Video,
    /// Anything else without pixels.
    #[error("an object without pixels")]
    Other,
}

const PREFIX: &str = "1.2.840.10008.5.1.4.1.1.";

/// A DICOMDIR.
pub(crate) const DIRECTORY: &str = "1.2.840.10008.1.3.10";

/// What an object without pixels is, by its SOP class.
pub(crate) fn kind(uid: &str) -> ObjectKind {
    let Some(number) = uid.strip_prefix(PREFIX) else {
        return ObjectKind::Other;
    };
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
    if begins(&["88.59"]) {
        ObjectKind::KeyObjects
    } else if begins(&["88."]) {
        ObjectKind::Report
    } else if begins(&["104."]) {
        ObjectKind::Document
    } else if begins(&["11."]) {
        ObjectKind::PresentationState
    } else if begins(&["481."]) {
        ObjectKind::Radiotherapy
    } else if begins(&["9."]) {
        ObjectKind::Waveform
    } else if begins(&["66.4", "66.5", "66.6", "68."]) {
        ObjectKind::Segmentation
    } else if begins(&["66.1", "66.2", "66.3", "67", "78.", "79.", "80."]) {
        ObjectKind::Registration
    } else if begins(&["66", "4.2"]) {
        ObjectKind::RawData
    } else if begins(&["77.1.1.1", "77.1.2.1", "77.1.4.1"]) {
        ObjectKind::Video
    } else {
        ObjectKind::Other
    }
}

/// For these the modality table is no step towards a picture: it leads back to the intensity of the beam, PS3.3, C.8.7.1.1.2.
pub(crate) fn table_is_of_beam(uid: &str) -> bool {
    matches!(uid.strip_prefix(PREFIX), Some("12.1" | "12.2" | "12.3"))
}

/// The standard's name of the classes that radiographs come in; others keep their number.
pub(crate) fn name(uid: &str) -> Option<&'static str> {
    Some(match uid.strip_prefix(PREFIX)? {
        "1" => "Computed Radiography Image Storage",
        "1.1" => "Digital X-Ray Image Storage - For Presentation",
        "1.1.1" => "Digital X-Ray Image Storage - For Processing",
        "1.2" => "Digital Mammography X-Ray Image Storage - For Presentation",
        "1.2.1" => "Digital Mammography X-Ray Image Storage - For Processing",
        "1.3" => "Digital Intra-Oral X-Ray Image Storage - For Presentation",
        "1.3.1" => "Digital Intra-Oral X-Ray Image Storage - For Processing",
        "2" => "CT Image Storage",
        "2.1" => "Enhanced CT Image Storage",
        "2.2" => "Legacy Converted Enhanced CT Image Storage",
        "3.1" => "Ultrasound Multi-frame Image Storage",
        "4" => "MR Image Storage",
        "4.1" => "Enhanced MR Image Storage",
        "4.4" => "Legacy Converted Enhanced MR Image Storage",
        "6.1" => "Ultrasound Image Storage",
        "7" => "Secondary Capture Image Storage",
        "7.1" => "Multi-frame Single Bit Secondary Capture Image Storage",
        "7.2" => "Multi-frame Grayscale Byte Secondary Capture Image Storage",
        "7.3" => "Multi-frame Grayscale Word Secondary Capture Image Storage",
        "7.4" => "Multi-frame True Color Secondary Capture Image Storage",
        "12.1" => "X-Ray Angiographic Image Storage",
        "12.1.1" => "Enhanced XA Image Storage",
        "12.2" => "X-Ray Radiofluoroscopic Image Storage",
        "12.2.1" => "Enhanced XRF Image Storage",
        "13.1.1" => "X-Ray 3D Angiographic Image Storage",
        "13.1.2" => "X-Ray 3D Craniofacial Image Storage",
        "13.1.3" => "Breast Tomosynthesis Image Storage",
        "13.1.4" => "Breast Projection X-Ray Image Storage - For Presentation",
        "13.1.5" => "Breast Projection X-Ray Image Storage - For Processing",
        "20" => "Nuclear Medicine Image Storage",
        "128" => "Positron Emission Tomography Image Storage",
        "130" => "Enhanced PET Image Storage",
        "481.1" => "RT Image Storage",
        "481.2" => "RT Dose Storage",
        _ => return None,
    })
}
