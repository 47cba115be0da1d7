//! Compressed pixels to samples. A decoder takes the stream of one frame and refuses it before it takes memory if it is
//! not of the size the object says.

mod jpeg;
mod jpeg_2000;
mod jpeg_ls;
mod markers;
mod rle;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::{
    pixels::{Colour, Integer, PixelFormat, Samples, luma},
    refusal::{Attribute, Compression, Refusal},
};

/// Why a stream gives no samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Ends early or makes no sense.
    Damaged,
    /// Makes sense, but is of a kind that is not read.
    Unusual,
    /// Another size than the object's.
    Size,
    /// Another number of samples per pixel than the object's.
    Channels,
}

impl From<jpeg_entropy::Damaged> for Fault {
    fn from(_: jpeg_entropy::Damaged) -> Self {
        Self::Damaged
    }
}

/// What a stream must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
}

impl Shape {
    fn samples(self) -> usize {
        self.width * self.height * self.channels
    }

    /// Compares with what the header of a stream says.
    fn check(self, width: usize, height: usize, channels: usize) -> Result<(), Fault> {
        if (self.width, self.height) != (width, height) {
            return Err(Fault::Size);
        }
        match self.channels == channels {
            true => Ok(()),
            false => Err(Fault::Channels),
        }
    }
}

/// The samples of a stream, pixel by pixel; negative ones as two's complement.
pub(crate) struct Decoded {
    words: Vec<u16>,
    /// Bits of a sample, 1 to 16.
    precision: u32,
    /// Where the stream says by itself what its three samples mean.
    colour: Option<Colour>,
}

pub(crate) fn decode(
    compression: Compression,
    stream: &[u8],
    format: &PixelFormat,
    integer: Integer,
) -> Result<Samples, Refusal> {
    let refusal = |fault| match fault {
        Fault::Damaged => Refusal::DamagedPixels { compression },
        Fault::Unusual => Refusal::Unusual { compression },
        Fault::Size => Refusal::invalid(Attribute::Size),
        Fault::Channels => Refusal::invalid(Attribute::Samples),
    };
    let shape = Shape {
        width: format.columns as usize,
        height: format.rows as usize,
        channels: format.colour.channels() as usize,
    };
    let decoded = match compression {
        Compression::Rle => return rle::decode(stream, shape, integer).map_err(refusal),
        Compression::Deflate => {
            let length = format.frame_bits().div_ceil(8) as usize;
            return format.unpack(&inflate(stream, length)?, 0);
        }
        Compression::Jpeg | Compression::JpegLossless => jpeg::decode(stream, shape),
        Compression::JpegLs => jpeg_ls::decode(stream, shape),
        Compression::Jpeg2000 => jpeg_2000::decode(stream, shape),
    };
    let Decoded {
        mut words,
        precision,
        colour,
    } = decoded.map_err(refusal)?;
    as_object_says(&mut words, colour, format.colour);
    Ok(Samples::Words {
        words,
        integer: within(precision, integer),
    })
}

/// Where the stored bits are in a sample of the stream: it may have fewer bits than the object's words, whose high bit
/// then is not in it.
fn within(precision: u32, integer: Integer) -> Integer {
    let stored = integer.stored.min(precision);
    Integer {
        allocated: 16,
        stored,
        high: match precision > integer.high {
            true => integer.high,
            false => stored - 1,
        },
        ..integer
    }
}

/// Colours as the object has them, where the stream has the others.
fn as_object_says(words: &mut [u16], stream: Option<Colour>, object: Colour) {
    for pixel in words.as_chunks_mut::<3>().0 {
        match (stream, object) {
            (Some(Colour::Rgb), Colour::Brightness) => pixel[0] = luma(*pixel),
            (Some(Colour::Brightness), Colour::Rgb) => *pixel = [pixel[0]; 3],
            _ => return,
        }
    }
}

/// At most `limit` bytes.
pub(crate) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let inflated = decompress_to_vec_with_limit(bytes, limit);
    inflated.map_err(|_| Refusal::DamagedPixels {
        compression: Compression::Deflate,
    })
}
