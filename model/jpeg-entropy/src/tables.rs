//! Huffman tables, T.81, B.2.4.2 and C.

use crate::Damaged;

/// Codes of up to 16 bits: for each possible 16 bits the length and the symbol of the code that they begin with.
pub struct HuffmanTable(Box<[(u8, u8)]>);

impl HuffmanTable {
    /// From the number of codes of each length and their symbols, T.81, C.2.
    fn new(counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Damaged> {
        let mut codes = Vec::with_capacity(1 << 16);
        let mut symbols = symbols.iter();
        for (length, &count) in (1_u8..).zip(counts) {
            for _ in 0..count {
                let &symbol = symbols.next().ok_or(Damaged)?;
                codes.resize(codes.len() + (1 << (16 - length)), (length, symbol));
                if codes.len() > 1 << 16 {
                    return Err(Damaged);
                }
            }
        }
        // A length of 0: no code.
        codes.resize(1 << 16, (0, 0));
        Ok(Self(codes.into_boxed_slice()))
    }

    /// The length and the symbol of the code that these bits begin with.
    #[inline]
    pub(crate) fn look_up(&self, next: u16) -> Result<(u8, u8), Damaged> {
        match self.0[usize::from(next)] {
            (0, _) => Err(Damaged),
            found => Ok(found),
        }
    }
}

/// Eight tables are in force at once; for every scan they may be others.
const MOST_TABLES: usize = 256;

/// The tables in force.
#[derive(Default)]
pub struct HuffmanTables {
    dc: [Option<HuffmanTable>; 4],
    ac: [Option<HuffmanTable>; 4],
    /// How many have been defined. Each takes as long as decoding some kB, and may be defined in 18 bytes.
    defined: usize,
}

impl HuffmanTables {
    /// Takes in what a segment DHT defines, given without its marker and length.
    ///
    /// # Errors
    /// [`Damaged`] if a table makes no sense, or there are more tables than any encoder makes.
    pub fn define(&mut self, mut segment: &[u8]) -> Result<(), Damaged> {
        while let Some((&head, rest)) = segment.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or(Damaged)?;
            let n = counts.iter().map(|&n| usize::from(n)).sum();
            let (symbols, rest) = rest.split_at_checked(n).ok_or(Damaged)?;
            let class = match head >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(Damaged),
            };
            let place = class.get_mut(usize::from(head & 15)).ok_or(Damaged)?;
            self.defined += 1;
            if self.defined > MOST_TABLES {
                return Err(Damaged);
            }
            *place = Some(HuffmanTable::new(counts, symbols)?);
            segment = rest;
        }
        Ok(())
    }

    /// A table for DC coefficients, or for the differences of a lossless scan.
    pub fn dc(&self, number: usize) -> Option<&HuffmanTable> {
        self.dc.get(number)?.as_ref()
    }

    /// A table for AC coefficients.
    pub fn ac(&self, number: usize) -> Option<&HuffmanTable> {
        self.ac.get(number)?.as_ref()
    }
}
