//! When to say nothing: a rule on how far a film is from the training films.

use model::insight::Likeness;

/// Percent of the training films that a film may be farther out than.
pub const DEFAULT: u8 = 99;

/// From half of them to every one.
pub const RANGE: std::ops::RangeInclusive<u8> = 50..=100;

/// Whether the rule keeps the network from answering. A likeness that is no number is no likeness.
pub fn abstains(likeness: &Likeness, percent: u8) -> bool {
    let rank = likeness.rank;
    rank.is_nan() || rank >= f32::from(percent) / 100.0
}

/// In whole percent; only the ends are called 0 and 100.
pub fn rank_percent(rank: f32) -> f32 {
    match rank {
        rank if rank <= 0.0 => 0.0,
        rank if rank >= 1.0 => 100.0,
        rank => (rank * 100.0).round().clamp(1.0, 99.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(rank: f32) -> Likeness {
        Likeness {
            neighbours: Vec::new(),
            distance: 0.4,
            rank,
        }
    }

    #[test]
    fn the_rule_holds_from_its_own_percent_on() {
        for percent in RANGE {
            let at = f32::from(percent) / 100.0;
            assert!(abstains(&likeness(at), percent), "{percent}");
            assert!(!abstains(&likeness(at - 0.005), percent), "{percent}");
        }
        assert!(abstains(&likeness(f32::NAN), DEFAULT));
    }

    #[test]
    fn only_the_ends_are_called_so() {
        assert_eq!(rank_percent(0.0), 0.0);
        assert_eq!(rank_percent(0.001), 1.0);
        assert_eq!(rank_percent(0.5), 50.0);
        assert_eq!(rank_percent(0.999), 99.0);
        assert_eq!(rank_percent(1.0), 100.0);
    }
}
