//! What a decoder gives, whichever it is.

use crate::{
    decode::{DecodeError, Decoded, Range},
    dicom::{DicomFilm, DicomReader, FrameFacts, FrameValues},
    film::Film,
    pack::FileError,
};

/// Reads no DICOM file.
pub(super) struct Nobody;

impl DicomReader for Nobody {
    fn film(&self, _: &[u8], _: u32) -> Result<DicomFilm, FileError> {
        Err(FileError::Decode(DecodeError::DicomHere))
    }

    fn values(&self, _: &[u8], _: u32, _: u32) -> Result<FrameValues, FileError> {
        Err(FileError::Decode(DecodeError::DicomHere))
    }
}

/// A film, and what its file says of it.
pub(super) struct Read {
    pub film: Film,
    pub range: Range,
    pub facts: Option<Box<FrameFacts>>,
}

impl From<Decoded> for Read {
    fn from(Decoded { film, range }: Decoded) -> Self {
        Self {
            film,
            range,
            facts: None,
        }
    }
}

impl From<DicomFilm> for Read {
    /// A DICOM file says itself what is black and white.
    fn from(DicomFilm { film, facts }: DicomFilm) -> Self {
        Self {
            film,
            range: Range::Stated,
            facts: Some(facts),
        }
    }
}
