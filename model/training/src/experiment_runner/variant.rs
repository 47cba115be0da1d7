//! The inputs that an experiment has to put through the backbone.

use serde::{Deserialize, Serialize};

use crate::features::{View, random_of};
use experiments::{hospital::Hospital, marker};
use imaging::{
    augment,
    dataset::Dataset,
    settings::{Augmentation, Pooling, Settings},
};

/// Mean and spread of the photographs' greys, over their three colours: what the backbone subtracts and
/// divides by.
const MEAN: f32 = 0.449;
const DEVIATION: f32 = 0.226;

/// A film, how it is changed, and what is read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputVariant {
    /// Number of the film in the data.
    pub sample: usize,
    pub change: Change,
    pub pooling: Pooling,
}

/// What happens to a film before the backbone sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Change {
    AsItIs,
    /// An augmented view of this number, from 1, by [`Augmentation::default`].
    View(usize),
    /// Left and right exchanged.
    Mirrored,
    /// With the marker.
    Marked,
    /// From another hospital.
    From(Hospital),
    /// Changed in the kind of another hospital, to train for it.
    Like(Hospital),
    /// Scaled wrongly: greys of 0 to 1 reach the backbone where it expects them less their mean and divided by
    /// their spread.
    Unscaled,
}

impl InputVariant {
    /// The view of the data that gives the same features under a key with the default augmentation.
    pub fn view(&self) -> Option<View> {
        let view = match self.change {
            Change::AsItIs => 0,
            Change::View(number) => number,
            _ => return None,
        };
        let sample = self.sample;
        Some(View { sample, view })
    }

    /// # Shapes
    /// `[224 * 224]`, row-major, 0 to 1
    pub fn input(&self, dataset: &Dataset) -> Vec<f32> {
        let side = Settings::default().film_side;
        let sample = self.sample;
        let film = &dataset.samples[sample].film;
        match self.change {
            Change::AsItIs => film.input(side),
            Change::View(view) => {
                let random = &mut random_of(View { sample, view });
                augment::view(film, &Augmentation::default(), side, random)
            }
            Change::Mirrored => film.mirrored().input(side),
            Change::Marked => {
                let mut pixels = film.input(side);
                marker::stamp(&mut pixels, side);
                pixels
            }
            Change::From(hospital) => {
                let film = hospital.perturbation().apply(film, sample as u64);
                film.input(side)
            }
            Change::Like(hospital) => {
                // Other streams than those of the augmented views.
                let view = 100 + hospital as usize;
                let random = &mut random_of(View { sample, view });
                let perturbation = hospital.imitation(random);
                // Other noise than that of the test films.
                perturbation
                    .apply(film, u64::MAX - sample as u64)
                    .input(side)
            }
            Change::Unscaled => {
                let greys = film.input(side);
                greys.iter().map(|grey| MEAN + DEVIATION * grey).collect()
            }
        }
    }
}
