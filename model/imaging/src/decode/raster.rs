//! Decoded samples of any layout to the one grey channel of a film.

use image::{DynamicImage, ImageBuffer, metadata::Orientation};

use super::Range;
use crate::film::Film;

/// How the samples of a pixel are stored.
#[derive(Clone, Copy)]
pub(super) enum Layout {
    Grey,
    /// 0 is white.
    InvertedGrey,
    GreyAlpha,
    Colour,
    ColourAlpha,
    /// Brightness, of which a film is made, and two colour differences.
    Brightness,
    /// Cyan, magenta, yellow, black. `inverted`: 255 is no ink, as Adobe's programs store it.
    Inks {
        inverted: bool,
    },
    /// Brightness and colour differences of the light that the inks take away, then black stored
    /// inverted (the YCCK of Adobe's programs).
    BrightnessInks,
}

impl Layout {
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Grey | Self::InvertedGrey => 1,
            Self::GreyAlpha => 2,
            Self::Colour | Self::Brightness => 3,
            Self::ColourAlpha | Self::Inks { .. } | Self::BrightnessInks => 4,
        }
    }

    /// The channels but for transparency.
    fn colours(self) -> usize {
        match self {
            Self::GreyAlpha => 1,
            Self::ColourAlpha => 3,
            layout => layout.channels(),
        }
    }

    /// `pixel` holds `channels` samples of 0..=65,535.
    fn grey(self, pixel: [u32; 4]) -> u32 {
        let [a, b, c, d] = pixel;
        match self {
            Self::Grey | Self::Brightness => a,
            Self::InvertedGrey => WHITE - a,
            Self::GreyAlpha => times(a, b),
            Self::Colour => brightness(a, b, c),
            Self::ColourAlpha => times(brightness(a, b, c), d),
            Self::Inks { inverted: true } => times(brightness(a, b, c), d),
            Self::Inks { inverted: false } => {
                times(brightness(WHITE - a, WHITE - b, WHITE - c), WHITE - d)
            }
            Self::BrightnessInks => times(WHITE - a, d),
        }
    }
}

const WHITE: u32 = 65_535;

/// ITU-R BT.601 weights, as in JPEG's own brightness channel.
fn brightness(red: u32, green: u32, blue: u32) -> u32 {
    (299 * red + 587 * green + 114 * blue + 500) / 1000
}

/// The product of two shares of 65,535.
fn times(a: u32, b: u32) -> u32 {
    // At most 65,535^2 + 32,767, which a u32 just holds.
    (a * b + WHITE / 2) / WHITE
}

/// Samples of 8 bits, row-major and interleaved. `None` if their number does not fit the size.
pub(super) fn from_bytes(
    (width, height): (u32, u32),
    samples: &[u8],
    layout: Layout,
    orientation: Orientation,
) -> Option<Film> {
    let pixels = samples.chunks_exact(layout.channels()).map(|pixel| {
        let mut values = [0; 4];
        for (value, &sample) in values.iter_mut().zip(pixel) {
            *value = u32::from(sample) * 257;
        }
        layout.grey(values) as u16
    });
    upright(width, height, pixels.collect(), orientation)
}

/// Samples of 16 bits in the machine's byte order, row-major and interleaved. `significant_bits`: how many
/// of them count, where the header says so.
pub(super) fn from_words(
    (width, height): (u32, u32),
    samples: &[u8],
    layout: Layout,
    orientation: Orientation,
    significant_bits: Option<u8>,
) -> Option<(Film, Range)> {
    let word = |sample: &[u8]| u16::from_ne_bytes([sample[0], sample[1]]);
    let pixels = || samples.chunks_exact(2 * layout.channels());
    let colours = pixels().flat_map(|pixel| pixel.chunks_exact(2).take(layout.colours()));
    let (range, white) = Range::of(colours.map(word), significant_bits);
    let grey = |pixel: &[u8]| {
        let mut values = [0; 4];
        let samples = pixel.chunks_exact(2).map(word);
        for (at, (value, sample)) in values.iter_mut().zip(samples).enumerate() {
            let sample = u32::from(sample);
            *value = match at < layout.colours() {
                true => (sample.min(white) * WHITE + white / 2) / white,
                false => sample,
            };
        }
        layout.grey(values) as u16
    };
    let film = upright(width, height, pixels().map(grey).collect(), orientation)?;
    match layout {
        // Its highest value has become black, and no other film can move that.
        Layout::InvertedGrey => Some((film, Range::Stated)),
        _ => Some((film, range)),
    }
}

fn upright(width: u32, height: u32, pixels: Vec<u16>, orientation: Orientation) -> Option<Film> {
    if orientation == Orientation::NoTransforms {
        return Film::new(width, height, pixels);
    }
    let mut image = DynamicImage::ImageLuma16(ImageBuffer::from_raw(width, height, pixels)?);
    image.apply_orientation(orientation);
    let image = image.into_luma16();
    Film::new(image.width(), image.height(), image.into_raw())
}
