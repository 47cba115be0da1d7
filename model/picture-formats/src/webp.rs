//! WebP, lossy and lossless, one picture a file. `image-webp` decodes it; what it must not be trusted with is looked at before.

use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};

use crate::{Format, Head, Kind, Layout, MAX_PIXELS, Picture, Refusal, bytes::Order, check_size};

pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
    let outline = Outline::of(bytes)?;
    let (width, height) = outline.size;
    check_size(width, height)?;
    let whole = &bytes[..outline.end];
    let mut decoder = WebPDecoder::new(Cursor::new(whole)).map_err(|_| Refusal::Damaged)?;
    if decoder.dimensions() != outline.size {
        return Err(Refusal::Damaged);
    }
    decoder.set_memory_limit(4 * MAX_PIXELS as usize);
    let layout = match decoder.has_alpha() {
        true => Layout::ColourAlpha,
        false => Layout::Colour,
    };
    let mut samples = vec![0; width as usize * height as usize * layout.channels()];
    let read = decoder.read_image(&mut samples);
    read.map_err(|_: DecodingError| Refusal::Damaged)?;
    Ok(Picture {
        head: Head {
            format: Format::WebP,
            width,
            height,
            layout,
            deep: false,
            stated_bits: None,
            orientation: outline.exif.map_or(1, orientation),
            bits: 8,
            palette: false,
        },
        samples,
    })
}

/// What the chunks say.
struct Outline<'a> {
    /// Of the file, without what somebody has put behind it.
    end: usize,
    size: (u32, u32),
    exif: Option<&'a [u8]>,
}

impl<'a> Outline<'a> {
    /// All chunks must be there, and canvas and picture be of one size.
    fn of(bytes: &'a [u8]) -> Result<Self, Refusal> {
        const ANIMATION: u64 = 1 << 1;
        let number = |bytes: &[u8], at, length| {
            let number = Order::LittleEndian.number_at(bytes, at, length);
            number.ok_or(Refusal::Damaged)
        };
        let end = 8 + number(bytes, 4, 4)? as usize;
        let bytes = bytes.get(..end).ok_or(Refusal::Damaged)?;
        let (mut canvas, mut size, mut exif) = (None, None, None);
        let mut at = 12;
        while at + 8 <= end {
            let length = number(bytes, at + 4, 4)? as usize;
            let data = bytes.get(at + 8..at + 8 + length);
            let data = data.ok_or(Refusal::Damaged)?;
            match &bytes[at..at + 4] {
                b"VP8X" => {
                    if number(data, 0, 1)? & ANIMATION != 0 {
                        return Err(Kind::Animated.into());
                    }
                    let side = |at| number(data, at, 3).map(|side| side as u32 + 1);
                    canvas = Some((side(4)?, side(7)?));
                }
                b"VP8 " if size.is_none() => {
                    // Behind the frame's tag and its start code.
                    let side = |at| number(data, at, 2).map(|side| side as u32 & 0x3fff);
                    size = Some((side(6)?, side(8)?));
                }
                b"VP8L" if size.is_none() => {
                    let sides = number(data, 1, 4)? as u32;
                    size = Some(((sides & 0x3fff) + 1, ((sides >> 14) & 0x3fff) + 1));
                }
                b"EXIF" => exif = Some(data),
                _ => {}
            }
            at += 8 + length.next_multiple_of(2);
        }
        let size = size.ok_or(Refusal::Damaged)?;
        if canvas.is_some_and(|canvas| canvas != size) {
            return Err(Refusal::Damaged);
        }
        Ok(Self { end, size, exif })
    }
}

/// From the TIFF structure that Exif is, before which some programs write its name.
fn orientation(exif: &[u8]) -> u8 {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    crate::tiff::orientation_of(exif)
}
