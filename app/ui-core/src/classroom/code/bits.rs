//! Numbers as bits, the highest first.

use super::Counted;

/// The bits of a number come in sevens.
const SEVEN: u32 = 7;

#[derive(Default)]
pub struct Writer {
    bits: Vec<bool>,
}

impl Writer {
    /// The lowest `count` bits of `value`.
    pub fn put(&mut self, value: u64, count: u32) {
        let bits = (0..count).rev().map(|place| value >> place & 1 == 1);
        self.bits.extend(bits);
    }

    /// As many sevens as it takes, the lowest first, each after a bit that says whether more follow.
    pub fn put_number(&mut self, mut value: u64) {
        loop {
            let rest = value >> SEVEN;
            self.put(u64::from(rest > 0), 1);
            self.put(value, SEVEN);
            if rest == 0 {
                return;
            }
            value = rest;
        }
    }

    pub fn put_score(&mut self, score: Counted) {
        self.put_number(score.n.into());
        self.put(score.correct.into(), width(score.n));
    }

    /// Five bits a letter; the last is filled with zeros.
    pub fn fives(&self) -> Vec<u8> {
        let five = |bits: &[bool]| {
            let bit = |place: usize| u8::from(bits.get(place) == Some(&true));
            (0..5).fold(0, |five, place| five << 1 | bit(place))
        };
        self.bits.chunks(5).map(five).collect()
    }
}

/// Bits that are taken from the front.
pub struct CodeBits<'a> {
    fives: &'a [u8],
    taken: usize,
}

impl<'a> CodeBits<'a> {
    pub fn new(fives: &'a [u8]) -> Self {
        Self { fives, taken: 0 }
    }

    /// Letters that have been looked at.
    pub fn letters(&self) -> usize {
        self.taken.div_ceil(5)
    }

    pub fn take(&mut self, count: u32) -> Option<u64> {
        let mut value = 0;
        for _ in 0..count {
            let five = self.fives.get(self.taken / 5)?;
            value = value << 1 | u64::from(five >> (4 - self.taken % 5) & 1);
            self.taken += 1;
        }
        Some(value)
    }

    pub fn take_number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for place in 0.. {
            let more = self.take(1)? == 1;
            let seven = self.take(SEVEN)?;
            let shifted = seven.checked_shl(place * SEVEN)?;
            if shifted >> (place * SEVEN) != seven {
                return None;
            }
            value |= shifted;
            if !more {
                break;
            }
        }
        Some(value)
    }

    pub fn take_score(&mut self) -> Option<Counted> {
        let n = u32::try_from(self.take_number()?).ok()?;
        let correct = self.take(width(n))?;
        Counted::new(correct as usize, n as usize)
    }

    /// Whether nothing but zeros is left.
    pub fn is_over(&mut self) -> bool {
        while let Some(bit) = self.take(1) {
            if bit == 1 {
                return false;
            }
        }
        true
    }
}

/// Bits that hold every number up to `n`.
fn width(n: u32) -> u32 {
    u32::BITS - n.leading_zeros()
}
