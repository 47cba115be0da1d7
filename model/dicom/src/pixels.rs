//! How pixels are stored, and their way to stored numbers, PS3.3, C.7.6.3 and PS3.5, 8.

mod colour;
mod samples;

pub(crate) use colour::{Palette, luma};
pub(crate) use samples::Samples;

use std::ops::Range;

use crate::{
    codec,
    data_set::{ByteOrder, DataSet, Element, Tag, Vr, tag},
    refusal::{Attribute, Compression, Refusal},
    transfer_syntax::{Storage, TransferSyntax},
};

/// Longer sides are not read, pixels.
pub const MAX_SIDE: u32 = 16_384;
/// Larger frames are not read: rows times columns times samples per pixel.
pub const MAX_SAMPLES: u64 = 100_000_000;

/// What the attributes say of the pixels.
#[derive(Clone, Debug)]
pub(crate) struct PixelFormat {
    /// In pixels, 1 to [`MAX_SIDE`].
    pub rows: u32,
    pub columns: u32,
    /// At least 1.
    pub frames: u32,
    pub colour: Colour,
    /// The lowest value is white.
    pub inverted: bool,
    /// Colour by colour instead of pixel by pixel.
    planar: bool,
    number: Number,
    order: ByteOrder,
    /// Native bytes lie in big-endian words: each two of them are exchanged.
    swapped: bool,
}

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    Grey,
    /// An index into a table of colours.
    Palette,
    Rgb,
    /// Brightness and two differences, of which brightness is the grey.
    Brightness,
    /// The same, but two pixels share their differences: Y Y Cb Cr.
    SharedDifferences,
}

/// How a number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Integer(Integer),
    Float,
    Double,
}

/// Bits that count, within those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Integer {
    /// 1, 8, 16 or 32.
    pub allocated: u32,
    /// 1 to `allocated`.
    pub stored: u32,
    /// At least `stored` - 1.
    pub high: u32,
    pub signed: bool,
}

impl Integer {
    /// The number in the stored bits: those above and below do not count.
    pub(crate) fn value(self, bits: u32) -> i64 {
        let bits = bits >> (self.high + 1 - self.stored);
        let unused = 32 - self.stored;
        match self.signed {
            true => (bits << unused).cast_signed().wrapping_shr(unused).into(),
            false => (bits << unused >> unused).into(),
        }
    }

    /// The lowest and the highest number.
    pub(crate) fn limits(self) -> (f64, f64) {
        let count = 2_f64.powi(self.stored as i32);
        match self.signed {
            true => (-count / 2.0, count / 2.0 - 1.0),
            false => (0.0, count - 1.0),
        }
    }
}

impl PixelFormat {
    pub(crate) fn read(
        data: &DataSet,
        pixels: &Element,
        syntax: TransferSyntax,
    ) -> Result<Self, Refusal> {
        let (rows, columns) = size(data)?;
        let frames = match data.get(tag::NUMBER_OF_FRAMES) {
            Some(_) if data.code(tag::NUMBER_OF_FRAMES).is_some() => {
                let frames = data.decimal(tag::NUMBER_OF_FRAMES);
                let frames = frames.filter(|&n| (0.0..=f64::from(i32::MAX)).contains(&n));
                frames.ok_or(Refusal::invalid(Attribute::Frames))? as u32
            }
            _ => 1,
        };
        let channels = data.unsigned(tag::SAMPLES_PER_PIXEL).unwrap_or(1);
        let photometric = data.code(tag::PHOTOMETRIC_INTERPRETATION);
        let mut colour = colour(photometric.as_deref(), channels, syntax)?;
        if channels != colour.channels() {
            return Err(Refusal::invalid(Attribute::Samples));
        }
        let samples = u64::from(rows) * u64::from(columns) * u64::from(channels);
        if rows.max(columns) > MAX_SIDE || samples > MAX_SAMPLES {
            return Err(Refusal::TooLarge { columns, rows });
        }
        let native = !pixels.undefined;
        let full = samples * u64::from(frames.max(1));
        if colour == Colour::SharedDifferences && (!native || pixels.value.len() as u64 >= full) {
            // Decoders give each pixel its own, and so do some writers in spite of the name.
            colour = Colour::Brightness;
        }
        let number = number(data, pixels)?;
        if colour != Colour::Grey {
            match number {
                Number::Integer(Integer {
                    allocated: 8 | 16, ..
                }) => {}
                Number::Integer(Integer { allocated, .. }) => {
                    return Err(Refusal::Bits { allocated });
                }
                Number::Float => return Err(Refusal::Bits { allocated: 32 }),
                Number::Double => return Err(Refusal::Bits { allocated: 64 }),
            }
        }
        let order = syntax.encoding.order;
        let bytes = matches!(
            number,
            Number::Integer(Integer {
                allocated: 1 | 8,
                ..
            })
        );
        Ok(Self {
            rows,
            columns,
            frames: frames.max(1),
            colour,
            inverted: colour == Colour::Grey && inverted(data, photometric.as_deref()),
            planar: channels > 1 && data.unsigned(tag::PLANAR_CONFIGURATION) == Some(1),
            number,
            order,
            swapped: native && bytes && order == ByteOrder::Big && pixels.vr != Some(Vr::OB),
        })
    }

    pub(crate) fn is_grey(&self) -> bool {
        self.colour == Colour::Grey
    }

    pub(crate) fn bits_stored(&self) -> u32 {
        match self.number {
            Number::Integer(integer) => integer.stored,
            Number::Float => 32,
            Number::Double => 64,
        }
    }

    pub(crate) fn pixels(&self) -> usize {
        self.rows as usize * self.columns as usize
    }

    /// The length of a native frame, which need not be whole bytes.
    pub(crate) fn frame_bits(&self) -> u64 {
        let allocated = match self.number {
            Number::Integer(integer) => integer.allocated,
            Number::Float => 32,
            Number::Double => 64,
        };
        self.pixels() as u64 * u64::from(self.colour.stored_channels()) * u64::from(allocated)
    }

    /// The samples of a native frame.
    pub(crate) fn unpack(&self, bytes: &[u8], frame: u32) -> Result<Samples, Refusal> {
        let begin = self.frame_bits() * u64::from(frame);
        let end = begin + self.frame_bits();
        let place = (begin / 8) as usize..end.div_ceil(8) as usize;
        let count = self.pixels() * self.colour.stored_channels() as usize;
        let swapped: Vec<u8>;
        let bytes = match self.swapped {
            true => {
                swapped = exchanged(bytes, place).ok_or(Refusal::Truncated)?;
                &swapped
            }
            false => bytes.get(place).ok_or(Refusal::Truncated)?,
        };
        Ok(match self.number {
            Number::Integer(integer) => {
                let shape = (count, (begin % 8) as usize);
                samples::integers(bytes, self.order, integer, shape, self.planar_pixels())
            }
            Number::Float => samples::floats(bytes, self.order),
            Number::Double => samples::doubles(bytes, self.order),
        })
    }

    /// The samples of a compressed frame.
    pub(crate) fn decompress(
        &self,
        compression: Compression,
        stream: &[u8],
    ) -> Result<Samples, Refusal> {
        let Number::Integer(integer) = self.number else {
            return Err(Refusal::Unusual { compression });
        };
        codec::decode(compression, stream, self, integer)
    }

    fn planar_pixels(&self) -> Option<usize> {
        self.planar.then(|| self.pixels())
    }
}

impl Colour {
    /// As the attribute counts them.
    pub(crate) fn channels(self) -> u32 {
        match self {
            Self::Grey | Self::Palette => 1,
            Self::Rgb | Self::Brightness | Self::SharedDifferences => 3,
        }
    }

    fn stored_channels(self) -> u32 {
        match self {
            Self::SharedDifferences => 2,
            colour => colour.channels(),
        }
    }
}

fn size(data: &DataSet) -> Result<(u32, u32), Refusal> {
    let size = data.unsigned(tag::ROWS).zip(data.unsigned(tag::COLUMNS));
    let (rows, columns) = size.ok_or(Refusal::Missing {
        attribute: Attribute::Size,
    })?;
    match rows > 0 && columns > 0 {
        true => Ok((rows, columns)),
        false => Err(Refusal::invalid(Attribute::Size)),
    }
}

fn number(data: &DataSet, pixels: &Element) -> Result<Number, Refusal> {
    match pixels.tag {
        tag::FLOAT_PIXEL_DATA => return Ok(Number::Float),
        tag::DOUBLE_PIXEL_DATA => return Ok(Number::Double),
        Tag(..) => {}
    }
    let allocated = data.unsigned(tag::BITS_ALLOCATED).ok_or(Refusal::Missing {
        attribute: Attribute::Bits,
    })?;
    if !matches!(allocated, 1 | 8 | 16 | 32) {
        return Err(Refusal::Bits { allocated });
    }
    let stored = data.unsigned(tag::BITS_STORED).unwrap_or(allocated);
    if stored == 0 || stored > allocated {
        return Err(Refusal::invalid(Attribute::Bits));
    }
    // A high bit that leaves no room for the stored ones is a slip of the writer's.
    let high = data
        .unsigned(tag::HIGH_BIT)
        .filter(|high| (stored - 1..allocated).contains(high));
    Ok(Number::Integer(Integer {
        allocated,
        stored,
        high: high.unwrap_or(stored - 1),
        signed: data.unsigned(tag::PIXEL_REPRESENTATION) == Some(1),
    }))
}

fn colour(name: Option<&str>, channels: u32, syntax: TransferSyntax) -> Result<Colour, Refusal> {
    Ok(match (name, channels) {
        (Some("MONOCHROME1" | "MONOCHROME2"), _) | (None, 1) => Colour::Grey,
        (Some("PALETTE COLOR"), _) => Colour::Palette,
        (Some("RGB"), _) | (None, 3) => Colour::Rgb,
        // The decoder undoes these two.
        (Some("YBR_ICT" | "YBR_RCT"), _)
            if syntax.pixels == Storage::Compressed(Compression::Jpeg2000) =>
        {
            Colour::Rgb
        }
        (Some("YBR_FULL" | "YBR_ICT" | "YBR_RCT"), _) => Colour::Brightness,
        (Some("YBR_FULL_422"), _) => Colour::SharedDifferences,
        (Some(name), _) => return Err(Refusal::Colour { name: name.into() }),
        (None, _) => return Err(Refusal::invalid(Attribute::Samples)),
    })
}

/// The shape of the presentation table goes first, PS3.3, C.11.6.1.2; else the photometric interpretation.
fn inverted(data: &DataSet, photometric: Option<&str>) -> bool {
    match data.code(tag::PRESENTATION_LUT_SHAPE).as_deref() {
        Some("INVERSE") => true,
        Some("IDENTITY") => false,
        _ => photometric == Some("MONOCHROME1"),
    }
}

/// The bytes of a place, taken from big-endian words.
fn exchanged(bytes: &[u8], place: Range<usize>) -> Option<Vec<u8>> {
    place.map(|at| bytes.get(at ^ 1).copied()).collect()
}
