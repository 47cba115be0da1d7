//! The hidden units of the head in one step, some of them dropped by dropout.

/// Units, in rows of [`ROW`]; as many as the head has.
pub const UNITS: usize = 256;
pub const ROW: usize = 32;
/// Side of the square that each has on the drawing.
pub const CELL: f64 = 7.5;

/// Whether each unit is dropped. A unit that is dropped stays so at a higher share, so that the eye can follow.
pub fn dropped(dropout: f64) -> Vec<bool> {
    let n = count(dropout);
    let mut order: Vec<usize> = (0..UNITS).collect();
    order.sort_by_key(|&unit| scattered(unit as u32));
    let mut dropped = vec![false; UNITS];
    for &unit in order.iter().take(n) {
        dropped[unit] = true;
    }
    dropped
}

/// How many are dropped on average.
pub fn count(dropout: f64) -> usize {
    (dropout.clamp(0.0, 1.0) * UNITS as f64).round() as usize
}

/// The units for which `pick` holds, as the `d` of an SVG path of small squares.
pub fn squares(dropped: &[bool], pick: bool) -> String {
    let own = dropped.iter().enumerate().filter(|(_, own)| **own == pick);
    let square = |(unit, _): (usize, &bool)| {
        let (x, y) = ((unit % ROW) as f64 * CELL, (unit / ROW) as f64 * CELL);
        format!("M{x:.1} {y:.1}h5.5v5.5h-5.5z")
    };
    own.map(square).collect()
}

/// A number that has little to do with the place.
fn scattered(place: u32) -> u32 {
    let mixed = (place + 1).wrapping_mul(2_654_435_761);
    (mixed ^ (mixed >> 15)).wrapping_mul(2_246_822_519)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_silenced_as_the_share_says() {
        for (dropout, n) in [(0.0, 0), (0.5, 128), (0.9, 230), (1.0, 256)] {
            let dropped = dropped(dropout).into_iter().filter(|one| *one);
            assert_eq!(dropped.count(), n, "{dropout}");
        }
    }

    #[test]
    fn a_higher_share_silences_more_and_frees_none() {
        let (few, many) = (dropped(0.3), dropped(0.6));
        assert!(few.iter().zip(&many).all(|(few, many)| !few || *many));
    }

    #[test]
    fn each_unit_is_drawn_once() {
        let dropped = dropped(0.4);
        let drawn = |pick| squares(&dropped, pick).matches('M').count();
        assert_eq!(drawn(true) + drawn(false), UNITS);
    }
}
