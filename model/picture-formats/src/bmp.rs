//! BMP as Windows and OS/2 write it: palettes of 1 to 8 bits, plain or in runs, and colours of 16 to 32 bits.
//!
//! Rows may lie from the top or from the bottom. What a header says of a place or a depth is taken at its word, and a file that
//! does not hold all of its rows is refused.

mod masks;
mod runs;

use crate::{
    Format, Head, Kind, Layout, Picture, Refusal,
    bytes::{Order, unpack},
    check_size,
};
use masks::Masks;

const FILE_HEADER: usize = 14;

pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
    let header = Header::of(bytes)?;
    let (layout, bits, samples) = match header.pixels {
        Pixels::Indices { runs } => {
            let colours = header.palette(bytes)?;
            let indices = match runs {
                true => runs::indices(header.rest(bytes)?, &header)?,
                false => header.plain_indices(bytes)?,
            };
            let mut samples = Vec::with_capacity(3 * indices.len());
            for index in indices {
                let colour = colours.get(usize::from(index)).ok_or(Refusal::Damaged)?;
                samples.extend_from_slice(colour);
            }
            (Layout::Colour, header.bits as u8, samples)
        }
        Pixels::Colours(masks) => {
            let (layout, samples) = header.colours(bytes, &masks)?;
            (layout, masks.most_bits(), samples)
        }
    };
    Ok(Picture {
        head: Head {
            format: Format::Bmp,
            width: header.width,
            height: header.height,
            layout,
            deep: false,
            stated_bits: None,
            orientation: 1,
            bits,
            palette: matches!(header.pixels, Pixels::Indices { .. }),
        },
        samples,
    })
}

struct Header {
    width: u32,
    height: u32,
    /// Of a pixel.
    bits: u32,
    /// Of the first pixel in the file.
    start: usize,
    from_top: bool,
    pixels: Pixels,
    palette_at: usize,
    palette_length: usize,
    /// Of a colour in the palette, bytes.
    palette_step: usize,
}

#[derive(Clone, Copy)]
enum Pixels {
    Indices { runs: bool },
    Colours(Masks),
}

impl Header {
    fn of(bytes: &[u8]) -> Result<Self, Refusal> {
        const CORE: usize = 12;
        let number = |at, length| {
            let number = Order::LittleEndian.number_at(bytes, at, length);
            number.ok_or(Refusal::Damaged)
        };
        let start = number(10, 4)? as usize;
        let size = number(FILE_HEADER, 4)? as usize;
        let core = size == CORE;
        if !core && !(40..=124).contains(&size) {
            return Err(Kind::UnusualBmp.into());
        }
        let (width, height, bits) = match core {
            true => (number(18, 2)? as i32, number(20, 2)? as i32, number(24, 2)?),
            // With a sign each.
            false => (number(18, 4)? as i32, number(22, 4)? as i32, number(28, 2)?),
        };
        let from_top = height < 0;
        let width = u32::try_from(width).map_err(|_| Refusal::Damaged)?;
        let height = height.unsigned_abs();
        check_size(width, height)?;
        let (packing, used) = match core {
            true => (0, 0),
            false => (number(30, 4)?, number(46, 4)?),
        };
        // Of OS/2, which numbers others so.
        const OS2: usize = 64;
        let unusual = || Refusal::from(Kind::UnusualBmp);
        let mut behind = 0;
        let pixels = match (packing, bits) {
            (0, 1 | 2 | 4 | 8) => Pixels::Indices { runs: false },
            (1, 8) | (2, 4) if !from_top => Pixels::Indices { runs: true },
            (0, 16 | 24 | 32) => Pixels::Colours(Masks::usual(bits)),
            (3 | 6, 16 | 32) if size != OS2 => {
                let mask = |at: usize| number(FILE_HEADER + 40 + 4 * at, 4);
                // Behind the header, or part of a longer one.
                let alpha = packing == 6 || size >= 56;
                if size == 40 {
                    behind = if alpha { 16 } else { 12 };
                }
                let alpha = if alpha { mask(3)? } else { 0 };
                let masks = Masks::new([mask(0)?, mask(1)?, mask(2)?, alpha], bits);
                Pixels::Colours(masks.ok_or_else(unusual)?)
            }
            _ => return Err(unusual()),
        };
        let bits = bits as u32;
        let all = 1_usize << bits.min(8);
        Ok(Self {
            width,
            height,
            bits,
            start,
            from_top,
            pixels,
            palette_at: FILE_HEADER + size + behind,
            palette_length: match used as usize {
                0 => all,
                used => used.min(all),
            },
            palette_step: if core { 3 } else { 4 },
        })
    }

    /// As red, green, blue.
    fn palette(&self, bytes: &[u8]) -> Result<Vec<[u8; 3]>, Refusal> {
        let end = self.palette_at + self.palette_length * self.palette_step;
        // Some are shorter than they could be, and end where the pixels begin.
        let end = end.min(self.start);
        let palette = bytes.get(self.palette_at..end).ok_or(Refusal::Damaged)?;
        let colours = palette.chunks_exact(self.palette_step);
        Ok(colours.map(|one| [one[2], one[1], one[0]]).collect())
    }

    fn rest<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], Refusal> {
        bytes.get(self.start..).ok_or(Refusal::Damaged)
    }

    /// From the top, without what fills a row up to four bytes.
    fn rows<'a>(
        &self,
        bytes: &'a [u8],
    ) -> Result<impl Iterator<Item = &'a [u8]> + use<'a>, Refusal> {
        let (height, from_top) = (self.height as usize, self.from_top);
        let used = (self.width as usize * self.bits as usize).div_ceil(8);
        let step = used.next_multiple_of(4);
        let rest = self.rest(bytes)?;
        // The last may lack what fills it.
        if rest.len() < step * (height - 1) + used {
            return Err(Refusal::Damaged);
        }
        Ok((0..height).map(move |y| {
            let at = if from_top { y } else { height - 1 - y };
            &rest[at * step..at * step + used]
        }))
    }

    fn plain_indices(&self, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        let width = self.width as usize;
        let mut indices = Vec::with_capacity(width * self.height as usize);
        let mut row = vec![0; width];
        for packed in self.rows(bytes)? {
            unpack(packed, self.bits as u8, &mut row);
            indices.extend(row.iter().map(|&index| index as u8));
        }
        Ok(indices)
    }

    fn colours(&self, bytes: &[u8], masks: &Masks) -> Result<(Layout, Vec<u8>), Refusal> {
        let layout = match masks.has_alpha() {
            true => Layout::ColourAlpha,
            false => Layout::Colour,
        };
        let pixels = self.width as usize * self.height as usize;
        let mut samples = Vec::with_capacity(pixels * layout.channels());
        for row in self.rows(bytes)? {
            for pixel in row.chunks_exact(self.bits as usize / 8) {
                let pixel = Order::LittleEndian.number(pixel) as u32;
                let colour = masks.colour(pixel);
                samples.extend_from_slice(&colour[..layout.channels()]);
            }
        }
        // Where nothing would be seen the fourth byte is not meant, and programs show the colours.
        let unseen = |pixel: &[u8]| pixel[3] == 0;
        if layout == Layout::ColourAlpha && samples.chunks_exact(4).all(unseen) {
            let colours = samples.chunks_exact(4).flat_map(|pixel| &pixel[..3]);
            return Ok((Layout::Colour, colours.copied().collect()));
        }
        Ok((layout, samples))
    }
}
