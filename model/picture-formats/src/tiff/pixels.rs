//! The picture as it is filled, chunk by chunk.

use super::Page;
use crate::{Refusal, bytes::rescaled};

/// What a stored number becomes.
pub enum Values {
    /// 8 bits, by a table for the depths below.
    Bytes(Vec<u8>),
    /// 16 bits, from so many.
    Words(u8),
    Palette(Vec<[u8; 3]>),
}

impl Values {
    pub fn of_bits(bits: u8) -> Self {
        match bits {
            ..=8 => {
                let bits = u32::from(bits);
                let scaled = |value| rescaled(value, bits, 8) as u8;
                Self::Bytes((0..1 << bits).map(scaled).collect())
            }
            deep => Self::Words(deep),
        }
    }

    pub fn deep(&self) -> bool {
        matches!(self, Self::Words(_))
    }
}

pub struct Pixels<'a> {
    page: &'a Page,
    samples: Vec<u8>,
}

impl<'a> Pixels<'a> {
    pub fn new(page: &'a Page) -> Self {
        let pixels = page.width as usize * page.height as usize;
        let bytes = page.layout.channels() * if page.values.deep() { 2 } else { 1 };
        Self {
            page,
            samples: vec![0; pixels * bytes],
        }
    }

    /// A row of a chunk, from a pixel on to the right; what reaches beyond the picture is left out. `plane`: which sample of
    /// a pixel it has, where `together` is 1 and there are more.
    pub fn put(
        &mut self,
        (x, y): (usize, usize),
        plane: usize,
        row: &[u16],
        together: usize,
    ) -> Result<(), Refusal> {
        let width = self.page.width as usize;
        let shown = width - x;
        let kept = self.page.kept.min(together);
        let channels = self.page.layout.channels();
        let pixels = row.chunks_exact(together).take(shown).enumerate();
        let first = y * width + x;
        match &self.page.values {
            Values::Bytes(table) => {
                for (at, pixel) in pixels {
                    for (channel, &sample) in pixel.iter().take(kept).enumerate() {
                        let place = (first + at) * channels + plane + channel;
                        self.samples[place] = table[usize::from(sample)];
                    }
                }
            }
            Values::Words(bits) => {
                let bits = u32::from(*bits);
                for (at, pixel) in pixels {
                    for (channel, &sample) in pixel.iter().take(kept).enumerate() {
                        let place = 2 * ((first + at) * channels + plane + channel);
                        let value = match bits {
                            16 => sample,
                            bits => rescaled(sample.into(), bits, 16),
                        };
                        self.samples[place..place + 2].copy_from_slice(&value.to_ne_bytes());
                    }
                }
            }
            Values::Palette(colours) => {
                for (at, pixel) in pixels {
                    let colour = colours.get(usize::from(pixel[0]));
                    let place = (first + at) * channels;
                    self.samples[place..place + 3].copy_from_slice(colour.ok_or(Refusal::Damaged)?);
                }
            }
        }
        Ok(())
    }

    pub fn into_samples(self) -> Vec<u8> {
        self.samples
    }
}
