//! [`Film`]: one decoded radiograph, and the one path from it to a network's input.

use std::borrow::Cow;

use crate::{
    dataset::Picture,
    resample::{SourceFrame, resample},
};

/// Shorter side, in pixels, of the copy that is kept of a film and that every network input is made from.
pub const WORKING_SIDE: u32 = 256;

/// One radiograph: a single channel, row-major, 0 black to 65,535 white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    width: u32,
    height: u32,
    pixels: Vec<u16>,
}

impl Film {
    /// `None` if a side is 0 or `pixels` does not hold `width` x `height` values.
    pub fn new(width: u32, height: u32, pixels: Vec<u16>) -> Option<Self> {
        let fits = pixels.len() as u64 == u64::from(width) * u64::from(height);
        (fits && !pixels.is_empty()).then_some(Self {
            width,
            height,
            pixels,
        })
    }

    /// One black pixel, where a film is about to be put.
    pub(crate) fn black() -> Self {
        Self {
            width: 1,
            height: 1,
            pixels: vec![0],
        }
    }

    /// In pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Row-major, 0 black to 65,535 white.
    pub fn pixels(&self) -> &[u16] {
        &self.pixels
    }

    /// The same pixels, without the film.
    pub fn into_pixels(self) -> Vec<u16> {
        self.pixels
    }

    /// The working copy, whose shorter side is at most [`WORKING_SIDE`] pixels; a smaller film stays as it is.
    pub fn reduced(&self) -> Self {
        self.working_copy().into_owned()
    }

    /// With each value times `share`, which is at most 1.
    pub fn dimmed(&self, share: f64) -> Self {
        let dimmed = |&grey: &u16| (f64::from(grey) * share).round() as u16;
        Self {
            pixels: self.pixels.iter().map(dimmed).collect(),
            ..*self
        }
    }

    /// Left and right exchanged.
    pub fn mirrored(&self) -> Self {
        let rows = self.pixels.chunks_exact(self.width as usize);
        Self {
            pixels: rows.flat_map(|row| row.iter().rev()).copied().collect(),
            ..*self
        }
    }

    /// What a network sees, `[side * side]`, row-major, 0 black to 1 white: the film brought to a shorter
    /// side of `side` pixels with its aspect kept and fine detail averaged, then its central square.
    ///
    /// Always made from the working copy, so that a kept film and the same film dropped in
    /// later give the same numbers.
    pub fn input(&self, side: usize) -> Vec<f32> {
        self.working_copy().field(side, 0, 0)
    }

    /// A picture for the screen whose longer side is at most `longest` pixels; never enlarged.
    pub fn picture(&self, longest: u32) -> Picture {
        let (width, height) = self.within(longest);
        let pixels = if (width, height) == (self.width, self.height) {
            let rounded = |&grey: &u16| ((u32::from(grey) + 128) / 257) as u8;
            self.pixels.iter().map(rounded).collect()
        } else {
            self.whole(width, height)
                .iter()
                .map(|grey| (grey * 255.0).round() as u8)
                .collect()
        };
        Picture {
            width,
            height,
            pixels,
        }
    }

    /// The film with at most `longest` pixels on its longer side; never enlarged.
    pub fn shrunk(self, longest: u32) -> Self {
        let (width, height) = self.within(longest);
        if (width, height) == (self.width, self.height) {
            return self;
        }
        let pixels = self.whole(width, height);
        Self {
            width,
            height,
            pixels: pixels
                .iter()
                .map(|grey| (grey * 65_535.0).round() as u16)
                .collect(),
        }
    }

    /// The sides at which the longer one is at most `longest` pixels.
    fn within(&self, longest: u32) -> (u32, u32) {
        let own = self.width.max(self.height);
        scaled(self.width, self.height, own, longest.max(1))
    }

    /// The central square at `side` x `side` pixels together with what surrounds it at the same scale: at
    /// most `reach` (x, y) further pixels on each side, as far as the film goes.
    /// Returns the pixels, 0..=1, and the two margins.
    pub(crate) fn surroundings(&self, side: usize, reach: [usize; 2]) -> (Vec<f32>, usize, usize) {
        let film = self.working_copy();
        let scale = f64::from(film.width.min(film.height)) / side as f64;
        let margin = |length: u32, reach: usize| {
            let pixels = f64::from(length) / scale;
            (((pixels - side as f64) / 2.0).max(0.0) as usize).min(reach)
        };
        let (margin_x, margin_y) = (margin(film.width, reach[0]), margin(film.height, reach[1]));
        (film.field(side, margin_x, margin_y), margin_x, margin_y)
    }

    fn field(&self, side: usize, margin_x: usize, margin_y: usize) -> Vec<f32> {
        let scale = f64::from(self.width.min(self.height)) / side as f64;
        let frame = |length: u32, margin: usize| {
            let pixels = side + 2 * margin;
            let extent = pixels as f64 * scale;
            SourceFrame {
                start: (f64::from(length) - extent) / 2.0,
                extent,
                pixels,
            }
        };
        let (x, y) = (frame(self.width, margin_x), frame(self.height, margin_y));
        resample(&self.pixels, self.width as usize, x, y)
    }

    fn working_copy(&self) -> Cow<'_, Self> {
        let shorter = self.width.min(self.height);
        if shorter <= WORKING_SIDE {
            return Cow::Borrowed(self);
        }
        let (width, height) = scaled(self.width, self.height, shorter, WORKING_SIDE);
        let pixels = self
            .whole(width, height)
            .iter()
            .map(|grey| (grey * 65_535.0).round() as u16)
            .collect();
        Cow::Owned(Self {
            width,
            height,
            pixels,
        })
    }

    /// The whole film in `side` x `side` cells, whatever its aspect: row-major, 0 black to 1 white.
    pub(crate) fn cells(&self, side: u32) -> Vec<f32> {
        self.whole(side, side)
    }

    /// The whole film at another size, 0..=1.
    fn whole(&self, width: u32, height: u32) -> Vec<f32> {
        let frame = |length: u32, pixels: u32| SourceFrame {
            start: 0.0,
            extent: f64::from(length),
            pixels: pixels as usize,
        };
        resample(
            &self.pixels,
            self.width as usize,
            frame(self.width, width),
            frame(self.height, height),
        )
    }
}

/// The sides at which the side `from` becomes `to`, if that is smaller.
fn scaled(width: u32, height: u32, from: u32, to: u32) -> (u32, u32) {
    let factor = (f64::from(to) / f64::from(from)).min(1.0);
    let side = |length: u32| ((f64::from(length) * factor).round() as u32).max(1);
    (side(width), side(height))
}
