//! Numbers in a file, and samples of any number of bits.

/// Which byte of a number comes first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    LittleEndian,
    BigEndian,
}

impl Order {
    /// The number that these bytes are, at most eight.
    pub fn number(self, bytes: &[u8]) -> u64 {
        let add = |sum: u64, &byte: &u8| (sum << 8) | u64::from(byte);
        match self {
            Self::LittleEndian => bytes.iter().rev().fold(0, add),
            Self::BigEndian => bytes.iter().fold(0, add),
        }
    }

    /// The number of so many bytes at a place.
    pub fn number_at(self, bytes: &[u8], at: usize, length: usize) -> Option<u64> {
        let end = at.checked_add(length)?;
        Some(self.number(bytes.get(at..end)?))
    }
}

/// Samples of 1 to 15 bits, packed with the highest bit first.
pub fn unpack(row: &[u8], bits: u8, samples: &mut [u16]) {
    let (mut held, mut count) = (0_u32, 0_u8);
    let mut bytes = row.iter();
    for sample in samples {
        while count < bits {
            held = (held << 8) | u32::from(bytes.next().copied().unwrap_or(0));
            count += 8;
        }
        count -= bits;
        *sample = ((held >> count) & ((1 << bits) - 1)) as u16;
        held &= (1 << count) - 1;
    }
}

/// A value of so many bits on a scale of others: 0 stays 0, and the highest the highest.
pub fn rescaled(value: u64, bits: u32, to: u32) -> u16 {
    let (most, wanted) = ((1_u64 << bits) - 1, (1_u64 << to) - 1);
    ((value * wanted + most / 2) / most) as u16
}
