//! JPEG 2000: the wrapper of hayro-jpeg2000, which is right for the numbers but asks its caller to judge the stream,
//! ITU-T T.800, A.

use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

use super::{Decoded, Fault, Shape};

const START: u8 = 0x4F;
const CAPABILITIES: u8 = 0x50;
const SIZE: u8 = 0x51;
const CODING_STYLE: u8 = 0x52;
const COMPONENT_CODING_STYLE: u8 = 0x53;
const TILE_PART: u8 = 0x90;
const DATA: u8 = 0x93;
const END: u8 = 0xD9;

/// More tiles than this are not decoded: a picture has one or some hundreds.
const MOST_TILES: u64 = 65_535;
/// Code blocks and precincts of all components: 100,000,000 samples in blocks of 16 by 16 are 390,000.
const MOST_PARTS: u64 = 1 << 20;

pub(super) fn decode(stream: &[u8], shape: Shape) -> Result<Decoded, Fault> {
    let stream = codestream(stream)?;
    let header = Header::read(stream, shape)?;
    let settings = DecodeSettings {
        resolve_palette_indices: false,
        strict: true,
        target_resolution: None,
    };
    let image = Image::new(stream, &settings).map_err(|_| Fault::Damaged)?;
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(|_| Fault::Damaged)?;
    let components = decoded.components();
    let whole = |samples: &[f32]| samples.len() == shape.width * shape.height;
    if components.len() != shape.channels || !components.iter().all(|one| whole(one.samples())) {
        return Err(Fault::Damaged);
    }
    // The decoder lifts signed samples by half of their range.
    let lifted = match header.signed {
        true => 1 << (header.precision - 1),
        false => 0,
    };
    let white = ((1_u32 << header.precision) - 1) as f32;
    let mut words = vec![0; shape.samples()];
    for (number, component) in components.iter().enumerate() {
        let places = words.iter_mut().skip(number).step_by(shape.channels);
        for (place, &sample) in places.zip(component.samples()) {
            *place = (sample.round().clamp(0.0, white) as i32 - lifted) as u16;
        }
    }
    Ok(Decoded {
        words,
        precision: header.precision,
        colour: None,
    })
}

/// Some writers leave the boxes of a JP2 file around the stream.
fn codestream(stream: &[u8]) -> Result<&[u8], Fault> {
    let begin = [0xFF, START, 0xFF, SIZE];
    let boxed = stream.starts_with(b"\0\0\0\x0CjP  ");
    let at = match boxed {
        true => stream.windows(4).position(|bytes| bytes == begin),
        false => stream.starts_with(&begin).then_some(0),
    };
    at.map(|at| &stream[at..]).ok_or(Fault::Damaged)
}

struct Header {
    /// 1 to 16.
    precision: u32,
    signed: bool,
}

impl Header {
    /// Reads the size, T.800, A.5.1, and follows the tile parts to the end: a decoder fills what is missing.
    fn read(stream: &[u8], shape: Shape) -> Result<Self, Fault> {
        let size = segment(stream, 2)?;
        let long = |at: usize| -> Result<u32, Fault> {
            let bytes = size.get(at..).and_then(|rest| rest.first_chunk());
            Ok(u32::from_be_bytes(*bytes.ok_or(Fault::Damaged)?))
        };
        let extent = |at: usize| -> Result<u32, Fault> {
            long(at)?.checked_sub(long(at + 8)?).ok_or(Fault::Damaged)
        };
        let (width, height) = (extent(2)? as usize, extent(6)? as usize);
        let count = size.get(34..36).ok_or(Fault::Damaged)?;
        let components = size[36..].as_chunks::<3>().0;
        if usize::from(u16::from_be_bytes([count[0], count[1]])) != components.len() {
            return Err(Fault::Damaged);
        }
        shape.check(width, height, components.len())?;
        let tiles = |picture: u32, tile: u32| u64::from(picture.div_ceil(tile.max(1)));
        let tiles = tiles(long(2)?, long(18)?) * tiles(long(6)?, long(22)?);
        if tiles > MOST_TILES {
            return Err(Fault::Unusual);
        }
        let &[first, ..] = components.first().ok_or(Fault::Damaged)?;
        let alike = components
            .iter()
            .all(|&component| component == [first, 1, 1]);
        let precision = u32::from(first & 0x7F) + 1;
        if !alike || precision > 16 {
            return Err(Fault::Unusual);
        }
        check_parts(stream, shape, tiles as usize)?;
        Ok(Self {
            precision,
            signed: first & 0x80 != 0,
        })
    }
}

/// The content of the segment whose marker stands at `at`.
fn segment(stream: &[u8], at: usize) -> Result<&[u8], Fault> {
    let rest = stream.get(at + 2..).ok_or(Fault::Damaged)?;
    let length: &[u8; 2] = rest.first_chunk().ok_or(Fault::Damaged)?;
    rest.get(2..usize::from(u16::from_be_bytes(*length)))
        .ok_or(Fault::Damaged)
}

/// From tile part to tile part by their lengths, T.800, A.4.2.
fn check_parts(stream: &[u8], shape: Shape, tiles: usize) -> Result<(), Fault> {
    let mut at = 2;
    let mut is_there = vec![false; tiles];
    loop {
        match stream.get(at..at + 2) {
            Some(&[0xFF, END]) if is_there.iter().all(|&tile| tile) => return Ok(()),
            // High throughput, under the name of the other.
            Some(&[0xFF, CAPABILITIES]) => return Err(Fault::Unusual),
            Some(&[0xFF, TILE_PART]) => {
                let part = segment(stream, at)?;
                let &[high, low] = part.first_chunk().ok_or(Fault::Damaged)?;
                let tile = usize::from(u16::from_be_bytes([high, low]));
                *is_there.get_mut(tile).ok_or(Fault::Damaged)? = true;
                let length = part.get(2..6).and_then(|bytes| bytes.first_chunk());
                let length = u32::from_be_bytes(*length.ok_or(Fault::Damaged)?) as usize;
                check_part_header(stream, at + 4 + part.len(), shape)?;
                at = match length {
                    // The last may leave its length open: to the end mark, which padding may follow.
                    0 => {
                        let end = stream.iter().rposition(|&byte| byte != 0).unwrap_or(0);
                        end.saturating_sub(1).max(at + 1)
                    }
                    1..14 => return Err(Fault::Damaged),
                    length => at + length,
                };
            }
            Some(&[0xFF, marker]) if marker != DATA => {
                let content = segment(stream, at)?;
                check_style(marker, content, shape)?;
                at += 4 + content.len();
            }
            _ => return Err(Fault::Damaged),
        }
    }
}

/// From `at` to the data of a tile part.
fn check_part_header(stream: &[u8], mut at: usize, shape: Shape) -> Result<(), Fault> {
    loop {
        match stream.get(at..at + 2) {
            Some(&[0xFF, DATA]) => return Ok(()),
            Some(&[0xFF, marker]) => {
                let content = segment(stream, at)?;
                check_style(marker, content, shape)?;
                at += 4 + content.len();
            }
            _ => return Err(Fault::Damaged),
        }
    }
}

/// The decoder takes memory for each precinct and code block: so many that no encoder makes them are refused, T.800,
/// A.6.1 and A.6.2.
fn check_style(marker: u8, content: &[u8], shape: Shape) -> Result<(), Fault> {
    let (own_precincts, style) = match marker {
        CODING_STYLE => (content.first(), content.get(5..)),
        COMPONENT_CODING_STYLE => (content.get(1), content.get(2..)),
        _ => return Ok(()),
    };
    let own_precincts = own_precincts.ok_or(Fault::Damaged)? & 1 == 1;
    let &[levels, across, down, _, _, ref precincts @ ..] = style.ok_or(Fault::Damaged)? else {
        return Err(Fault::Damaged);
    };
    if levels > 32 || across > 8 || down > 8 || across + down > 8 {
        return Err(Fault::Damaged);
    }
    let samples = (shape.width * shape.height * shape.channels) as u64;
    let mut parts = samples >> (across + down + 4);
    if own_precincts {
        let precincts = precincts
            .get(..usize::from(levels) + 1)
            .ok_or(Fault::Damaged)?;
        for (&exponents, level) in precincts.iter().rev().zip(0..) {
            let side = |length: usize, exponent: u8| (length as u64 >> level >> exponent) + 1;
            let count = side(shape.width, exponents & 15) * side(shape.height, exponents >> 4);
            parts += count * shape.channels as u64;
        }
    }
    match parts <= MOST_PARTS {
        true => Ok(()),
        false => Err(Fault::Unusual),
    }
}
