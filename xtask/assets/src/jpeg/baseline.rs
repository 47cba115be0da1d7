//! Reads a baseline file of one component and one scan, as the `image` crate's encoder writes it.

use std::collections::HashMap;

use super::{
    Quantized,
    huffman::{Code, Table},
    marker,
};
use crate::error::{AssetError, Result};

pub fn read(jpeg: &[u8]) -> Result<Quantized> {
    read_segments(jpeg).ok_or_else(|| AssetError::format("JPEG", "not baseline in grey"))
}

fn read_segments(jpeg: &[u8]) -> Option<Quantized> {
    let (mut quantization, mut frame) = (None, None);
    let mut tables = [None, None];
    let mut rest = jpeg.strip_prefix(&[0xFF, marker::START])?;
    loop {
        let &[0xFF, kind, high, low, ..] = rest else {
            return None;
        };
        let (segment, after) =
            rest.split_at_checked(2 + usize::from(u16::from_be_bytes([high, low])))?;
        let content = segment.get(4..)?;
        rest = after;
        match kind {
            marker::JFIF => {}
            marker::QUANTIZATION if content.len() == 65 => quantization = Some(content.to_vec()),
            marker::BASELINE => frame = Some(Frame::read(content)?),
            marker::HUFFMAN => {
                let (number, codes) = read_table(content)?;
                *tables.get_mut(number)? = Some(codes);
            }
            marker::SCAN => break,
            _ => return None,
        }
    }
    let [Some(dc), Some(ac)] = tables else {
        return None;
    };
    let frame = frame?;
    let mut bits = Bits::of(rest);
    let blocks = (0..frame.blocks).map(|_| read_block(&mut bits, &dc, &ac));
    Some(Quantized {
        quantization: quantization?,
        blocks: blocks.collect::<Option<_>>()?,
        frame: frame.content,
    })
}

struct Frame {
    content: Vec<u8>,
    blocks: usize,
}

impl Frame {
    /// 8 bits, height, width, one component (B.2.2), whose blocks follow row by row (A.2.2).
    fn read(content: &[u8]) -> Option<Self> {
        let &[8, a, b, c, d, 1, _, _, _] = content else {
            return None;
        };
        let blocks = |bytes| usize::from(u16::from_be_bytes(bytes)).div_ceil(8);
        Some(Self {
            content: content.to_vec(),
            blocks: blocks([a, b]) * blocks([c, d]),
        })
    }
}

type Symbols = HashMap<Code, u8>;

/// The only table of a segment: 0 for that of DC, 1 for that of AC, and which symbol a code stands for (B.2.4.2).
fn read_table(content: &[u8]) -> Option<(usize, Symbols)> {
    let (&class_and_number, rest) = content.split_first()?;
    let (lengths, symbols) = rest.split_first_chunk()?;
    let table = Table {
        lengths: *lengths,
        symbols: symbols.to_vec(),
    };
    let codes = table.codes().map(|(symbol, code)| (code, symbol));
    Some((usize::from(class_and_number >> 4), codes.collect()))
}

/// A block of a sequential scan (F.2.2).
fn read_block(bits: &mut Bits, dc: &Symbols, ac: &Symbols) -> Option<[i16; 64]> {
    let mut block = [0; 64];
    let size = bits.symbol(dc)?;
    block[0] = bits.value(size)?;
    let mut at = 1;
    while at < 64 {
        let symbol = bits.symbol(ac)?;
        let (zeros, size) = (usize::from(symbol >> 4), symbol & 15);
        match (zeros, size) {
            (0, 0) => break,
            (15, 0) => {}
            _ => *block.get_mut(at + zeros)? = bits.value(size)?,
        }
        at += zeros + 1;
    }
    Some(block)
}

/// The bits of a scan's data, the highest of a byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    byte: u8,
    left: u8,
}

impl<'a> Bits<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            byte: 0,
            left: 0,
        }
    }

    fn bit(&mut self) -> Option<u16> {
        if self.left == 0 {
            // A byte of ones is followed by a stuffed byte of zeros; by anything else in a marker (B.1.1.5).
            let stuffed = self.bytes.starts_with(&[0xFF]);
            if stuffed && self.bytes.get(1) != Some(&0) {
                return None;
            }
            self.byte = *self.bytes.first()?;
            self.bytes = self.bytes.get(1 + usize::from(stuffed)..)?;
            self.left = 8;
        }
        self.left -= 1;
        Some(u16::from(self.byte >> self.left & 1))
    }

    /// F.2.2.3.
    fn symbol(&mut self, symbols: &Symbols) -> Option<u8> {
        let mut code = Code::default();
        while code.length < 16 {
            code.bits = code.bits << 1 | self.bit()?;
            code.length += 1;
            if let Some(&symbol) = symbols.get(&code) {
                return Some(symbol);
            }
        }
        None
    }

    /// A number of `size` bits, at most 11; without a leading 1 it is negative (F.1.2.1.1, F.2.2.1).
    fn value(&mut self, size: u8) -> Option<i16> {
        let mut value = 0;
        for _ in 0..size {
            value = value << 1 | i32::from(self.bit()?);
        }
        let negative = size > 0 && value >> (size - 1) == 0;
        let below = if negative { (1 << size) - 1 } else { 0 };
        i16::try_from(value - below).ok()
    }
}
