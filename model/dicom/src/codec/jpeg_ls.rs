//! JPEG-LS, lossless and near-lossless, ITU-T T.87.

mod bits;
mod context;
mod line;

use super::{
    Decoded, Fault, Shape,
    markers::{END, Markers, RESTART_INTERVAL, SCAN, Scanned},
};
use bits::Bits;
use context::{Coder, Preset};

const FRAME: u8 = 0xF7;
const PARAMETERS: u8 = 0xF8;
/// Where HP's programs note a transform of colours.
const HP: u8 = 0xE8;

/// How the components of a scan alternate, T.87, C.2.3.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Interleaving {
    None,
    Line,
    Sample,
}

struct FrameHeader {
    precision: u32,
    /// Identifiers.
    components: Vec<u8>,
}

struct ScanHeader {
    /// Numbers within the frame.
    components: Vec<usize>,
    near: i32,
    interleaving: Interleaving,
    low_bit: u8,
}

pub(super) fn decode(stream: &[u8], shape: Shape) -> Result<Decoded, Fault> {
    let mut markers = Markers::new(stream)?;
    let mut frame = None;
    let mut preset = Preset::default();
    let mut scanned = Scanned::default();
    let mut words = Vec::new();
    loop {
        let (marker, content) = markers.next()?;
        match marker {
            FRAME if frame.is_none() => {
                frame = Some(FrameHeader::read(content, shape)?);
                words = vec![0; shape.samples()];
            }
            PARAMETERS => preset = Preset::read(content)?,
            SCAN => {
                let frame = frame.as_ref().ok_or(Fault::Damaged)?;
                let scan = ScanHeader::read(content, frame)?;
                for &number in &scan.components {
                    scanned.add(number)?;
                }
                let coder = Coder::new(&preset, frame.precision, scan.near)?;
                let length = read_scan(&scan, coder, markers.data(), shape, &mut words)?;
                markers.skip(length);
                if scanned.is_all(shape.channels) {
                    break;
                }
            }
            END => return Err(Fault::Damaged),
            RESTART_INTERVAL if content.iter().any(|&byte| byte != 0) => {
                return Err(Fault::Unusual);
            }
            HP if content.starts_with(b"mrfx") && content.get(4) != Some(&0) => {
                return Err(Fault::Unusual);
            }
            0xC0..=0xC3 | 0xC5..=0xCF => return Err(Fault::Unusual),
            _ => {}
        }
    }
    let precision = frame.ok_or(Fault::Damaged)?.precision;
    Ok(Decoded {
        words,
        precision,
        colour: None,
    })
}

impl FrameHeader {
    fn read(content: &[u8], shape: Shape) -> Result<Self, Fault> {
        let &[precision, a, b, c, d, n, ref rest @ ..] = content else {
            return Err(Fault::Damaged);
        };
        let (entries, _) = rest.as_chunks::<3>();
        let components: Vec<u8> = entries
            .iter()
            .take(usize::from(n))
            .map(|entry| entry[0])
            .collect();
        let size = |high, low| usize::from(u16::from_be_bytes([high, low]));
        shape.check(size(c, d), size(a, b), usize::from(n))?;
        match (2..=16).contains(&precision) && components.len() == usize::from(n) {
            true => Ok(Self {
                precision: precision.into(),
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
        let &[near, interleaving, bits] = rest.first_chunk().ok_or(Fault::Damaged)?;
        let mut components = Vec::new();
        for &[id, table] in entries.as_chunks::<2>().0 {
            if table != 0 {
                // The samples are indices into a table of the stream.
                return Err(Fault::Unusual);
            }
            let number = frame.components.iter().position(|&own| own == id);
            components.push(number.ok_or(Fault::Damaged)?);
        }
        let interleaving = match (interleaving, components.len()) {
            (_, 1) => Interleaving::None,
            (1, 2..) => Interleaving::Line,
            (2, 2..) => Interleaving::Sample,
            _ => return Err(Fault::Damaged),
        };
        Ok(Self {
            components,
            near: near.into(),
            interleaving,
            low_bit: bits & 15,
        })
    }
}

/// Two lines of a component, each with a sample more at both ends: those beyond the edges, T.87, A.2.1.
struct Lines {
    above: Vec<i32>,
    own: Vec<i32>,
}

impl Lines {
    fn next(&mut self, width: usize) {
        std::mem::swap(&mut self.above, &mut self.own);
        self.above[width + 1] = self.above[width];
        self.own[0] = self.above[1];
    }
}

/// Puts the samples of a scan into `words`. Returns the length of the data.
fn read_scan(
    scan: &ScanHeader,
    mut coder: Coder,
    data: &[u8],
    shape: Shape,
    words: &mut [u16],
) -> Result<usize, Fault> {
    let mut bits = Bits::new(data);
    let new = || Lines {
        above: vec![0; shape.width + 2],
        own: vec![0; shape.width + 2],
    };
    let mut lines: Vec<Lines> = scan.components.iter().map(|_| new()).collect();
    let mut run_index = vec![0; lines.len()];
    for row in 0..shape.height {
        lines.iter_mut().for_each(|lines| lines.next(shape.width));
        if scan.interleaving == Interleaving::Sample {
            line::read_interleaved(&mut coder, &mut bits, &mut lines, &mut run_index[0])?;
        } else {
            for (lines, run_index) in lines.iter_mut().zip(&mut run_index) {
                line::read(&mut coder, &mut bits, lines, run_index)?;
            }
        }
        let begin = row * shape.width * shape.channels;
        for (lines, number) in lines.iter().zip(&scan.components) {
            let places = words[begin..]
                .iter_mut()
                .skip(*number)
                .step_by(shape.channels);
            for (place, &sample) in places.zip(&lines.own[1..=shape.width]) {
                *place = (sample as u16) << scan.low_bit;
            }
        }
    }
    Ok(bits.position())
}
