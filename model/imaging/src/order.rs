//! Sorting where a few thousand elements are the most: small, not fast.
//!
//! The standard library compiles its sort anew for each type and each comparison, some kilobytes every time, and once more
//! wherever a map or a set is collected, as that sorts first. Here there is one for all.

use std::cmp::Ordering;

/// As `sort_by` of a slice: equal elements stay in their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut from = places(items.len(), &|a, b| compare(&items[a], &items[b]));
    for start in 0..from.len() {
        let mut at = start;
        while from[at] != start {
            let next = from[at];
            items.swap(at, next);
            from[at] = at;
            at = next;
        }
        from[at] = at;
    }
}

/// As `sort_by_key` of a slice.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The place from which each element comes.
fn places(n: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

/// As `collect` into a map or a set, one element after the other.
pub fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    #[test]
    fn it_is_the_standard_librarys_order() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        for n in 0..200 {
            let mut own: Vec<(u8, usize)> = (0..n).map(|at| (rng.random_range(0..9), at)).collect();
            let mut other = own.clone();
            sort_by_key(&mut own, |(key, _)| *key);
            other.sort_by_key(|(key, _)| *key);
            assert_eq!(own, other);
        }
    }
}
