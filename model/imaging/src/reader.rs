//! Files of the formats that the engine's own program has no decoder for: DICOM, TIFF, BMP and WebP.
//!
//! Their decoders are large. In a browser they run in a program of their own, which is fetched for the first such file
//! (`app/format-reader`): the engine only names [`FormatReader`], and takes none of them in.

use crate::{
    decode::{DecodeError, Decoded},
    dicom::{DicomFilm, FrameValues},
    pack::FileError,
};
use picture_formats::{Format, Refusal};

#[cfg(not(target_arch = "wasm32"))]
mod own;

#[cfg(not(target_arch = "wasm32"))]
pub use own::OwnReader;

/// Whoever reads the files for which [`needs_reader`](crate::decode::needs_reader).
pub trait FormatReader {
    /// A DICOM file; `frame` counts from 0.
    ///
    /// # Errors
    /// Why there is no film in it.
    fn film(&self, bytes: &[u8], frame: u32) -> Result<DicomFilm, FileError>;

    /// Of a DICOM file. `longest`: at most so many pixels on the longer side.
    ///
    /// # Errors
    /// Why there is no film in it.
    fn values(&self, bytes: &[u8], frame: u32, longest: u32) -> Result<FrameValues, FileError>;

    /// A file of any other of these formats.
    ///
    /// # Errors
    /// Why there is no film in it.
    fn picture(&self, bytes: &[u8]) -> Result<Decoded, FileError>;
}

/// As the reason for which a file with these bytes is left out.
pub fn picture_refused(refusal: Refusal, bytes: &[u8]) -> FileError {
    let format = Format::of(bytes).map_or("", Format::name);
    FileError::Decode(DecodeError::of_picture(refusal, format))
}
