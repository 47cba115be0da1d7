//! Chance that a seed repeats: which films a visitor is shown.

/// The numbers below `n` in an order that `seed` draws: Fisher and Yates' shuffle by the generator SplitMix64.
pub fn order(n: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut order: Vec<usize> = (0..n).collect();
    for place in (1..n).rev() {
        // The bias of the remainder is far below what anybody could see.
        order.swap(place, (next() % (place as u64 + 1)) as usize);
    }
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
