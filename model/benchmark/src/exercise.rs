//! A run that goes on for as long as somebody wants to time it.

use burn::tensor::Device;
use imaging::{
    report::{Report, StageKind, TrainError},
    settings::{FineTuning, Network, Pooling, Settings, limits},
    split::Subset,
};
use mobilenet::{architecture::input_shape, weights::Weights};
use thiserror::Error;
use training::{
    features::{FeatureKey, FeatureStore, Features},
    run::{Run, RunError},
};

use crate::made_up;

/// What is timed, with the settings that the page begins with; the other libraries read averages, and so does what stands beside
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recipe {
    /// All training films once through the head, then the validation films.
    HeadEpoch,
    /// One step with the last stages of the backbone unfrozen.
    FineTuningStep,
    /// The same with the grid that the page begins with.
    GridFineTuningStep,
    /// One step of the network that starts from random weights.
    ScratchStep,
}

impl Recipe {
    pub const ALL: [Self; 4] = [
        Self::HeadEpoch,
        Self::FineTuningStep,
        Self::GridFineTuningStep,
        Self::ScratchStep,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::HeadEpoch => "head-epoch",
            Self::FineTuningStep => "fine-tuning-step",
            Self::GridFineTuningStep => "grid-fine-tuning-step",
            Self::ScratchStep => "scratch-step",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recipe| recipe.name() == name)
    }

    /// The page's defaults, with as many passes as there may be, for images of `side` pixels.
    fn settings(self, side: usize) -> Settings {
        let pooling = match self {
            Self::GridFineTuningStep => Pooling::Grid,
            Self::HeadEpoch | Self::FineTuningStep | Self::ScratchStep => Pooling::GlobalAverage,
        };
        let settings = Settings {
            network: Network::Pretrained(pooling),
            film_side: side,
            ..Settings::default()
        };
        match self {
            Self::HeadEpoch => Settings {
                epochs: *limits::EPOCHS.end(),
                fine_tuning: None,
                ..settings
            },
            Self::FineTuningStep | Self::GridFineTuningStep => Settings {
                epochs: 1,
                fine_tuning: Some(FineTuning {
                    epochs: *limits::TUNING_EPOCHS.end(),
                    ..FineTuning::default()
                }),
                ..settings
            },
            Self::ScratchStep => Settings {
                network: Network::Scratch,
                epochs: *limits::EPOCHS.end(),
                fine_tuning: None,
                ..settings
            },
        }
    }
}

/// Why an exercise cannot begin or go on.
#[derive(Debug, Error)]
pub enum ExerciseError {
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// What another library has to be given to do the same.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub training_films: usize,
    pub validation_films: usize,
    pub batch_size: usize,
    pub classes: usize,
    /// Pixels.
    pub side: usize,
    /// Stages of the backbone that learn.
    pub unfrozen: usize,
}

/// A recipe on made-up films, begun again whenever its passes are over.
pub struct Exercise {
    recipe: Recipe,
    settings: Settings,
    weights: Weights,
    device: Device,
    run: Run,
    store: FeatureStore,
}

impl Exercise {
    /// `side`: pixels of the made-up films.
    ///
    /// # Errors
    /// [`ExerciseError::Run`] when the weights do not fit.
    pub fn new(
        recipe: Recipe,
        side: usize,
        weights: Weights,
        device: &Device,
    ) -> Result<Self, ExerciseError> {
        let settings = recipe.settings(side);
        let run = begin(&settings, &weights, device)?;
        let key = FeatureKey::of(&settings);
        let mut store = FeatureStore::new(key);
        for (place, view) in run.views().into_iter().enumerate() {
            store.insert(view, features(&key, place));
        }
        Ok(Self {
            recipe,
            settings,
            weights,
            device: device.clone(),
            run,
            store,
        })
    }

    pub fn sizes(&self) -> Sizes {
        let films = |part| self.run.parts().iter().filter(|of| **of == part).count();
        Sizes {
            training_films: films(Subset::Train),
            validation_films: films(Subset::Validation),
            batch_size: self.settings.batch_size,
            classes: made_up::CLASSES,
            side: self.settings.film_side,
            unfrozen: self.settings.fine_tuning.map_or(0, |tuning| tuning.stages),
        }
    }

    /// Milliseconds of one epoch or of one step with a whole batch, whichever the recipe asks for. `now` tells milliseconds.
    ///
    /// # Errors
    /// What a run ends with.
    pub async fn once(&mut self, now: impl Fn() -> f64) -> Result<f64, ExerciseError> {
        loop {
            if self.run.is_done() {
                self.run = begin(&self.settings, &self.weights, &self.device)?;
            }
            let begun = now();
            let wanted = match self.recipe {
                Recipe::HeadEpoch => self.epoch().await?,
                Recipe::FineTuningStep | Recipe::GridFineTuningStep => {
                    self.step(StageKind::FineTuning).await?
                }
                Recipe::ScratchStep => self.step(StageKind::Scratch).await?,
            };
            if wanted {
                return Ok(now() - begun);
            }
        }
    }

    /// Always the wanted.
    async fn epoch(&mut self) -> Result<bool, ExerciseError> {
        loop {
            let reports = self.next().await?;
            if let Some(Report::Epoch(_)) = reports.last() {
                return Ok(true);
            }
        }
    }

    /// Whether it was one of that stage and of a whole batch: the last of an epoch is smaller, and validation follows it.
    async fn step(&mut self, stage: StageKind) -> Result<bool, ExerciseError> {
        let reports = self.next().await?;
        Ok(matches!(&reports[..], [Report::Step(step)] if step.stage == stage))
    }

    async fn next(&mut self) -> Result<Vec<Report>, ExerciseError> {
        Ok(self.run.next(&self.store).await?)
    }
}

fn begin(settings: &Settings, weights: &Weights, device: &Device) -> Result<Run, RunError> {
    let films = made_up::films(settings.film_side);
    // Results are read back after each step, as on the CPU of the page; on another device that is what ends the step.
    Run::new(settings, &films, weights, device, 1)
}

/// What a run under this key reads of the film at this place.
fn features(key: &FeatureKey, place: usize) -> Features {
    let Some(request) = key.request() else {
        return Features {
            embedding: made_up::numbers(key.side * key.side, place),
            feature_map: Vec::new(),
        };
    };
    let entering: usize = input_shape(request.cut, key.side).iter().product();
    let all_frozen = request.cut == request.reading.depth();
    Features {
        embedding: made_up::numbers(request.reading.embedding_len(), place),
        feature_map: made_up::numbers(if all_frozen { 0 } else { entering }, place),
    }
}
