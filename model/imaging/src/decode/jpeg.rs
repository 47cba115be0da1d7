//! JPEG: grey, colour and four inks, sequential and progressive, with any sampling.

mod frame;
mod scan;

use image::metadata::Orientation;
use jpeg_decoder::{ColorTransform, Decoder, Error};

use super::{
    Channels, DecodeError, Decoded, FileFacts, FileFormat, JpegKind, MAX_PIXELS, Range, check_size,
    facts::quality,
    raster::{Layout, from_bytes},
};
use frame::{FrameHeader, Outline, Unread};

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let size = |frame: &FrameHeader| (u32::from(frame.width), u32::from(frame.height));
    let outline = Outline::of(bytes, |frame: &FrameHeader| {
        let (width, height) = size(frame);
        check_size(width, height)
    })?;
    if !outline.whole {
        return Err(damaged());
    }
    let layout = layout(&outline).ok_or(DecodeError::Jpeg {
        kind: JpegKind::Unusual,
    })?;

    let mut decoder = Decoder::new(bytes);
    // The samples as they are stored, which "no transform" would not give line by line: of brightness and
    // colour differences only the first is needed, and whether inks are inverted is told apart here.
    let inks = outline.frame.components.len() == 4;
    match outline.frame.components.len() {
        3 => decoder.set_color_transform(ColorTransform::RGB),
        4 => decoder.set_color_transform(ColorTransform::CMYK),
        _ => {}
    }
    decoder.set_max_decoding_buffer_size(4 * MAX_PIXELS as usize);
    let mut samples = decoder.decode().map_err(|error| match error {
        Error::Unsupported(_) => DecodeError::Jpeg {
            kind: JpegKind::Unusual,
        },
        _ => damaged(),
    })?;
    if inks {
        // The transform for inks turns them round.
        samples.iter_mut().for_each(|ink| *ink = !*ink);
    }
    let orientation = outline.exif.and_then(Orientation::from_exif_chunk);
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    let film = from_bytes(size(&outline.frame), &samples, layout, orientation);
    Ok(Decoded {
        film: film.ok_or_else(damaged)?,
        range: Range::Stated,
        facts: facts(bytes, &outline),
    })
}

fn facts(bytes: &[u8], outline: &Outline) -> FileFacts {
    FileFacts {
        format: FileFormat::Jpeg,
        bytes: bytes.len() as u64,
        bits: 8,
        channels: match outline.frame.components.len() {
            1 => Channels::Grey,
            4 => Channels::Inks,
            _ => Channels::Colour,
        },
        jpeg_quality: outline.quantisation().map(quality),
    }
}

/// What the channels mean, by the marks and names that libjpeg goes by.
fn layout(outline: &Outline) -> Option<Layout> {
    const RGB: [u8; 3] = *b"RGB";
    let ids: Vec<u8> = outline.frame.components.iter().map(|one| one.id).collect();
    Some(match (ids.len(), outline.adobe) {
        (1, _) => Layout::Grey,
        (3, _) if outline.jfif => Layout::Brightness,
        (3, Some(0)) => Layout::Colour,
        (3, None) if ids == RGB => Layout::Colour,
        (3, _) => Layout::Brightness,
        (4, Some(2)) => Layout::BrightnessInks,
        (4, adobe) => Layout::Inks {
            inverted: adobe.is_some(),
        },
        _ => return None,
    })
}

fn damaged() -> DecodeError {
    DecodeError::Damaged {
        format: "JPEG".into(),
    }
}

impl From<jpeg_entropy::Damaged> for Unread {
    fn from(_: jpeg_entropy::Damaged) -> Self {
        Self::Damaged
    }
}

impl From<Unread> for DecodeError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Kind(kind) => Self::Jpeg { kind },
            Unread::Damaged => damaged(),
        }
    }
}
