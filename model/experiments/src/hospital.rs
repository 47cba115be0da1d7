//! Films as another hospital would have made them.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::Ground;
use imaging::perturb::Perturbation;

/// In what the other hospital differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Hospital {
    Noisy,
    Turned,
    Inverted,
    Windowed,
}

impl Hospital {
    pub const ALL: [Self; 4] = [Self::Noisy, Self::Turned, Self::Inverted, Self::Windowed];

    /// Test films from there.
    pub fn ground(self) -> Ground {
        match self {
            Self::Noisy => Ground::Noisy,
            Self::Turned => Ground::Turned,
            Self::Inverted => Ground::Inverted,
            Self::Windowed => Ground::Windowed,
        }
    }

    /// What its films went through.
    pub fn perturbation(self) -> Perturbation {
        let film = Perturbation::default();
        match self {
            Self::Noisy => Perturbation { noise: 0.2, ..film },
            // Stored lying on its side.
            Self::Turned => Perturbation {
                rotation: 90.0,
                ..film
            },
            Self::Inverted => Perturbation {
                inversion: true,
                ..film
            },
            Self::Windowed => Perturbation {
                window: 0.5,
                level: 0.2,
                ..film
            },
        }
    }

    /// What training films go through that shall prepare for it: a change of the same kind, of any strength.
    pub fn imitation(self, random: &mut impl Rng) -> Perturbation {
        let film = Perturbation::default();
        let mut between = |low: f64, high: f64| low + (high - low) * random.random::<f64>();
        match self {
            Self::Noisy => Perturbation {
                noise: between(0.05, 0.3),
                ..film
            },
            Self::Turned => Perturbation {
                rotation: between(-110.0, 110.0),
                ..film
            },
            Self::Inverted => self.perturbation(),
            Self::Windowed => Perturbation {
                window: between(0.4, 1.0),
                level: between(-0.25, 0.25),
                ..film
            },
        }
    }
}
