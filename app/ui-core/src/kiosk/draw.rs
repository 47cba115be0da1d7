//! Which films a visitor is shown.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// The numbers below `n` in random order, the same for the same seed.
pub fn order(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_comes_once_and_a_seed_repeats() {
        for n in [0, 1, 2, 39] {
            let mut drawn = order(n, 7);
            assert_eq!(drawn, order(n, 7));
            drawn.sort_unstable();
            assert_eq!(drawn, (0..n).collect::<Vec<_>>());
        }
        assert_ne!(order(39, 7), order(39, 8));
    }

    #[test]
    fn every_place_is_as_likely_for_each() {
        let firsts = (0..8000).map(|seed| order(8, seed)[0]);
        let mut counts = [0_u32; 8];
        firsts.for_each(|first| counts[first] += 1);
        for count in counts {
            assert!((850..1150).contains(&count), "{counts:?}");
        }
    }
}
