//! The coded data of a scan, read only as far as to know that all of it is there.
//!
//! A download that was given an end mark, or a file whose middle is lost, decodes to a film with a grey
//! part, and no decoder in Rust reports it. So the codes are counted here: ITU-T T.81, F.2 and G.2.

use jpeg_entropy::{Bits, Damaged, HuffmanTable, HuffmanTables};

use super::frame::{Component, FrameHeader};

/// What a scan header says, T.81, B.2.3.
pub(super) struct Scan {
    pub components: Vec<ScanComponent>,
    pub first: usize,
    pub last: usize,
    high_bit: u8,
    pub low_bit: u8,
}

pub(super) struct ScanComponent {
    /// Within the frame.
    pub number: usize,
    /// The Huffman tables for DC and for AC coefficients.
    dc: usize,
    ac: usize,
}

impl Scan {
    pub(super) fn read(frame: &FrameHeader, content: &[u8]) -> Option<Self> {
        let (&n, rest) = content.split_first()?;
        let n = usize::from(n);
        let &[first, last, bits] = rest.get(2 * n..)?.first_chunk()?;
        let components = rest[..2 * n].chunks_exact(2).map(|one| {
            let number = frame.components.iter().position(|own| own.id == one[0])?;
            Some(ScanComponent {
                number,
                dc: usize::from(one[1] >> 4),
                ac: usize::from(one[1] & 15),
            })
        });
        let (first, last) = match frame.progressive {
            true => (usize::from(first), usize::from(last)),
            false => (0, 63),
        };
        // The AC coefficients of a progressive file come component by component, T.81, G.1.1.1.1.
        let most = if first > 0 { 1 } else { 4 };
        (first <= last && last < 64 && (1..=most).contains(&n)).then_some(Self {
            components: components.collect::<Option<_>>()?,
            first,
            last,
            high_bit: if frame.progressive { bits >> 4 } else { 0 },
            low_bit: if frame.progressive { bits & 15 } else { 0 },
        })
    }
}

/// The tables in force, and what the earlier scans of a progressive file have left.
#[derive(Default)]
pub(super) struct Tables {
    /// Units between two restarts; 0 for none.
    pub interval: u16,
    pub huffman: HuffmanTables,
    /// For each component and block, a bit for each coefficient that is no longer 0.
    nonzero: Vec<Vec<u64>>,
}

impl Tables {
    /// The length of the scan's data up to the next marker; an error if units are missing. Where a table is
    /// missing too, as in the frames of some films, nothing can be told, and the data count as whole.
    pub(super) fn walk(
        &mut self,
        frame: &FrameHeader,
        scan: &Scan,
        data: &[u8],
    ) -> Result<usize, Damaged> {
        let mut bits = Bits::new(data);
        let layout = ScanLayout::of(frame, scan);
        if frame.progressive && self.nonzero.is_empty() {
            let blocks = |one: &Component| layout.padded(one);
            let empty = frame.components.iter().map(|one| vec![0; blocks(one)]);
            self.nonzero = empty.collect();
        }
        if self.tables_are_there(frame, scan) {
            let interval = match usize::from(self.interval) {
                0 => layout.units,
                n => n,
            };
            let mut run = 0;
            for unit in 0..layout.units {
                if unit > 0 && unit % interval == 0 {
                    bits.restart()?;
                    run = 0;
                }
                self.unit(frame, scan, &layout, unit, &mut bits, &mut run)?;
            }
        }
        Ok(bits.end())
    }

    fn tables_are_there(&self, frame: &FrameHeader, scan: &Scan) -> bool {
        let refining_dc = frame.progressive && scan.first == 0 && scan.high_bit > 0;
        scan.components.iter().all(|one| {
            (scan.first > 0 || refining_dc || self.huffman.dc(one.dc).is_some())
                && (scan.last == 0 || self.huffman.ac(one.ac).is_some())
        })
    }

    fn unit(
        &mut self,
        frame: &FrameHeader,
        scan: &Scan,
        layout: &ScanLayout,
        unit: usize,
        bits: &mut Bits,
        run: &mut u32,
    ) -> Result<(), Damaged> {
        for &ScanComponent { number, dc, ac } in &scan.components {
            for block in layout.blocks(&frame.components[number], unit) {
                let dc = || self.huffman.dc(dc).ok_or(Damaged);
                let ac = || self.huffman.ac(ac).ok_or(Damaged);
                if !frame.progressive {
                    whole_block(dc()?, ac()?, bits)?;
                } else if scan.first > 0 {
                    let nonzero = self.nonzero[number].get_mut(block).ok_or(Damaged)?;
                    match scan.high_bit {
                        0 => band(scan, ac()?, bits, run, nonzero)?,
                        _ => finer_band(scan, ac()?, bits, run, nonzero)?,
                    }
                } else if scan.high_bit == 0 {
                    let length = bits.symbol(dc()?)?;
                    bits.take(length & 15)?;
                } else {
                    bits.take(1)?;
                }
            }
        }
        Ok(())
    }
}

/// A block of a sequential scan.
fn whole_block(dc: &HuffmanTable, ac: &HuffmanTable, bits: &mut Bits) -> Result<(), Damaged> {
    let length = bits.symbol(dc)?;
    bits.take(length & 15)?;
    let mut at = 1;
    while at < 64 {
        match split(bits.symbol(ac)?) {
            (15, 0) => at += 16,
            (_, 0) => break,
            (zeros, length) => {
                bits.take(length)?;
                at += usize::from(zeros) + 1;
            }
        }
    }
    Ok(())
}

/// A block of the first scan of a band; `run` blocks more have nothing in it.
fn band(
    scan: &Scan,
    table: &HuffmanTable,
    bits: &mut Bits,
    run: &mut u32,
    nonzero: &mut u64,
) -> Result<(), Damaged> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let mut at = scan.first;
    while at <= scan.last {
        match split(bits.symbol(table)?) {
            (15, 0) => at += 16,
            (length, 0) => {
                *run = (1 << length) - 1 + bits.take(length)?;
                break;
            }
            (zeros, length) => {
                at += usize::from(zeros);
                bits.take(length)?;
                *nonzero |= 1_u64.checked_shl(at as u32).unwrap_or(0);
                at += 1;
            }
        }
    }
    Ok(())
}

/// A block of a scan that sends one bit more: each coefficient that is there already takes a bit.
fn finer_band(
    scan: &Scan,
    table: &HuffmanTable,
    bits: &mut Bits,
    run: &mut u32,
    nonzero: &mut u64,
) -> Result<(), Damaged> {
    let before = *nonzero;
    let is_there = |at: usize| before >> at & 1 == 1;
    let mut at = scan.first;
    while *run == 0 && at <= scan.last {
        let (mut zeros, length) = split(bits.symbol(table)?);
        if length > 0 {
            bits.take(1)?;
        } else if zeros < 15 {
            *run = (1 << zeros) + bits.take(zeros)?;
            break;
        }
        while at <= scan.last {
            if is_there(at) {
                bits.take(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            at += 1;
        }
        if length > 0 && at <= scan.last {
            *nonzero |= 1 << at;
        }
        at += 1;
    }
    if *run > 0 {
        for at in at..=scan.last {
            if is_there(at) {
                bits.take(1)?;
            }
        }
        *run -= 1;
    }
    Ok(())
}

fn split(symbol: u8) -> (u8, u8) {
    (symbol >> 4, symbol & 15)
}

/// Where the blocks of a scan lie.
struct ScanLayout {
    units: usize,
    units_across: usize,
    /// Blocks of a component whose scan is its own, across; `None` where components alternate.
    alone: Option<usize>,
    frame_units: (usize, usize),
}

impl ScanLayout {
    fn of(frame: &FrameHeader, scan: &Scan) -> Self {
        let most = |side: fn(&Component) -> u8| {
            let most = frame.components.iter().map(side).max();
            usize::from(most.unwrap_or(1))
        };
        let (across, down) = (most(|one| one.across), most(|one| one.down));
        let (width, height) = (usize::from(frame.width), usize::from(frame.height));
        let frame_units = (width.div_ceil(8 * across), height.div_ceil(8 * down));
        match scan.components.as_slice() {
            [one] => {
                let one = &frame.components[one.number];
                let columns = (width * usize::from(one.across))
                    .div_ceil(across)
                    .div_ceil(8);
                let rows = (height * usize::from(one.down)).div_ceil(down).div_ceil(8);
                Self {
                    units: columns * rows,
                    units_across: columns,
                    alone: Some(columns),
                    frame_units,
                }
            }
            _ => Self {
                units: frame_units.0 * frame_units.1,
                units_across: frame_units.0,
                alone: None,
                frame_units,
            },
        }
    }

    /// Blocks of a component, those beyond the film's edge included.
    fn padded(&self, one: &Component) -> usize {
        self.frame_units.0 * self.frame_units.1 * usize::from(one.across) * usize::from(one.down)
    }

    /// The numbers of a component's blocks in a unit, row-major over the padded component.
    fn blocks(&self, one: &Component, unit: usize) -> impl Iterator<Item = usize> + use<> {
        let row_length = self.frame_units.0 * usize::from(one.across);
        let (column, row) = (unit % self.units_across, unit / self.units_across);
        let (across, down) = match self.alone {
            Some(_) => (1, 1),
            None => (usize::from(one.across), usize::from(one.down)),
        };
        (0..down).flat_map(move |y| {
            (0..across).map(move |x| (row * down + y) * row_length + column * across + x)
        })
    }
}
