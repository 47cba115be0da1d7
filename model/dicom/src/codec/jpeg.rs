//! JPEG: sequential of 8 and 12 bits (processes 1, 2, 4) and lossless (process 14), with Huffman codes, ITU-T T.81.

mod blocks;
mod dct;
mod lossless;

use super::{
    Decoded, Fault, Shape,
    markers::{END, Markers, RESTART_INTERVAL, SCAN, Scanned},
};
use crate::pixels::Colour;
use blocks::Planes;
use jpeg_entropy::HuffmanTables;

const HUFFMAN_TABLES: u8 = 0xC4;
const QUANTIZATION_TABLES: u8 = 0xDB;
const ADOBE: u8 = 0xEE;

/// The tables in force.
#[derive(Default)]
struct Tables {
    huffman: HuffmanTables,
    /// In the order of the coefficients in the stream.
    quantization: [Option<[u16; 64]>; 4],
    /// Units between two restarts; 0 for none.
    restart_interval: usize,
}

/// What the frame header says, T.81, B.2.2.
struct FrameHeader {
    /// 2 to 16.
    precision: u8,
    width: usize,
    height: usize,
    components: Vec<Component>,
}

struct Component {
    id: u8,
    /// Samples of this component in a unit of all, 1 to 4.
    across: usize,
    down: usize,
    quantization: usize,
}

/// What a scan header says, T.81, B.2.3.
struct ScanHeader {
    components: Vec<ScanComponent>,
    /// The predictor, where lossless.
    selection: u8,
    /// The point transform, where lossless.
    low_bit: u8,
}

struct ScanComponent {
    /// Within the frame.
    number: usize,
    /// The Huffman table for DC coefficients, or for lossless differences.
    dc: usize,
    /// That for AC coefficients.
    ac: usize,
}

/// Samples of the frame so far.
enum Picture {
    /// Pixel by pixel.
    Lossless(Vec<u16>),
    Blocks(Planes),
}

pub(super) fn decode(stream: &[u8], shape: Shape) -> Result<Decoded, Fault> {
    let mut markers = Markers::new(stream)?;
    let mut tables = Tables::default();
    let mut frame: Option<(FrameHeader, Picture)> = None;
    let mut colour = None;
    let mut scanned = Scanned::default();
    loop {
        let (marker, content) = markers.next()?;
        match marker {
            HUFFMAN_TABLES => tables.huffman.define(content)?,
            QUANTIZATION_TABLES => tables.read_quantization(content)?,
            RESTART_INTERVAL => {
                let interval = content.first_chunk().ok_or(Fault::Damaged)?;
                tables.restart_interval = u16::from_be_bytes(*interval).into();
            }
            // Baseline, extended sequential, lossless.
            0xC0 | 0xC1 | 0xC3 if frame.is_none() => {
                let header = FrameHeader::read(content)?;
                shape.check(header.width, header.height, header.components.len())?;
                let picture = match marker {
                    0xC3 => Picture::Lossless(vec![0; shape.samples()]),
                    _ => Picture::Blocks(Planes::new(&header)?),
                };
                frame = Some((header, picture));
            }
            0xC0..=0xCF => return Err(Fault::Unusual),
            ADOBE if content.starts_with(b"Adobe") => {
                colour = match content.get(11) {
                    Some(0) => Some(Colour::Rgb),
                    Some(1) => Some(Colour::Brightness),
                    _ => None,
                };
            }
            SCAN => {
                let (header, picture) = frame.as_mut().ok_or(Fault::Damaged)?;
                let scan = ScanHeader::read(content, header)?;
                for component in &scan.components {
                    scanned.add(component.number)?;
                }
                let length = match picture {
                    Picture::Lossless(samples) => {
                        lossless::scan(header, &scan, &tables, markers.data(), samples)?
                    }
                    Picture::Blocks(planes) => {
                        blocks::scan(header, &scan, &tables, markers.data(), planes)?
                    }
                };
                markers.skip(length);
                // The end mark is not waited for: some writers forget it, and all samples are there.
                if scanned.is_all(shape.channels) {
                    break;
                }
            }
            END => return Err(Fault::Damaged),
            _ => {}
        }
    }
    let (header, picture) = frame.ok_or(Fault::Damaged)?;
    Ok(Decoded {
        words: match picture {
            Picture::Lossless(samples) => samples,
            Picture::Blocks(planes) => planes.interleaved(&header),
        },
        precision: header.precision.into(),
        colour: colour.filter(|_| shape.channels == 3),
    })
}

impl FrameHeader {
    fn read(content: &[u8]) -> Result<Self, Fault> {
        let &[precision, a, b, c, d, n, ref rest @ ..] = content else {
            return Err(Fault::Damaged);
        };
        let (entries, _) = rest.as_chunks::<3>();
        let components = entries
            .iter()
            .take(usize::from(n))
            .map(|&[id, sampling, table]| Component {
                id,
                across: usize::from(sampling >> 4),
                down: usize::from(sampling & 15),
                quantization: usize::from(table),
            });
        let components: Vec<_> = components.collect();
        let sampled =
            |one: &Component| (1..=4).contains(&one.across) && (1..=4).contains(&one.down);
        let sound = components.len() == usize::from(n) && components.iter().all(sampled);
        match sound && (2..=16).contains(&precision) {
            true => Ok(Self {
                precision,
                height: usize::from(u16::from_be_bytes([a, b])),
                width: usize::from(u16::from_be_bytes([c, d])),
                components,
            }),
            false => Err(Fault::Damaged),
        }
    }
}

impl ScanHeader {
    fn read(content: &[u8], frame: &FrameHeader) -> Result<Self, Fault> {
        let (&n, rest) = content.split_first().ok_or(Fault::Damaged)?;
        let (entries, rest) = rest
            .split_at_checked(2 * usize::from(n))
            .ok_or(Fault::Damaged)?;
        let &[selection, _, bits] = rest.first_chunk().ok_or(Fault::Damaged)?;
        let components = entries.as_chunks::<2>().0.iter().map(|&[id, tables]| {
            let number = frame.components.iter().position(|own| own.id == id);
            Ok(ScanComponent {
                number: number.ok_or(Fault::Damaged)?,
                dc: usize::from(tables >> 4),
                ac: usize::from(tables & 15),
            })
        });
        let components: Vec<_> = components.collect::<Result<_, Fault>>()?;
        match components.is_empty() || components.len() > 4 {
            true => Err(Fault::Damaged),
            false => Ok(Self {
                components,
                selection,
                low_bit: bits & 15,
            }),
        }
    }
}

impl Tables {
    fn read_quantization(&mut self, mut content: &[u8]) -> Result<(), Fault> {
        while let Some((&head, rest)) = content.split_first() {
            let size = if head >> 4 == 0 { 1 } else { 2 };
            let (steps, rest) = rest.split_at_checked(64 * size).ok_or(Fault::Damaged)?;
            let place = self
                .quantization
                .get_mut(usize::from(head & 15))
                .ok_or(Fault::Damaged)?;
            let mut table = [0; 64];
            for (entry, bytes) in table.iter_mut().zip(steps.chunks_exact(size)) {
                *entry = bytes
                    .iter()
                    .fold(0, |high, &byte| high << 8 | u16::from(byte));
            }
            *place = Some(table);
            content = rest;
        }
        Ok(())
    }
}
