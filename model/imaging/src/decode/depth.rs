//! Which values of a 16-bit file are black and white.
//!
//! Most programs store the 10, 12 or 14 bits of a detector in 16 and leave the upper ones empty: taken at
//! their word, such films are a sixteenth as bright as they should be. The rule, also in `PACKS.md`:
//!
//! - What the header says (the chunk sBIT of a PNG, the depth of a TIFF) goes before everything else.
//! - Up to one in a thousand pixels may lie higher than all others, if those fit into 12 bits: letters in full white.
//! - Values beyond 14 bits, and 8 bits spread over 16 (all values multiples of 257), are taken as they are.
//! - All other films of a pack share the least of 8, 10, 12 and 14 bits that holds all of their values, so that
//!   one that is dark stays darker than the others.
//! - In a pack where nine of ten deep films go beyond 14 bits, one that only just stays within them is dark.
//! - One in which 0 is white has its own black, and no other film a say in it.
//! - A single film that the trained network is asked about is read like those that it was trained on.

use serde::{Deserialize, Serialize};

use super::Decoded;
use crate::film::Film;

/// The depths that detectors and programs have.
const DEPTHS: [u8; 4] = [8, 10, 12, 14];
/// Letters and marks in full white, written over a film of fewer bits, are at most one in so many of its pixels.
const OVERLAY: usize = 1000;
/// A film within so few bits would show nothing if 16 were meant.
const NEVER_DARK: u8 = 12;

/// What a film's own values say about its white.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// 8 bits, or the header says it: other films have no say.
    Stated,
    /// Of 16 bits more than 14 are used.
    Full,
    /// All values fit into so many bits, of which the highest is the film's white for now.
    Within { bits: u8 },
}

impl Range {
    /// From the values of all pixels; also which value is white, 1..=65,535.
    pub(super) fn of(values: impl Iterator<Item = u16>, stated: Option<u8>) -> (Self, u32) {
        let mut counts = vec![0_usize; 1 << 16];
        values.for_each(|value| counts[usize::from(value)] += 1);
        let all = counts.iter().sum::<usize>();
        let there = || counts.iter().enumerate().filter(|(_, n)| **n > 0);
        let most = there().next_back().map_or(0, |(value, _)| value as u32);
        let fits = |most: u32, bits: u8| most <= white(bits);
        match stated.filter(|bits| (1..=16).contains(bits)) {
            Some(bits) if fits(most, bits) => return (Self::Stated, white(bits)),
            // The format wants such values multiplied up to 16 bits.
            Some(_) => return (Self::Stated, white(16)),
            None if there().all(|(value, _)| value % 257 == 0) => {
                return (Self::Stated, white(16));
            }
            None => {}
        }
        let above = counts.iter().rev().scan(0, |above, n| {
            *above += n;
            Some(*above)
        });
        let written = above.take_while(|above| OVERLAY * above <= all).count();
        let picture = (counts.len() - 1).saturating_sub(written) as u32;
        let most = if fits(picture, NEVER_DARK) {
            picture
        } else {
            most
        };
        match DEPTHS.into_iter().find(|&bits| fits(most, bits)) {
            Some(bits) => (Self::Within { bits }, white(bits)),
            None => (Self::Full, white(16)),
        }
    }
}

/// The largest value of so many bits.
fn white(bits: u8) -> u32 {
    (1 << bits) - 1
}

/// How the 16-bit films of a pack are read; by default each for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackDepth {
    /// Of all films that stay within 14 bits.
    shared: Option<u8>,
    /// Nine of ten go beyond 14 bits: what stays just within them is dark.
    full: bool,
}

impl PackDepth {
    pub fn of(ranges: impl IntoIterator<Item = Range>) -> Self {
        let (mut within, mut beyond) = (Vec::new(), 0);
        for range in ranges {
            match range {
                Range::Stated => {}
                Range::Full => beyond += 1,
                Range::Within { bits } => within.push(bits),
            }
        }
        let full = beyond > 9 * within.len();
        within.retain(|&bits| !full || bits <= NEVER_DARK);
        Self {
            shared: within.into_iter().max(),
            full,
        }
    }

    /// The film as the pack's other films have it, or would have it if it were among them.
    pub fn read(self, decoded: Decoded) -> Film {
        match self.share(decoded.range) {
            Some(share) => decoded.film.dimmed(share),
            None => decoded.film,
        }
    }

    /// What a film's values are multiplied by, if the pack's other films make it darker than it is by itself.
    pub fn share(self, range: Range) -> Option<f64> {
        let Range::Within { bits } = range else {
            return None;
        };
        let own = match self.full && bits > NEVER_DARK {
            true => 16,
            false => bits.max(self.shared.unwrap_or(bits)),
        };
        (own != bits).then(|| f64::from(white(bits)) / f64::from(white(own)))
    }
}
