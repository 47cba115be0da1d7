//! Strips and tiles: where they lie, and the samples in them.

use super::{
    Page,
    directory::{Directory, tag},
    packing::Packing,
    pixels::Pixels,
};
use crate::{
    Kind, Refusal,
    bytes::{Order, unpack},
};

/// Of a tile, pixels: programs write some hundred.
const MAX_TILE_SIDE: u64 = 16_384;
const MAX_TILE_PIXELS: u64 = 1 << 24;

/// A grid of chunks, from left to right, then down; then the same for the next plane.
pub struct Chunks<'a> {
    bytes: &'a [u8],
    /// Offset and length of each.
    places: Vec<(u64, u64)>,
    /// Of a chunk, pixels.
    width: usize,
    height: usize,
    across: usize,
    down: usize,
    /// The last row of chunks is as high as what is left of the picture.
    strips: bool,
}

impl<'a> Chunks<'a> {
    pub fn of(directory: &Directory<'a>, page: &Page) -> Result<Self, Refusal> {
        let strips = !directory.has(tag::TILE_OFFSETS);
        let (width, height) = match strips {
            true => {
                let all = u64::from(page.height);
                let rows = directory.number(tag::ROWS_PER_STRIP, all)?.min(all);
                (u64::from(page.width), rows)
            }
            false => {
                let (width, height) = (
                    directory.wanted(tag::TILE_WIDTH)?,
                    directory.wanted(tag::TILE_HEIGHT)?,
                );
                let fits = |side| side <= MAX_TILE_SIDE;
                if !(fits(width) && fits(height) && width * height <= MAX_TILE_PIXELS) {
                    return Err(Kind::UnusualTiff.into());
                }
                (width, height)
            }
        };
        if width == 0 || height == 0 {
            return Err(Refusal::Damaged);
        }
        let (width, height) = (width as usize, height as usize);
        let across = (page.width as usize).div_ceil(width);
        let down = (page.height as usize).div_ceil(height);
        let (offsets, lengths) = match strips {
            true => (tag::STRIP_OFFSETS, tag::STRIP_BYTES),
            false => (tag::TILE_OFFSETS, tag::TILE_BYTES),
        };
        let offsets = directory.list(offsets)?;
        let lengths = match directory.has(lengths) {
            true => directory.list(lengths)?,
            // Old programs leave them out where nothing is packed: only what is needed is taken.
            false if page.packing == Packing::None => vec![u64::MAX; offsets.len()],
            false => return Err(Refusal::Damaged),
        };
        let planes = if page.planes { page.stored } else { 1 };
        let places: Vec<(u64, u64)> = offsets.into_iter().zip(lengths).collect();
        if places.len() < across * down * planes {
            return Err(Refusal::Damaged);
        }
        Ok(Self {
            bytes: directory.bytes(),
            places,
            width,
            height,
            across,
            down,
            strips,
        })
    }

    pub fn read(&self, page: &Page, pixels: &mut Pixels) -> Result<(), Refusal> {
        let (planes, together) = match page.planes {
            true => (page.kept, 1),
            false => (1, page.stored),
        };
        let mut row = vec![0_u16; self.width * together];
        let row_bytes = (row.len() * usize::from(page.bits)).div_ceil(8);
        for plane in 0..planes {
            for down in 0..self.down {
                let top = down * self.height;
                let shown = self.height.min(page.height as usize - top);
                let rows = if self.strips { shown } else { self.height };
                for across in 0..self.across {
                    let number = (plane * self.down + down) * self.across + across;
                    let packed = self.packed(number)?;
                    let bytes = page.packing.unpacked(packed, rows * row_bytes)?;
                    for (y, bytes) in bytes.chunks_exact(row_bytes).take(shown).enumerate() {
                        page.samples(bytes, &mut row, together);
                        pixels.put((across * self.width, top + y), plane, &row, together)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The bytes of a chunk as they lie in the file.
    fn packed(&self, number: usize) -> Result<&'a [u8], Refusal> {
        let place = self.places.get(number);
        let part = place.and_then(|&(offset, length)| {
            let start = usize::try_from(offset).ok()?;
            let rest = self.bytes.get(start..)?;
            match usize::try_from(length) {
                Ok(length) if length != usize::MAX => rest.get(..length),
                _ => Some(rest),
            }
        });
        part.ok_or(Refusal::Damaged)
    }
}

impl Page {
    /// The samples of one row of a chunk, of which so many of a pixel lie together.
    fn samples(&self, bytes: &[u8], row: &mut [u16], together: usize) {
        match self.bits {
            8 => {
                let samples = row.iter_mut().zip(bytes);
                samples.for_each(|(sample, &byte)| *sample = u16::from(byte));
            }
            16 => {
                let number = match self.order {
                    Order::LittleEndian => u16::from_le_bytes,
                    Order::BigEndian => u16::from_be_bytes,
                };
                for (sample, bytes) in row.iter_mut().zip(bytes.chunks_exact(2)) {
                    *sample = number([bytes[0], bytes[1]]);
                }
            }
            bits => unpack(bytes, bits, row),
        }
        if self.differences {
            let most = if self.bits == 8 { 0xff } else { 0xffff };
            for at in together..row.len() {
                row[at] = row[at].wrapping_add(row[at - together]) & most;
            }
        }
    }
}
