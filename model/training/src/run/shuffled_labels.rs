//! The control of a heat map: a network that is taught shuffled labels by the recipe of a run, until it knows them by heart.

use rand::seq::SliceRandom;

use super::{Given, Run, RunningMetrics, augmented_views, random};
use crate::features::FeatureSource;
use imaging::{
    insight::KNOWN_BY_HEART,
    report::{LossAccuracy, Report, TrainError},
    settings::{Network, Settings},
    split::Subset,
};
use mobilenet::weights::{Weights, WeightsError};

/// Steps of a head at most, some seconds: at the rate that settings have at first, 116 films take about half of them.
const HEAD_STEPS: usize = 6_000;

/// From scratch a step takes long: so many times the epochs of the run at most.
const SCRATCH_TIMES: usize = 3;

/// A run on the same films and parts, with the classes of the training films shuffled. Its settings are those of the run, but its
/// first stage goes on until it knows them, or for so long that a visitor would no longer wait.
pub struct ShuffledLabels {
    run: Run,
}

impl ShuffledLabels {
    /// # Errors
    /// [`WeightsError`] when the weights do not fit.
    pub fn of(run: &Run, weights: &Weights) -> Result<Self, WeightsError> {
        let mut films = run.films.clone();
        let training = run.members(Subset::Train);
        let mut classes: Vec<usize> = training.iter().map(|&sample| run.class(sample)).collect();
        classes.shuffle(&mut random(run.settings.seed, 3));
        for (&sample, class) in training.iter().zip(classes) {
            films.samples[sample].class = class;
        }
        let settings = Settings {
            epochs: most_epochs(&run.settings, training.len()),
            ..run.settings.clone()
        };
        let given = Given {
            settings: &settings,
            films: &films,
            parts: run.parts.clone(),
            augmented_views: augmented_views(&settings),
            extractor: run.extractor.clone(),
        };
        let run = Run::on(given, weights, &run.device, run.read_every)?;
        Ok(Self { run })
    }

    pub fn is_done(&self) -> bool {
        self.run.is_done()
    }

    /// One step.
    ///
    /// # Errors
    /// As [`Run::next`], with the store of the run that it is made of.
    pub async fn next(&mut self, store: &dyn FeatureSource) -> Result<(), TrainError> {
        let reports = self.run.next(store).await?;
        let over = reports
            .iter()
            .any(|report| matches!(report, Report::Epoch(_)));
        let first_stage = self.run.sampler.position().stage == 0;
        if over && first_stage && self.knows_them(store).await? {
            self.run.sampler.next_stage();
            self.run.begin_stage();
        }
        Ok(())
    }

    /// How it answers its training films, as they are, by the labels that it was taught.
    ///
    /// # Errors
    /// As [`Run::score`].
    pub async fn memorized(&self, store: &dyn FeatureSource) -> Result<LossAccuracy, TrainError> {
        let members = self.run.members(Subset::Train);
        let predicted = self.run.predict_stored(&members, store).await?;
        let mut sum = RunningMetrics::default();
        for (&sample, probabilities) in members.iter().zip(&predicted) {
            sum.add(self.run.class(sample), probabilities);
        }
        Ok(sum.summary())
    }

    pub fn run(&self) -> &Run {
        &self.run
    }

    async fn knows_them(&self, store: &dyn FeatureSource) -> Result<bool, TrainError> {
        let known = self.memorized(store).await?;
        Ok(known.correct as f64 >= KNOWN_BY_HEART * known.n as f64)
    }
}

/// Of the first stage; never fewer than the run's own.
fn most_epochs(settings: &Settings, films: usize) -> usize {
    let own = settings.epochs;
    match settings.network {
        Network::Scratch => SCRATCH_TIMES * own,
        Network::Pretrained(_) => {
            let steps = films.div_ceil(settings.batch_size.max(1)).max(1);
            own.max(HEAD_STEPS / steps)
        }
    }
}
