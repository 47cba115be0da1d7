//! JPEG: grey, colour and four inks, baseline and progressive.

use image::metadata::Orientation;
use zune_jpeg::{
    JpegDecoder,
    errors::DecodeErrors,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{
    DecodeError, check_size,
    raster::{Layout, from_bytes},
};
use crate::film::Film;

pub(super) fn decode(bytes: &[u8]) -> Result<Film, DecodeError> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| reason(&error))?;
    let info = decoder.info().ok_or_else(damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height)?;
    let outline = Outline::of(bytes);
    if !outline.whole {
        return Err(damaged());
    }

    let space = decoder.input_colorspace().ok_or_else(damaged)?;
    // The decoder's own way from inks to colours supposes that all inks are stored inverted, so it is
    // asked for the inks themselves; of brightness and colour differences only the first is needed.
    let (output, layout) = match (info.components, space) {
        (1, _) => (ColorSpace::Luma, Layout::Grey),
        (3, ColorSpace::RGB | ColorSpace::CMYK) => (ColorSpace::RGB, Layout::Colour),
        (3, _) => (ColorSpace::Luma, Layout::Grey),
        (4, ColorSpace::YCCK) => (ColorSpace::YCCK, Layout::BrightnessInks),
        (4, _) => {
            let inverted = outline.adobe;
            (ColorSpace::CMYK, Layout::Inks { inverted })
        }
        _ => return Err(unusual()),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(output));
    let samples = decoder.decode().map_err(|error| reason(&error))?;
    let orientation = info
        .exif_data
        .as_deref()
        .and_then(Orientation::from_exif_chunk);
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    from_bytes((width, height), &samples, layout, orientation).ok_or_else(damaged)
}

fn reason(error: &DecodeErrors) -> DecodeError {
    match error {
        DecodeErrors::Unsupported(_) => unusual(),
        _ => damaged(),
    }
}

fn damaged() -> DecodeError {
    DecodeError::Damaged {
        format: "JPEG".into(),
    }
}

fn unusual() -> DecodeError {
    DecodeError::Unsupported {
        format: "JPEG (12 bit, lossless or arithmetic)".into(),
    }
}

/// What the markers of a file tell beside its picture.
#[derive(Default)]
struct Outline {
    /// The end mark is there: a decoder fills what is missing with grey and says nothing.
    whole: bool,
    /// Written by one of Adobe's programs or in their manner.
    adobe: bool,
}

impl Outline {
    fn of(bytes: &[u8]) -> Self {
        const END: u8 = 0xD9;
        const APP14: u8 = 0xEE;
        let mut outline = Self::default();
        let mut at = 0;
        while let Some((marker, after)) = next_marker(bytes, at) {
            at = after;
            match marker {
                END => {
                    outline.whole = true;
                    break;
                }
                // Start of image, restarts and TEM stand alone.
                0x01 | 0xD0..=0xD8 => {}
                _ => {
                    let Some(&[high, low]) = bytes.get(at..at + 2) else {
                        break;
                    };
                    let content = bytes.get(at + 2..).unwrap_or_default();
                    outline.adobe |= marker == APP14 && content.starts_with(b"Adobe");
                    at += usize::from(u16::from_be_bytes([high, low]));
                }
            }
        }
        outline
    }
}

/// The next marker from `at` on, skipping coded data, and the place behind it.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let pairs = bytes.get(at..)?.windows(2);
    let found = pairs
        .enumerate()
        .find(|(_, pair)| pair[0] == 0xFF && pair[1] != 0 && pair[1] != 0xFF);
    found.map(|(offset, pair)| (pair[1], at + offset + 2))
}
