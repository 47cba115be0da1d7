//! PNG: every bit depth and colour type.

use std::io::Cursor;

use image::{ColorType, ImageDecoder, Limits, codecs::png::PngDecoder, metadata::Orientation};

use super::{
    Channels, DecodeError, Decoded, FileFacts, FileFormat, MAX_PIXELS, Range, check_size,
    raster::{Layout, from_bytes, from_words},
};

const SIGNATURE: usize = 8;

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let (width, height) = size(bytes).ok_or_else(damaged)?;
    check_size(width, height)?;
    let chunks = Chunks::of(bytes);
    if !chunks.whole {
        return Err(damaged());
    }

    let mut limits = Limits::default();
    limits.max_alloc = Some(8 * MAX_PIXELS);
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits);
    let mut decoder = decoder.map_err(|_| damaged())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (layout, deep) = match decoder.color_type() {
        ColorType::L8 => (Layout::Grey, false),
        ColorType::La8 => (Layout::GreyAlpha, false),
        ColorType::Rgb8 => (Layout::Colour, false),
        ColorType::Rgba8 => (Layout::ColourAlpha, false),
        ColorType::L16 => (Layout::Grey, true),
        ColorType::La16 => (Layout::GreyAlpha, true),
        ColorType::Rgb16 => (Layout::Colour, true),
        ColorType::Rgba16 => (Layout::ColourAlpha, true),
        _ => return Err(damaged()),
    };
    let total = usize::try_from(decoder.total_bytes()).map_err(|_| damaged())?;
    let mut samples = vec![0; total];
    decoder.read_image(&mut samples).map_err(|_| damaged())?;

    let size = (width, height);
    let read = if deep {
        from_words(size, &samples, layout, orientation, chunks.significant_bits)
    } else {
        let film = from_bytes(size, &samples, layout, orientation);
        film.map(|film| (film, Range::Stated))
    };
    let (film, range) = read.ok_or_else(damaged)?;
    Ok(Decoded {
        film,
        range,
        facts: facts(bytes),
    })
}

/// From the header chunk, behind width and height.
fn facts(bytes: &[u8]) -> FileFacts {
    let header = |at: usize| bytes.get(SIGNATURE + 16 + at).copied().unwrap_or(0);
    FileFacts {
        format: FileFormat::Png,
        bytes: bytes.len() as u64,
        bits: header(0),
        channels: match header(1) {
            2 => Channels::Colour,
            3 => Channels::Palette,
            4 => Channels::GreyAlpha,
            6 => Channels::ColourAlpha,
            _ => Channels::Grey,
        },
        jpeg_quality: None,
    }
}

fn damaged() -> DecodeError {
    DecodeError::Damaged {
        format: "PNG".into(),
    }
}

/// Width and height from the header chunk, which must come first.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(SIGNATURE..SIGNATURE + 16)?;
    let (kind, sides) = (header.get(4..8)?, header.get(8..)?);
    let side = |at: usize| Some(u32::from_be_bytes(sides.get(at..at + 4)?.try_into().ok()?));
    (kind == b"IHDR").then_some((side(0)?, side(4)?))
}

/// What the chunks tell beside the picture.
#[derive(Default)]
struct Chunks {
    /// They lead to the end mark: a decoder may be content with less.
    whole: bool,
    /// How many bits of a grey or colour sample count, from the chunk sBIT.
    significant_bits: Option<u8>,
}

impl Chunks {
    fn of(bytes: &[u8]) -> Self {
        let mut chunks = Self::default();
        let mut at = SIGNATURE;
        while let Some(&[a, b, c, d, ref kind @ ..]) = bytes.get(at..at.saturating_add(8)) {
            let length = u32::from_be_bytes([a, b, c, d]) as usize;
            let data = at + 8;
            // Length, kind, data, checksum.
            at = at.saturating_add(length).saturating_add(12);
            match kind {
                b"IEND" => {
                    chunks.whole = at <= bytes.len();
                    break;
                }
                b"sBIT" => {
                    let bits = bytes.get(data..data.saturating_add(length));
                    // Behind the colours, or behind grey, may stand the bits of the transparency.
                    let colours = if length < 3 { 1 } else { 3 };
                    let bits = bits.into_iter().flatten().take(colours).max();
                    chunks.significant_bits = bits.copied();
                }
                _ => {}
            }
        }
        chunks
    }
}
