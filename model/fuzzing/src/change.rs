//! Changes of a file, as a seed has them.

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Changes a few places, mostly near the beginning, where headers are.
pub fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(6) {
        let reach = match random.below(3) {
            0 => bytes.len(),
            1 => bytes.len().min(700),
            _ => bytes.len().min(100),
        };
        let at = random.below(reach);
        if at >= bytes.len() {
            return;
        }
        let length = 1 + random.below(16).min(bytes.len() - at - 1);
        match random.below(9) {
            0 | 1 => bytes[at] ^= 1 << random.below(8),
            2 | 3 => bytes[at] = random.next() as u8,
            4 => bytes[at] = [0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF][random.below(7)],
            5 => bytes.truncate(at),
            6 => drop(bytes.drain(at..at + length)),
            7 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                let from = random.below(other.len());
                let piece = &other[from..other.len().min(from + length)];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}
