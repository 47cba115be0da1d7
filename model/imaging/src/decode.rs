//! Bytes to [`Film`], judged by content and never by file name.

mod depth;
mod facts;
mod format;
mod jpeg;
mod picture;
mod png;
mod raster;

use dicom::Refusal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::film::Film;
use format::Format;

pub use depth::{PackDepth, Range};
pub use facts::{Channels, FileFacts, FileFormat};
pub use picture_formats::Kind as PictureKind;
pub(crate) use picture_formats::MAX_PIXELS;

/// Why a file did not become a film. The page has sentences of its own, in its languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum DecodeError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Nothing that is known.
    #[error("not an image; PNG, JPEG, DICOM, TIFF, BMP and WebP can be read")]
    NotAnImage,
    /// A DICOM file that holds no film, or one that is not read.
    #[error("{0}")]
    Dicom(Refusal),
    /// A file that a [`FormatReader`](crate::reader::FormatReader) reads, where there is none.
    #[error("a file of a format that is not read here")]
    NeedsReader,
    /// Known as a picture format, but not one that is read (GIF, HEIC, AVIF, ...).
    #[error("{format} files cannot be read; PNG and JPEG can")]
    Unsupported { format: String },
    /// A file that may hold films, but is not opened where single films are.
    #[error("a {format} archive; unpack it, and give the folder")]
    Archive { format: String },
    /// A TIFF, BMP or WebP file, but of a kind that is not read.
    #[error("{kind}; save it as PNG, or as an ordinary JPEG")]
    Picture { kind: PictureKind },
    /// A JPEG, but of a kind that is not read, and that browsers do not show either.
    #[error("{kind}; save it as PNG, or as an ordinary JPEG")]
    Jpeg { kind: JpegKind },
    /// Broken off or damaged.
    #[error("a damaged or cut-off {format} file")]
    Damaged { format: String },
    /// Too small to show anatomy: sides in pixels.
    #[error("only {width} by {height} pixels, too small to show anatomy")]
    TooSmall { width: u32, height: u32 },
    /// More pixels than are read at once.
    #[error("{width} by {height} pixels, more than are read at once")]
    TooLarge { width: u32, height: u32 },
}

/// The kinds of JPEG that hospitals' programs write and few others read, ITU-T T.81 and T.87.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum JpegKind {
    #[error("a JPEG of {bits} bits, which cannot be read")]
    Deep { bits: u8 },
    #[error("a lossless JPEG, which cannot be read")]
    Lossless,
    #[error("a JPEG with arithmetic coding, which cannot be read")]
    Arithmetic,
    #[error("a hierarchical JPEG, which cannot be read")]
    Hierarchical,
    /// Another format that shares the name and the first bytes.
    #[error("a JPEG-LS file, which cannot be read")]
    Ls,
    /// Two channels or more than four, or a height that only stands behind the picture.
    #[error("a JPEG of an unusual kind, which cannot be read")]
    Unusual,
}

/// A film as its own file says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub film: Film,
    /// Whether other films of the pack have a say in what is white.
    pub range: Range,
    pub facts: FileFacts,
}

/// A film by itself, see [`read`]; among others it is read by [`PackDepth::read`].
///
/// # Errors
/// See [`read`].
pub fn decode(bytes: &[u8]) -> Result<Film, DecodeError> {
    read(bytes).map(|decoded| decoded.film)
}

/// Reads a PNG or JPEG file: colours become grey by their brightness, transparent parts black, and
/// an orientation noted by a camera is applied. Of 16 bits those are taken that the values reach, see [`Range`].
///
/// # Errors
/// See [`DecodeError`]. The size is judged by the header, before memory is taken for the pixels.
pub fn read(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    match Format::of(bytes) {
        Some(Format::Png) => png::decode(bytes),
        Some(Format::Jpeg) => jpeg::decode(bytes),
        Some(Format::Dicom | Format::Picture(_)) => Err(DecodeError::NeedsReader),
        Some(Format::Archive(name)) => Err(DecodeError::Archive {
            format: name.into(),
        }),
        Some(Format::Other(name)) => Err(DecodeError::Unsupported {
            format: name.into(),
        }),
        None => Err(DecodeError::NotAnImage),
    }
}

/// As which of the formats that are read these bytes begin.
pub fn format_of(bytes: &[u8]) -> Option<FileFormat> {
    match Format::of(bytes)? {
        Format::Png => Some(FileFormat::Png),
        Format::Jpeg => Some(FileFormat::Jpeg),
        Format::Dicom => Some(FileFormat::Dicom),
        Format::Picture(format) => Some(format.into()),
        Format::Archive(_) | Format::Other(_) => None,
    }
}

/// So many first bytes tell what a file is.
pub const TELLING: u32 = 512;

/// Whether these are the bytes, or the first [`TELLING`] of them, of a DICOM file.
pub fn is_dicom(bytes: &[u8]) -> bool {
    matches!(Format::of(bytes), Some(Format::Dicom))
}

/// Whether these are the bytes, or the first [`TELLING`] of them, of a file that this program has no decoder for, and a
/// [`FormatReader`](crate::reader::FormatReader) has.
pub fn needs_reader(bytes: &[u8]) -> bool {
    matches!(Format::of(bytes), Some(Format::Dicom | Format::Picture(_)))
}

/// Before memory is taken for the pixels.
pub(crate) fn check_size(width: u32, height: u32) -> Result<(), DecodeError> {
    let fits = picture_formats::check_size(width, height);
    fits.map_err(|refusal| DecodeError::of_picture(refusal, ""))
}
