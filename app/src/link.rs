//! What a link can say: `?device=cpu&seed=7&side=96&split=patient`. Anything else in it is ignored.

use model::{settings::Settings, split::SplitBy};

use crate::protocol::DeviceChoice;

/// Sides of the film that can be asked for, in pixels; in steps of the backbone's stride.
pub const SIDES: std::ops::RangeInclusive<usize> = 32..=448;
const STRIDE: usize = 32;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub device: DeviceChoice,
    pub seed: Option<u64>,
    /// Side of the square that the network sees, in pixels.
    pub side: Option<usize>,
    pub split: Option<SplitBy>,
}

impl Link {
    /// Reads the query part of an address, with or without its question mark.
    pub fn parse(query: &str) -> Self {
        let mut link = Self::default();
        for pair in query.trim_start_matches('?').split('&') {
            match pair.split_once('=') {
                Some(("device", "cpu")) => link.device = DeviceChoice::Cpu,
                Some(("device", "webgpu")) => link.device = DeviceChoice::WebGpu,
                Some(("seed", seed)) => link.seed = seed.parse().ok(),
                Some(("side", side)) => link.side = side.parse().ok().filter(fits),
                Some(("split", "image")) => link.split = Some(SplitBy::Image),
                Some(("split", "patient")) => link.split = Some(SplitBy::Patient),
                _ => {}
            }
        }
        link
    }

    /// The settings that the page starts with.
    pub fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            seed: self.seed.unwrap_or(usual.seed),
            film_side: self.side.unwrap_or(usual.film_side),
            split_by: self.split.unwrap_or(usual.split_by),
            ..usual
        }
    }
}

/// The nearest side that a network can work on.
pub fn nearest_side(side: usize) -> usize {
    let rounded = (side + STRIDE / 2) / STRIDE * STRIDE;
    rounded.clamp(*SIDES.start(), *SIDES.end())
}

fn fits(side: &usize) -> bool {
    SIDES.contains(side) && side.is_multiple_of(STRIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_it_knows() {
        let link = Link::parse("?device=webgpu&seed=7&side=96&split=patient");
        assert_eq!(link.device, DeviceChoice::WebGpu);
        let settings = link.settings();
        assert_eq!(
            (settings.seed, settings.film_side, settings.split_by),
            (7, 96, SplitBy::Patient)
        );
    }

    #[test]
    fn sides_are_put_right() {
        assert_eq!(
            [0, 47, 48, 224, 9999].map(nearest_side),
            [32, 32, 64, 224, 448]
        );
    }

    #[test]
    fn ignores_what_makes_no_sense() {
        let link = Link::parse("device=toaster&seed=-1&side=100&side=99999&split=coin&x&=");
        assert_eq!(link, Link::default());
        assert_eq!(link.settings(), Settings::default());
    }
}
