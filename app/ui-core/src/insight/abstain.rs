//! The settings of the rule for abstaining, [`OodScore::abstains`](imaging::insight::OodScore::abstains), and its words.

/// Percent of the training films that a film may be farther out than: as where such rules are compared, one in twenty of what is
/// like them is given up.
pub const DEFAULT: u8 = 95;

/// From half of them to every one.
pub const RANGE: std::ops::RangeInclusive<u8> = 50..=100;

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

    #[test]
    fn only_the_ends_are_called_so() {
        assert_eq!(rank_percent(0.0), 0.0);
        assert_eq!(rank_percent(0.001), 1.0);
        assert_eq!(rank_percent(0.5), 50.0);
        assert_eq!(rank_percent(0.999), 99.0);
        assert_eq!(rank_percent(1.0), 100.0);
    }
}
