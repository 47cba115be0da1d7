//! Sequential JPEG: blocks of 8 by 8 samples, T.81, F.

use jpeg_entropy::{Bits, HuffmanTable};

use super::{Component, Fault, FrameHeader, ScanComponent, ScanHeader, Tables, dct::samples};

/// Where a coefficient of the stream stands in its block, T.81, figure A.6.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// The samples of each component, in whole units.
pub(super) struct Planes(Vec<Plane>);

struct Plane {
    /// Of a row, in samples.
    stride: usize,
    samples: Vec<u16>,
}

impl Planes {
    pub(super) fn new(frame: &FrameHeader) -> Result<Self, Fault> {
        if !matches!(frame.precision, 8 | 12) {
            return Err(Fault::Unusual);
        }
        let (columns, rows) = frame.units();
        let planes = frame.components.iter().map(|one| {
            let stride = columns * one.across * 8;
            Plane {
                stride,
                samples: vec![0; stride * rows * one.down * 8],
            }
        });
        Ok(Self(planes.collect()))
    }

    /// Pixel by pixel; a component with fewer samples is repeated.
    pub(super) fn interleaved(self, frame: &FrameHeader) -> Vec<u16> {
        let (across, down) = frame.sampling();
        let mut words = Vec::with_capacity(frame.width * frame.height * self.0.len());
        for row in 0..frame.height {
            let lines = self.0.iter().zip(&frame.components).map(|(plane, one)| {
                let begin = row * one.down / down * plane.stride;
                (&plane.samples[begin..begin + plane.stride], one.across)
            });
            let lines: Vec<_> = lines.collect();
            match lines.as_slice() {
                [(line, _)] => words.extend_from_slice(&line[..frame.width]),
                lines => {
                    let pixel = |column| {
                        lines
                            .iter()
                            .map(move |(line, own)| line[column * own / across])
                    };
                    words.extend((0..frame.width).flat_map(pixel));
                }
            }
        }
        words
    }
}

impl FrameHeader {
    /// The most samples of a component in a unit.
    fn sampling(&self) -> (usize, usize) {
        let most =
            |side: fn(&Component) -> usize| self.components.iter().map(side).max().unwrap_or(1);
        (most(|one| one.across), most(|one| one.down))
    }

    /// Units of all components: columns and rows.
    fn units(&self) -> (usize, usize) {
        let (across, down) = self.sampling();
        (
            self.width.div_ceil(8 * across),
            self.height.div_ceil(8 * down),
        )
    }

    /// Blocks of a component that hold samples of the picture: columns and rows.
    fn blocks(&self, one: &Component) -> (usize, usize) {
        let (across, down) = self.sampling();
        let blocks =
            |length: usize, own: usize, most: usize| (length * own).div_ceil(most).div_ceil(8);
        (
            blocks(self.width, one.across, across),
            blocks(self.height, one.down, down),
        )
    }
}

/// What decodes the blocks of one component.
struct Channel<'a> {
    number: usize,
    dc: &'a HuffmanTable,
    ac: &'a HuffmanTable,
    quantization: &'a [u16; 64],
    /// The DC coefficient of the block before.
    before: i32,
}

impl<'a> Channel<'a> {
    fn new(
        frame: &FrameHeader,
        scanned: &ScanComponent,
        tables: &'a Tables,
    ) -> Result<Self, Fault> {
        let number = scanned.number;
        let quantization = tables
            .quantization
            .get(frame.components[number].quantization);
        Ok(Self {
            number,
            dc: tables.huffman.dc(scanned.dc).ok_or(Fault::Damaged)?,
            ac: tables.huffman.ac(scanned.ac).ok_or(Fault::Damaged)?,
            quantization: quantization
                .and_then(Option::as_ref)
                .ok_or(Fault::Damaged)?,
            before: 0,
        })
    }

    /// The next block's coefficients, times their steps.
    fn block(&mut self, bits: &mut Bits) -> Result<[f32; 64], Fault> {
        let mut block = [0.0; 64];
        let length = bits.symbol(self.dc)?;
        let difference = bits.number(length.min(16))?;
        self.before = self.before.wrapping_add(difference);
        block[0] = self.before as f32 * f32::from(self.quantization[0]);
        let mut at = 1;
        while at < 64 {
            let symbol = bits.symbol(self.ac)?;
            match (symbol >> 4, symbol & 15) {
                (15, 0) => at += 16,
                (_, 0) => break,
                (zeros, length) => {
                    at += usize::from(zeros);
                    let number = bits.number(length)? as f32;
                    let place = *ZIGZAG.get(at).ok_or(Fault::Damaged)?;
                    block[usize::from(place)] = number * f32::from(self.quantization[at]);
                    at += 1;
                }
            }
        }
        Ok(block)
    }
}

/// Puts the blocks of a scan into the planes. Returns the length of the data.
pub(super) fn scan(
    frame: &FrameHeader,
    scan: &ScanHeader,
    tables: &Tables,
    data: &[u8],
    planes: &mut Planes,
) -> Result<usize, Fault> {
    let channels = scan
        .components
        .iter()
        .map(|one| Channel::new(frame, one, tables));
    let mut channels: Vec<_> = channels.collect::<Result<_, _>>()?;
    // A component in a scan of its own has no units, T.81, A.2.2.
    let alone = channels.len() == 1;
    let (columns, rows) = match channels.as_slice() {
        [one] => frame.blocks(&frame.components[one.number]),
        _ => frame.units(),
    };
    let mut bits = Bits::new(data);
    for unit in 0..columns * rows {
        if tables.restart_interval > 0 && unit > 0 && unit % tables.restart_interval == 0 {
            bits.restart()?;
            channels.iter_mut().for_each(|channel| channel.before = 0);
        }
        for channel in &mut channels {
            let component = &frame.components[channel.number];
            let (across, down) = match alone {
                true => (1, 1),
                false => (component.across, component.down),
            };
            let plane = &mut planes.0[channel.number];
            for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
                let block = channel.block(&mut bits)?;
                let (column, row) = (unit % columns * across + x, unit / columns * down + y);
                let begin = row * 8 * plane.stride + column * 8;
                let lines = plane.samples[begin..].chunks_mut(plane.stride);
                for (line, own) in lines.zip(samples(&block, frame.precision).as_chunks::<8>().0) {
                    line[..8].copy_from_slice(own);
                }
            }
        }
    }
    Ok(bits.end())
}
