//! The settings of a training run: everything that, with the films, determines its result.

pub mod limits;

use serde::{Deserialize, Serialize};

use crate::split::{Division, SplitBy};

pub use limits::{NumericSetting, SettingsError};

/// Every choice of one run, each within its [`limits`]: see [`Settings::validate`]. The same films and settings give the same curve on the CPU.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Seeds the split, the first weights, the order of the films and the dropout.
    pub seed: u64,
    pub split_by: SplitBy,
    pub network: Network,
    /// Side of the square that the network sees, in pixels; 224 is what the backbone was trained on.
    pub film_side: usize,
    /// Random views of the training films; `None` trains on the films as they are.
    pub augmentation: Option<Augmentation>,
    /// Chance that a hidden unit is dropped in a training step.
    pub dropout: f64,
    /// Films in one training step.
    pub batch_size: usize,
    /// Step size of Adam while the backbone is frozen, and for a network from scratch.
    pub learning_rate: f64,
    /// Passes over the training films with the backbone frozen (or from scratch).
    pub epochs: usize,
    /// The second stage; `None` leaves the backbone frozen.
    pub fine_tuning: Option<FineTuning>,
}

impl Settings {
    pub fn division(&self) -> Division {
        Division {
            by: self.split_by,
            seed: self.seed,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Network {
    /// A backbone trained on photographs, with a new head.
    Pretrained(Pooling),
    /// Three small convolutions, starting from random weights.
    Scratch,
}

/// What the head reads of the backbone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Pooling {
    /// The average of the last layer over the film: 1,280 numbers. Knows what, forgets where.
    GlobalAverage,
    /// The last 14x14x96 block averaged to a 4x4 grid: 1,536 numbers. Still knows where, and depends less on the seed when it is
    /// asked about films of another origin (docs/decisions/default-recipe.md).
    #[default]
    Grid,
}

/// The second stage: the last layers of the backbone learn too.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FineTuning {
    /// How many of the backbone's 19 stages are unfrozen, counted from its end.
    pub stages: usize,
    pub epochs: usize,
    pub learning_rate: f64,
}

/// Limits of the random changes of a film, as in the module this lesson descends from
/// (Keras' `ImageDataGenerator`): each is drawn evenly between minus and plus its limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Augmentation {
    /// Degrees.
    pub rotation: f64,
    /// Fraction of the width and of the height.
    pub shift: f64,
    /// Shear angle in radians: 0.2 is 11.5 degrees. The module's 0.2 was none, as `ImageDataGenerator` took it for degrees.
    pub shear: f64,
    /// Zoom of 1 - this to 1 + this.
    pub zoom: f64,
    /// Mirror left and right half of the time. Off by default: it puts the heart on the wrong side.
    pub flip: bool,
}

impl Default for Augmentation {
    fn default() -> Self {
        Self {
            rotation: 20.0,
            shift: 0.2,
            shear: 0.2,
            zoom: 0.2,
            flip: false,
        }
    }
}

impl Default for FineTuning {
    fn default() -> Self {
        Self {
            stages: 2,
            epochs: 3,
            learning_rate: 1e-4,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            split_by: SplitBy::Image,
            network: Network::Pretrained(Pooling::default()),
            film_side: 224,
            augmentation: None,
            dropout: 0.5,
            batch_size: 8,
            learning_rate: 1e-4,
            epochs: 5,
            fine_tuning: Some(FineTuning::default()),
        }
    }
}
