//! What a decoder gives, whichever it is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Decoder;
use crate::{
    decode::{self, Channels, DecodeError, Decoded, FileFacts, FileFormat, Range},
    dicom::{DicomFilm, FrameFacts, FrameValues},
    film::Film,
    pack::FileError,
    reader::FormatReader,
};

/// Reads none of the files that need a reader.
pub(super) struct Nobody;

impl FormatReader for Nobody {
    fn film(&self, _: &[u8], _: u32) -> Result<DicomFilm, FileError> {
        Err(FileError::Decode(DecodeError::NeedsReader))
    }

    fn values(&self, _: &[u8], _: u32, _: u32) -> Result<FrameValues, FileError> {
        Err(FileError::Decode(DecodeError::NeedsReader))
    }

    fn picture(&self, _: &[u8]) -> Result<Decoded, FileError> {
        Err(FileError::Decode(DecodeError::NeedsReader))
    }
}

/// A decoder that ends in a panic costs one file; in a browser it ends the program, see [`Loader::next_path`](super::Loader::next_path).
pub(super) fn decode(
    bytes: &[u8],
    frame: u32,
    decoder: Decoder,
    reader: Option<&dyn FormatReader>,
) -> Result<Read, FileError> {
    let read = || match reader {
        Some(reader) if decode::is_dicom(bytes) => {
            let film = reader.film(bytes, frame)?;
            Ok(Read::from_dicom(film, bytes))
        }
        Some(reader) if decode::needs_reader(bytes) => Ok(Read::from(reader.picture(bytes)?)),
        _ => {
            let decoded = decoder(bytes).map_err(FileError::Decode)?;
            Ok(Read::from(decoded))
        }
    };
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| FileError::DecoderFailed)?
}

/// A film, and what its file says of it.
pub(super) struct Read {
    pub film: Film,
    pub range: Range,
    pub facts: Option<Box<FrameFacts>>,
    pub file: FileFacts,
}

impl From<Decoded> for Read {
    fn from(decoded: Decoded) -> Self {
        Self {
            film: decoded.film,
            range: decoded.range,
            facts: None,
            file: decoded.facts,
        }
    }
}

impl Read {
    /// A DICOM file says itself what is black and white.
    pub(super) fn from_dicom(DicomFilm { film, facts }: DicomFilm, bytes: &[u8]) -> Self {
        let photometric = facts.file.photometric.as_deref().unwrap_or("MONOCHROME");
        let file = FileFacts {
            format: FileFormat::Dicom,
            bytes: bytes.len() as u64,
            bits: u8::try_from(facts.file.bits_stored).unwrap_or(u8::MAX),
            channels: match photometric {
                grey if grey.starts_with("MONOCHROME") => Channels::Grey,
                palette if palette.starts_with("PALETTE") => Channels::Palette,
                _ => Channels::Colour,
            },
            jpeg_quality: None,
        };
        Self {
            film,
            range: Range::Stated,
            facts: Some(facts),
            file,
        }
    }
}
