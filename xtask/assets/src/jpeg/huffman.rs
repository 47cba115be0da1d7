//! Huffman tables (Annexes C and K.2).

/// The longest code, in bits.
const LONGEST: usize = 16;
/// Stands for the code of ones only, which no table may use (C.2): rarer than every symbol, so among the longest.
const RESERVED: usize = 256;

/// As a DHT segment holds it (B.2.4.2).
#[derive(Debug, PartialEq)]
pub struct Table {
    /// How many codes have 1, 2 to 16 bits.
    pub lengths: [u8; LONGEST],
    /// In the order of their codes.
    pub symbols: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Code {
    pub length: u8,
    pub bits: u16,
}

impl Table {
    /// The table with which symbols that occur this often take the fewest bits, by package-merge (Larmore and Hirschberg
    /// 1990, doi 10.1145/79147.79150).
    pub fn optimal(occurrences: &[u32; 256]) -> Self {
        let mut symbols: Vec<(u32, Vec<usize>)> = (0..256)
            .map(|symbol| (occurrences[symbol], vec![symbol]))
            .filter(|(count, _)| *count > 0)
            .collect();
        symbols.push((0, vec![RESERVED]));
        symbols.sort_by_key(|(count, _)| *count);

        let mut packages = symbols.clone();
        for _ in 1..LONGEST {
            let pairs = packages.chunks_exact(2).map(|pair| {
                let members = [&pair[0].1[..], &pair[1].1[..]].concat();
                (pair[0].0 + pair[1].0, members)
            });
            packages = pairs.chain(symbols.iter().cloned()).collect();
            packages.sort_by_key(|(count, _)| *count);
        }
        // As many bits as the cheapest packages that make a whole tree hold the symbol.
        let mut bits = [0; 257];
        for (_, members) in &packages[..2 * (symbols.len() - 1)] {
            members.iter().for_each(|&symbol| bits[symbol] += 1);
        }
        Self::of_lengths(&bits[..RESERVED])
    }

    /// From the number of bits of each symbol's code; 0 of one that has none.
    fn of_lengths(bits: &[usize]) -> Self {
        let mut lengths = [0; LONGEST];
        let mut symbols = Vec::new();
        for length in 1..=LONGEST {
            let before = symbols.len();
            let of_length = (0..=255).filter(|&symbol| bits[usize::from(symbol)] == length);
            symbols.extend(of_length);
            lengths[length - 1] = (symbols.len() - before) as u8;
        }
        Self { lengths, symbols }
    }

    /// Each symbol with its code (C.2).
    pub fn codes(&self) -> impl Iterator<Item = (u8, Code)> {
        let mut bits = 0;
        let codes = (1..).zip(self.lengths).flat_map(move |(length, n)| {
            let first = bits << 1;
            bits = first + u16::from(n);
            (first..bits).map(move |bits| Code { length, bits })
        });
        self.symbols.iter().copied().zip(codes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits_of(occurrences: &[u32]) -> Vec<u8> {
        let mut all = [0; 256];
        all[..occurrences.len()].copy_from_slice(occurrences);
        let table = Table::optimal(&all);
        let mut lengths = vec![0; occurrences.len()];
        for (symbol, code) in table.codes() {
            lengths[usize::from(symbol)] = code.length;
            let ones = (1_u32 << code.length) - 1;
            assert!(
                u32::from(code.bits) < ones,
                "{symbol} has ones only, or too many bits"
            );
        }
        lengths
    }

    #[test]
    fn frequent_symbols_have_short_codes() {
        assert_eq!(bits_of(&[0, 7]), [0, 1]);
        // By hand: the reserved one joins the rarest, and what has joined the next, or two others that are as rare join first.
        assert_eq!(bits_of(&[1, 2, 4, 8]), [4, 3, 2, 1]);
        assert_eq!(bits_of(&[4, 5, 5, 5]), [3, 2, 2, 2]);
    }

    #[test]
    fn no_code_is_longer_than_sixteen_bits() {
        // Fibonacci's numbers, of which Huffman's own tree would have 24 levels.
        let mut occurrences = vec![1, 1];
        while occurrences.len() < 24 {
            occurrences
                .push(occurrences[occurrences.len() - 2] + occurrences[occurrences.len() - 1]);
        }
        let lengths = bits_of(&occurrences);
        assert_eq!(lengths.iter().max(), Some(&16));
        // A full tree but for the reserved code of 16 bits (Kraft's sum).
        let kraft: f64 = lengths.iter().map(|&bits| 0.5_f64.powi(bits.into())).sum();
        assert_eq!(kraft, 1.0 - 0.5_f64.powi(16));
    }
}
