//! TIFF 6.0 and BigTIFF: grey, colours, palettes and inks of 1 to 16 bits, in strips or tiles, together or in planes.
//!
//! The first page that is no preview is the picture. Where a file may mean several things it is refused.

mod chunks;
mod directory;
mod packing;
mod pixels;

use crate::{
    Format, Head, Kind, Layout, Picture, Refusal,
    bytes::{Order, rescaled},
    check_size,
};
use chunks::Chunks;
use directory::{Directory, tag};
use packing::Packing;
use pixels::{Pixels, Values};

pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
    let directory = Directory::of_picture(bytes)?;
    let page = Page::of(&directory)?;
    let chunks = Chunks::of(&directory, &page)?;
    let mut pixels = Pixels::new(&page);
    chunks.read(&page, &mut pixels)?;
    let values = &page.values;
    let deep = values.deep();
    Ok(Picture {
        head: Head {
            format: Format::Tiff,
            width: page.width,
            height: page.height,
            layout: page.layout,
            deep,
            // Other depths between 8 and 16 have been widened; the inks of a 16-bit file take up all of it.
            stated_bits: (deep && (page.bits < 16 || page.layout == Layout::Inks)).then_some(16),
            orientation: directory.orientation(),
            bits: page.bits,
            palette: matches!(values, Values::Palette(_)),
        },
        samples: pixels.into_samples(),
    })
}

/// How a camera was held, by the first directory of these bytes; 1 where they say nothing.
pub fn orientation_of(bytes: &[u8]) -> u8 {
    let signed = Format::of(bytes) == Some(Format::Tiff);
    let directory = signed.then(|| Directory::of_picture(bytes).ok());
    directory.flatten().map_or(1, |found| found.orientation())
}

/// What the directory says of the samples.
pub struct Page {
    pub width: u32,
    pub height: u32,
    /// Of every sample: 1 to 16.
    pub bits: u8,
    /// Of a pixel in the file.
    pub stored: usize,
    /// The first of them, which the picture is made of.
    pub kept: usize,
    pub layout: Layout,
    pub values: Values,
    /// Each of the samples in chunks of its own.
    pub planes: bool,
    pub packing: Packing,
    /// Samples are differences to their left neighbours.
    pub differences: bool,
    pub order: Order,
}

/// More samples of a pixel are those of no radiograph.
const MOST_SAMPLES: u64 = 6;

impl Page {
    fn of(directory: &Directory) -> Result<Self, Refusal> {
        let side = |tag| {
            let side = directory.wanted(tag)?;
            u32::try_from(side).map_err(|_| Refusal::Damaged)
        };
        let (width, height) = (side(tag::WIDTH)?, side(tag::HEIGHT)?);
        check_size(width, height)?;
        let packing = Packing::of(directory.number(tag::COMPRESSION, 1)?)?;
        let stored = directory.number(tag::SAMPLES, 1)?;
        if !(1..=MOST_SAMPLES).contains(&stored) || directory.number(tag::FILL_ORDER, 1)? != 1 {
            return Err(Kind::UnusualTiff.into());
        }
        let bits = bits(directory)?;
        let stored = stored as usize;
        let colours = Colours::of(directory)?;
        // What is stored beside the colours; the first may be how opaque the pixel is. Colours that have been multiplied by
        // that already (1) are as they look on black.
        let opaque = directory.list(tag::EXTRA_SAMPLES)?.first() == Some(&2);
        let beside = stored
            .checked_sub(colours.samples())
            .ok_or(Refusal::Damaged)?;
        let alpha = beside > 0 && opaque;
        let layout = match (&colours, alpha) {
            (Colours::Grey, false) => Layout::Grey,
            (Colours::Grey, true) => Layout::GreyAlpha,
            (Colours::Inverted, false) => Layout::InvertedGrey,
            (Colours::Rgb, true) => Layout::ColourAlpha,
            (Colours::Rgb | Colours::Palette, false) => Layout::Colour,
            (Colours::Inks, false) => Layout::Inks,
            _ => return Err(Kind::UnusualTiff.into()),
        };
        let values = match &colours {
            Colours::Palette => Values::Palette(palette(directory, bits)?),
            _ => Values::of_bits(bits),
        };
        let differences = packing.takes_differences()
            && match directory.number(tag::PREDICTOR, 1)? {
                1 => false,
                2 if bits == 8 || bits == 16 => true,
                _ => return Err(Kind::UnusualTiff.into()),
            };
        Ok(Self {
            width,
            height,
            bits,
            stored,
            kept: colours.samples() + usize::from(alpha),
            layout,
            values,
            planes: match directory.number(tag::PLANES, 1)? {
                1 => false,
                2 => stored > 1,
                _ => return Err(Refusal::Damaged),
            },
            packing,
            differences,
            order: directory.order(),
        })
    }
}

fn bits(directory: &Directory) -> Result<u8, Refusal> {
    let bits = directory.list(tag::BITS)?;
    let bits = match bits.split_first() {
        None => 1,
        Some((first, rest)) if rest.iter().all(|other| other == first) => *first,
        _ => return Err(Kind::UnusualTiff.into()),
    };
    let formats = directory.list(tag::SAMPLE_FORMAT)?;
    // 4: undefined, which is read as numbers without a sign.
    match formats.iter().find(|format| ![1, 4].contains(*format)) {
        None => {}
        Some(2) => return Err(Kind::TiffSigned.into()),
        Some(3) => return Err(Kind::TiffFloat.into()),
        Some(_) => return Err(Kind::UnusualTiff.into()),
    }
    match bits {
        1..=16 => Ok(bits as u8),
        0 => Err(Refusal::Damaged),
        deep => Err(Kind::TiffDeep {
            bits: u32::try_from(deep).unwrap_or(u32::MAX),
        }
        .into()),
    }
}

/// What the samples of a pixel mean.
enum Colours {
    /// 0 is white.
    Inverted,
    Grey,
    Rgb,
    Palette,
    Inks,
}

impl Colours {
    fn of(directory: &Directory) -> Result<Self, Refusal> {
        const CMYK: u64 = 1;
        match directory.wanted(tag::PHOTOMETRIC)? {
            0 => Ok(Self::Inverted),
            1 => Ok(Self::Grey),
            2 => Ok(Self::Rgb),
            3 => Ok(Self::Palette),
            5 if directory.number(tag::INK_SET, CMYK)? == CMYK => Ok(Self::Inks),
            _ => Err(Kind::UnusualTiff.into()),
        }
    }

    fn samples(&self) -> usize {
        match self {
            Self::Inverted | Self::Grey | Self::Palette => 1,
            Self::Rgb => 3,
            Self::Inks => 4,
        }
    }
}

/// The colours that samples of so many bits name: first all of the red, then of the green and the blue.
fn palette(directory: &Directory, bits: u8) -> Result<Vec<[u8; 3]>, Refusal> {
    if bits > 8 {
        return Err(Kind::UnusualTiff.into());
    }
    let colours = 1 << bits;
    let map = directory.list(tag::COLOUR_MAP)?;
    if map.len() < 3 * colours {
        return Err(Refusal::Damaged);
    }
    // Some programs write 8 bits where 16 are meant, and libtiff reads those so.
    let deep = map.iter().any(|&value| value > 255);
    let channel = |value: u64| match deep {
        true => rescaled(value, 16, 8) as u8,
        false => value as u8,
    };
    let colour = |at: usize| [0, 1, 2].map(|of| channel(map[of * colours + at]));
    Ok((0..colours).map(colour).collect())
}
