//! What each setting may be: the same for the page's controls, links, the kiosk's file and the command line.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Augmentation, FineTuning, Settings};

/// Side of the network's input, in pixels.
pub const FILM_SIDE: RangeInclusive<usize> = 32..=448;
/// The backbone halves its input five times.
pub const SIDE_STEP: usize = 32;
/// A unit that is always dropped learns nothing.
pub const DROPOUT: RangeInclusive<f64> = 0.0..=0.9;
pub const BATCH_SIZE: RangeInclusive<usize> = 1..=64;
/// Of both stages.
pub const LEARNING_RATE: RangeInclusive<f64> = 1e-6..=1.0;
pub const EPOCHS: RangeInclusive<usize> = 1..=100;
pub const TUNING_EPOCHS: RangeInclusive<usize> = 1..=50;
/// Stages of the backbone, counted from its end. A grid reads an earlier one: there fewer are all.
pub const UNFROZEN_STAGES: RangeInclusive<usize> = 1..=19;
/// Degrees.
pub const ROTATION: RangeInclusive<f64> = 0.0..=90.0;
/// Fraction of the width and of the height.
pub const SHIFT: RangeInclusive<f64> = 0.0..=0.5;
/// Radians.
pub const SHEAR: RangeInclusive<f64> = 0.0..=0.8;
/// At 1 a view could shrink to nothing.
pub const ZOOM: RangeInclusive<f64> = 0.0..=0.5;

/// A setting that is a number within limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumericSetting {
    FilmSide,
    Dropout,
    BatchSize,
    LearningRate,
    Epochs,
    UnfrozenStages,
    TuningEpochs,
    TuningRate,
    Rotation,
    Shift,
    Shear,
    Zoom,
}

/// Why a network cannot be trained by some settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Error)]
pub enum SettingsError {
    /// Too small, too large, or not a number.
    #[error("{setting} cannot be {value}: choose from {least} to {most}")]
    OutOfRange {
        setting: NumericSetting,
        value: f64,
        least: f64,
        most: f64,
    },
    #[error(
        "film side cannot be {side} pixels: choose a multiple of {}, such as {}",
        SIDE_STEP,
        nearest_side(*.side)
    )]
    SideStep { side: usize },
}

impl std::fmt::Display for NumericSetting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::FilmSide => "film side",
            Self::Dropout => "dropout",
            Self::BatchSize => "batch size",
            Self::LearningRate => "learning rate",
            Self::Epochs => "epochs",
            Self::UnfrozenStages => "unfrozen stages",
            Self::TuningEpochs => "fine-tuning epochs",
            Self::TuningRate => "fine-tuning rate",
            Self::Rotation => "rotation",
            Self::Shift => "shift",
            Self::Shear => "shear",
            Self::Zoom => "zoom",
        })
    }
}

impl Settings {
    /// Whether a network can be trained by these settings.
    ///
    /// # Errors
    /// The first setting that is out of its limits.
    pub fn validate(&self) -> Result<(), SettingsError> {
        use NumericSetting::*;
        let Self {
            seed: _,
            split_by: _,
            network: _,
            film_side,
            augmentation,
            dropout,
            batch_size,
            learning_rate,
            epochs,
            fine_tuning,
        } = self;
        whole(FilmSide, *film_side, FILM_SIDE)?;
        if !film_side.is_multiple_of(SIDE_STEP) {
            return Err(SettingsError::SideStep { side: *film_side });
        }
        within(Dropout, *dropout, DROPOUT)?;
        whole(BatchSize, *batch_size, BATCH_SIZE)?;
        within(LearningRate, *learning_rate, LEARNING_RATE)?;
        whole(Epochs, *epochs, EPOCHS)?;
        if let Some(FineTuning {
            stages,
            epochs,
            learning_rate,
        }) = fine_tuning
        {
            whole(UnfrozenStages, *stages, UNFROZEN_STAGES)?;
            whole(TuningEpochs, *epochs, TUNING_EPOCHS)?;
            within(TuningRate, *learning_rate, LEARNING_RATE)?;
        }
        if let Some(Augmentation {
            rotation,
            shift,
            shear,
            zoom,
            flip: _,
        }) = augmentation
        {
            within(Rotation, *rotation, ROTATION)?;
            within(Shift, *shift, SHIFT)?;
            within(Shear, *shear, SHEAR)?;
            within(Zoom, *zoom, ZOOM)?;
        }
        Ok(())
    }
}

fn within(
    setting: NumericSetting,
    value: f64,
    range: RangeInclusive<f64>,
) -> Result<(), SettingsError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(SettingsError::OutOfRange {
        setting,
        value,
        least: *range.start(),
        most: *range.end(),
    })
}

fn whole(
    setting: NumericSetting,
    value: usize,
    range: RangeInclusive<usize>,
) -> Result<(), SettingsError> {
    let range = *range.start() as f64..=*range.end() as f64;
    within(setting, value as f64, range)
}

/// The nearest number within a range; nothing for what is not a number.
pub fn nearest<T: Copy + PartialOrd>(value: T, range: &RangeInclusive<T>) -> Option<T> {
    let (least, most) = (*range.start(), *range.end());
    match (value < least, value > most) {
        (true, _) => Some(least),
        (_, true) => Some(most),
        _ => range.contains(&value).then_some(value),
    }
}

/// The nearest side that a network can work on.
pub fn nearest_side(side: usize) -> usize {
    let rounded = side.saturating_add(SIDE_STEP / 2) / SIDE_STEP * SIDE_STEP;
    rounded.clamp(*FILM_SIDE.start(), *FILM_SIDE.end())
}
