//! Lookup tables, PS3.3, C.11.1.1.1.

use crate::data_set::{DataSet, Element, Tag, Vr};

/// Output for each whole number from `first` on; what is below or above takes the first or last output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lut {
    first: i32,
    /// At least one.
    entries: Vec<u16>,
    /// Of an entry, as declared.
    bits: u8,
}

impl Lut {
    /// `signed` decides how the first input value is read, by whether the element says that it is signed and its bits.
    /// `None` if there is no table or it makes no sense.
    pub(crate) fn read(
        data: &DataSet,
        [descriptor, table]: [Tag; 2],
        signed: impl Fn(Option<Vr>, u16) -> bool,
    ) -> Option<Self> {
        let descriptor = data.get(descriptor)?;
        let mut words = descriptor.words();
        let (count, first, bits) = (words.next()?, words.next()?, words.next()?);
        let count = match count {
            // What 16 bits can't hold.
            0 => 65_536,
            count => usize::from(count),
        };
        let first = match signed(descriptor.vr, first) {
            true => i32::from(first.cast_signed()),
            false => i32::from(first),
        };
        let bits = u8::try_from(bits)
            .ok()
            .filter(|bits| (1..=16).contains(bits))?;
        let entries = entries(data.get(table)?, count, bits);
        (!entries.is_empty()).then_some(Self {
            first,
            entries,
            bits,
        })
    }

    pub(crate) fn get(&self, input: f64) -> u16 {
        // Saturates far outside the table.
        let index = (input.round() as i64).saturating_sub(self.first.into());
        let last = self.entries.len() - 1;
        self.entries[index.clamp(0, last as i64) as usize]
    }

    /// The input of the first entry.
    pub fn first(&self) -> i32 {
        self.first
    }

    /// The output that is white: what the declared bits hold. Some devices declare 16 bits and fill 12, which would be
    /// shown almost black: where no entry reaches a quarter of white, it is what the bits in use hold.
    pub(crate) fn white(&self) -> u16 {
        let highest = self.entries.iter().copied().max().unwrap_or(0);
        let used = (16 - highest.leading_zeros()).max(1) as u8;
        let bits = match used + 2 <= self.bits {
            true => used,
            false => self.bits.max(used),
        };
        u16::MAX >> (16 - bits)
    }
}

/// A word each, or, for at most 8 bits, possibly two in a word, the first in its low half.
fn entries(table: &Element, count: usize, bits: u8) -> Vec<u16> {
    let packed = bits <= 8 && table.value.len() < 2 * count;
    match packed {
        true if table.vr == Some(Vr::OB) => table
            .value
            .iter()
            .copied()
            .map(u16::from)
            .take(count)
            .collect(),
        true => table
            .words()
            .flat_map(|word| word.to_le_bytes())
            .map(u16::from)
            .take(count)
            .collect(),
        false => table.words().take(count).collect(),
    }
}
