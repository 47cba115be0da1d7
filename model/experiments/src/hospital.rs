//! Films as another hospital would have made them.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::EvaluationSet;
use imaging::perturb::Perturbation;

/// In what the other hospital differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Hospital {
    Noisy,
    Rotated,
    Inverted,
    Windowed,
}

impl Hospital {
    pub const ALL: [Self; 4] = [Self::Noisy, Self::Rotated, Self::Inverted, Self::Windowed];

    /// Test films from there.
    pub fn evaluation_set(self) -> EvaluationSet {
        match self {
            Self::Noisy => EvaluationSet::Noisy,
            Self::Rotated => EvaluationSet::Rotated,
            Self::Inverted => EvaluationSet::Inverted,
            Self::Windowed => EvaluationSet::Windowed,
        }
    }

    /// What its films went through.
    pub fn perturbation(self) -> Perturbation {
        let film = Perturbation::default();
        match self {
            Self::Noisy => Perturbation { noise: 0.2, ..film },
            // Stored lying on its side.
            Self::Rotated => Perturbation {
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
            Self::Rotated => Perturbation {
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
