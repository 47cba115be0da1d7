//! Picture files beyond PNG and JPEG: TIFF, BMP and WebP, to samples as the file means them. What a film makes of those is
//! known to `imaging`.
//!
//! Without the feature `decoders` there is only what a program must know that has another one read the files.

mod format;
mod picture;
mod refusal;
mod size;

#[cfg(feature = "decoders")]
mod bmp;
#[cfg(feature = "decoders")]
mod bytes;
#[cfg(feature = "decoders")]
mod tiff;
#[cfg(feature = "decoders")]
mod webp;

pub use format::Format;
pub use picture::{Head, Layout, Picture};
pub use refusal::{Kind, Refusal};
pub use size::{MAX_PIXELS, check_size};

/// # Errors
/// Why there is no picture in it. The size is judged by the header, before memory is taken for the samples.
#[cfg(feature = "decoders")]
pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
    match Format::of(bytes) {
        Some(Format::Tiff) => tiff::read(bytes),
        Some(Format::Bmp) => bmp::read(bytes),
        Some(Format::WebP) => webp::read(bytes),
        None => Err(Refusal::Damaged),
    }
}
