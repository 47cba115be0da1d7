//! Which bits of a pixel are its red, green, blue and opacity.

use crate::bytes::rescaled;

#[derive(Clone, Copy)]
pub struct Masks([Mask; 4]);

#[derive(Clone, Copy)]
struct Mask {
    /// Of the lowest bit.
    from: u32,
    /// 0 if there is no such channel.
    bits: u32,
}

impl Masks {
    /// Of pixels of 16, 24 or 32 bits whose header has none.
    pub fn usual(bits: u64) -> Self {
        let (blue, each) = if bits == 16 { (0, 5) } else { (0, 8) };
        let mask = |at: u32| Mask {
            from: blue + at * each,
            bits: each,
        };
        Self([mask(2), mask(1), mask(0), Mask { from: 0, bits: 0 }])
    }

    /// `None` if the bits of a channel do not lie together, reach beyond the pixel, or a colour has none.
    pub fn new(masks: [u64; 4], pixel_bits: u64) -> Option<Self> {
        let mut all = [Mask { from: 0, bits: 0 }; 4];
        for (mask, value) in all.iter_mut().zip(masks) {
            if value == 0 {
                continue;
            }
            let from = value.trailing_zeros();
            let bits = value.count_ones();
            if value >> from != (1 << bits) - 1 || u64::from(from + bits) > pixel_bits {
                return None;
            }
            *mask = Mask { from, bits };
        }
        let colours = all.iter().take(3).all(|mask| mask.bits > 0);
        colours.then_some(Self(all))
    }

    pub fn has_alpha(&self) -> bool {
        self.0[3].bits > 0
    }

    /// Of a colour, at most the 8 that are kept.
    pub fn most_bits(&self) -> u8 {
        let bits = self.0.iter().take(3).map(|mask| mask.bits).max();
        bits.unwrap_or(8).min(16) as u8
    }

    pub fn colour(&self, pixel: u32) -> [u8; 4] {
        self.0.map(|Mask { from, bits }| match bits {
            0 => 255,
            _ => {
                let value = (u64::from(pixel) >> from) & ((1 << bits) - 1);
                rescaled(value, bits, 8) as u8
            }
        })
    }
}
