//! The geometry of plots: numbers to places on a drawing, without a browser.
//!
//! Here what every plot needs; one as a whole is a [`Drawing`](drawing::Drawing).

pub mod drawing;
pub mod strip;
pub mod svg;
pub mod swarm;
pub mod table;

/// Points of one line, in data units.
pub type Points = Vec<(f64, f64)>;

/// How many class colours there are; further classes begin anew, their names tell them apart.
pub const CLASS_COLOURS: usize = 7;

/// The drawing area within an SVG, in its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Round numbers from `low` to `high`, three to six if `low` is one itself.
pub fn round_ticks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / 5.0;
    if !(rough.is_finite() && rough > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|&step| step >= rough)
        .unwrap_or(rough);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|tick| tick as f64 * step).collect()
}

/// Two labels beside each other's lines, at least `gap` apart, as near to their places as can be.
pub fn keep_apart(first: f64, second: f64, gap: f64) -> (f64, f64) {
    let missing = (gap - (second - first).abs()).max(0.0) / 2.0;
    if first <= second {
        (first - missing, second + missing)
    } else {
        (first + missing, second - missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(round_ticks(0.0, 120.0), vec![0.0, 50.0, 100.0]);
        assert_eq!(round_ticks(0.0, 96.0), vec![0.0, 20.0, 40.0, 60.0, 80.0]);
        for end in [0.2, 0.6, 1.2, 7.0, 96.0, 5000.0] {
            let ticks = round_ticks(0.0, end);
            assert!((3..=6).contains(&ticks.len()), "{end}: {ticks:?}");
            assert!(ticks.iter().all(|&tick| tick <= end + 1e-6));
        }
    }

    #[test]
    fn labels_keep_apart_and_in_order() {
        assert_eq!(keep_apart(10.0, 12.0, 14.0), (4.0, 18.0));
        assert_eq!(keep_apart(12.0, 10.0, 14.0), (18.0, 4.0));
        assert_eq!(keep_apart(10.0, 40.0, 14.0), (10.0, 40.0));
    }
}
