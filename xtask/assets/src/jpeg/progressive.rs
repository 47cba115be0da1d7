//! Writes a progressive file by spectral selection (Annex G): neighbouring frequencies of all blocks together, each scan
//! with the Huffman table that suits it.

use super::{
    Quantized,
    huffman::{Code, Table},
    marker,
};

/// First and last coefficient of each scan in zigzag order. DC has its own (G.1.1.1.1); the rest is divided where it gave the
/// fewest bytes for the built-in films.
const SCANS: [(u8, u8); 4] = [(0, 0), (1, 2), (3, 9), (10, 63)];
/// Blocks in a row that a symbol can call empty (G.1.2.2).
const LONGEST_RUN: u32 = 0x7FFF;
/// Version 1.2, square pixels of no size, no thumbnail (JFIF 1.02).
const JFIF: &[u8] = b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0";

pub fn write(picture: &Quantized) -> Vec<u8> {
    let mut jpeg = vec![0xFF, marker::START];
    segment(&mut jpeg, marker::JFIF, JFIF);
    segment(&mut jpeg, marker::QUANTIZATION, &picture.quantization);
    segment(&mut jpeg, marker::PROGRESSIVE, &picture.frame);
    // Of the only component, which follows height, width and number of components (B.2.2).
    let component = picture.frame[6];
    for (first, last) in SCANS {
        let coded = match first {
            0 => means(&picture.blocks),
            _ => band(&picture.blocks, first.into(), last.into()),
        };
        let table = Table::optimal(&occurrences(&coded));
        let class = u8::from(first > 0) << 4;
        let definition = [&[class], &table.lengths[..], &table.symbols].concat();
        segment(&mut jpeg, marker::HUFFMAN, &definition);
        // All bits at once, with the tables 0 (B.2.3).
        segment(&mut jpeg, marker::SCAN, &[1, component, 0, first, last, 0]);
        jpeg.extend(data(&coded, &table));
    }
    jpeg.extend([0xFF, marker::END]);
    jpeg
}

fn segment(jpeg: &mut Vec<u8>, marker: u8, content: &[u8]) {
    jpeg.extend([0xFF, marker]);
    jpeg.extend((content.len() as u16 + 2).to_be_bytes());
    jpeg.extend(content);
}

/// What is written for some coefficients: the code of a symbol, then `size` bits as they are.
struct Coded {
    symbol: u8,
    size: u8,
    bits: u16,
}

impl Coded {
    /// After `zeros` coefficients of 0; of a negative number one less in two's complement (F.1.2.1, F.1.2.2.1).
    fn value(zeros: u8, value: i16) -> Self {
        let size = (16 - value.unsigned_abs().leading_zeros()) as u8;
        let bits = (value - i16::from(value < 0)).cast_unsigned();
        Self {
            symbol: zeros << 4 | size,
            size,
            bits: bits & ((1_u32 << size) - 1) as u16,
        }
    }

    /// So many blocks, this one first, have nothing more in the band (G.1.2.2).
    fn run(blocks: u32) -> Self {
        let size = blocks.ilog2() as u8;
        Self {
            symbol: size << 4,
            size,
            bits: (blocks - (1 << size)) as u16,
        }
    }

    /// Sixteen coefficients of 0, with others to come.
    const ZEROS: Self = Self {
        symbol: 0xF0,
        size: 0,
        bits: 0,
    };
}

/// The scan of the DC coefficients (G.1.2.1).
fn means(blocks: &[[i16; 64]]) -> Vec<Coded> {
    blocks
        .iter()
        .map(|block| Coded::value(0, block[0]))
        .collect()
}

/// The scan of AC coefficients `first` to `last` (G.1.2.2).
fn band(blocks: &[[i16; 64]], first: usize, last: usize) -> Vec<Coded> {
    let mut coded = Vec::new();
    let mut run = 0;
    for block in blocks {
        let mut zeros = 0;
        for &value in &block[first..=last] {
            if value == 0 {
                zeros += 1;
                continue;
            }
            end_run(&mut coded, &mut run);
            while zeros > 15 {
                coded.push(Coded::ZEROS);
                zeros -= 16;
            }
            coded.push(Coded::value(zeros, value));
            zeros = 0;
        }
        if zeros > 0 {
            run += 1;
        }
        if run == LONGEST_RUN {
            end_run(&mut coded, &mut run);
        }
    }
    end_run(&mut coded, &mut run);
    coded
}

fn end_run(coded: &mut Vec<Coded>, run: &mut u32) {
    if *run > 0 {
        coded.push(Coded::run(*run));
        *run = 0;
    }
}

fn occurrences(coded: &[Coded]) -> [u32; 256] {
    let mut occurrences = [0; 256];
    for one in coded {
        occurrences[usize::from(one.symbol)] += 1;
    }
    occurrences
}

/// The bits of a scan, the highest of a byte first; the last byte is filled with ones (F.1.2.3).
fn data(coded: &[Coded], table: &Table) -> Vec<u8> {
    let mut codes = [Code::default(); 256];
    for (symbol, code) in table.codes() {
        codes[usize::from(symbol)] = code;
    }
    let (mut bytes, mut pending, mut length) = (Vec::new(), 0_u64, 0);
    let mut put = |bits: u16, size: u8| {
        pending = pending << size | u64::from(bits);
        length += size;
        while length >= 8 {
            length -= 8;
            let byte = (pending >> length) as u8;
            bytes.push(byte);
            if byte == 0xFF {
                // Tells it from a marker (B.1.1.5).
                bytes.push(0);
            }
        }
    };
    for one in coded {
        let code = codes[usize::from(one.symbol)];
        put(code.bits, code.length);
        put(one.bits, one.size);
    }
    put(0x7F, 7);
    bytes
}
