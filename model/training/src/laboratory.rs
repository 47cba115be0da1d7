//! Carries out an [`Experiment`]: says which inputs it needs, takes their features, and trains and judges one network
//! after another in small pieces, so that a browser stays awake.

mod bench;
mod exposure;
mod films;
mod pixels;
mod plan;

use std::collections::{BTreeSet, HashMap};

use burn::tensor::Device;
use thiserror::Error;

use crate::{
    features::{Extractor, FeatureStore, Features, Recipe, depth},
    weights::{Weights, WeightsError},
};
use bench::{Bench, Tools};
use experiments::{Experiment, Ground, Outcome, Score};
use imaging::{
    dataset::Dataset,
    report::TrainError,
    settings::{Augmentation, FineTuning, Network, Reading, Settings},
    split::SplitError,
};
use pixels::Thumbnails;
use plan::{Learns, Trial, plan};

pub use exposure::{Change, Exposure};

/// Why an experiment cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LaboratoryError {
    #[error(transparent)]
    Split(SplitError),
    /// The experiment is about patients.
    #[error("it is not known which films are of one patient: name patients in pack.json")]
    NoPatients,
    /// They cannot be divided so that each part has films of every class.
    #[error("there are too few patients of each class to train on some and to judge on others")]
    FewPatients,
    /// A class has too few films for it.
    #[error("the class {class} has {n} films; this takes {least}")]
    TooFew {
        class: String,
        n: usize,
        least: usize,
    },
    #[error(transparent)]
    Weights(WeightsError),
}

/// An experiment on its way.
pub struct Laboratory {
    experiment: Experiment,
    trials: Vec<Trial>,
    /// Trials that are over.
    done: usize,
    /// What is known of the present trial.
    scores: Vec<(Ground, Score)>,
    /// Its present training.
    at: usize,
    bench: Option<Bench>,
    /// Without any, for those that are not there yet.
    features: HashMap<Exposure, Features>,
    tools: Tools,
}

impl Laboratory {
    /// The experiment with the seeds from `first_seed` on, on the device on which networks train.
    ///
    /// # Errors
    /// [`LaboratoryError`] when the films do not allow it, or the weights do not fit.
    pub fn new(
        experiment: Experiment,
        first_seed: u64,
        seeds: usize,
        dataset: &Dataset,
        weights: &Weights,
        device: &Device,
    ) -> Result<Self, LaboratoryError> {
        let summary = dataset.summary(false);
        let trials = plan(experiment, first_seed, seeds, &summary)?;
        let readings: BTreeSet<Reading> = exposures(&trials).map(|asked| asked.reading).collect();
        let mut extractors = HashMap::new();
        for reading in readings {
            let recipe = recipe(experiment, reading);
            let extractor = Extractor::new(weights, &recipe, device);
            extractors.insert(reading, extractor.map_err(LaboratoryError::Weights)?);
        }
        let thumbnails = (experiment == Experiment::Pixels).then(|| Thumbnails::of(dataset));
        Ok(Self {
            experiment,
            trials,
            done: 0,
            scores: Vec::new(),
            at: 0,
            bench: None,
            features: HashMap::new(),
            tools: Tools {
                summary,
                weights: weights.clone(),
                device: device.clone(),
                extractors,
                thumbnails: thumbnails.unwrap_or_default(),
            },
        })
    }

    pub fn experiment(&self) -> Experiment {
        self.experiment
    }

    /// All inputs whose features are still to be given, films as they are first.
    pub fn needs(&self) -> Vec<Exposure> {
        let mut needs: Vec<Exposure> = exposures(&self.trials)
            .filter(|asked| !self.features.contains_key(asked))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        needs.sort_by_key(|asked| (asked.reading, asked.change, asked.sample));
        needs
    }

    /// What the features of an exposure depend on beside its input: for the pool's extractor.
    pub fn recipe(&self, exposure: &Exposure) -> Recipe {
        recipe(self.experiment, exposure.reading)
    }

    /// Takes the features of an exposure. What the experiment does not read is dropped.
    pub fn give(&mut self, exposure: Exposure, mut features: Features) {
        if self.experiment != Experiment::LearningRates {
            features.activation = Vec::new();
        }
        self.features.insert(exposure, features);
    }

    /// Takes what the store of the films has of all that is needed.
    pub fn give_from(&mut self, store: &FeatureStore) {
        for exposure in self.needs() {
            if let Some(features) = self.found(&exposure, store) {
                self.give(exposure, features.clone());
            }
        }
    }

    /// Features in the store that are those of the exposure.
    fn found<'a>(&self, exposure: &Exposure, store: &'a FeatureStore) -> Option<&'a Features> {
        let (own, stored) = (self.recipe(exposure), store.recipe());
        let view = exposure.view()?;
        let same = own.side == stored.side
            && own.network == stored.network
            && (view.view == 0 || own.augmentation == stored.augmentation)
            // A reading is the same wherever the backbone is cut.
            && (own.cut == stored.cut || self.experiment != Experiment::LearningRates);
        same.then(|| store.get(view)).flatten()
    }

    /// Trials in all.
    pub fn total(&self) -> usize {
        self.trials.len()
    }

    /// Trials that are over.
    pub fn done(&self) -> usize {
        self.done
    }

    pub fn is_done(&self) -> bool {
        self.done == self.trials.len()
    }

    /// One short piece of work: a few steps of training, or some answers. An outcome when it ends a trial. To be
    /// called only when nothing is needed any more, until [`Self::is_done`].
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails, [`TrainError::Missing`] when features were not given. A network
    /// whose loss is no longer a number is judged as it is.
    pub async fn next(&mut self) -> Result<Option<Outcome>, TrainError> {
        let Some(trial) = self.trials.get(self.done) else {
            return Ok(None);
        };
        let Some(training) = trial.trainings.get(self.at) else {
            let outcome = Outcome {
                condition: trial.condition,
                seed: trial.seed,
                scores: std::mem::take(&mut self.scores),
            };
            self.done += 1;
            self.at = 0;
            return Ok(Some(outcome));
        };
        let bench = match &mut self.bench {
            Some(bench) if bench.lessons == training.lessons => bench,
            bench => bench.insert(Bench::begin(
                &training.lessons,
                &self.features,
                &self.tools,
            )?),
        };
        if bench.is_learning() {
            bench.learn().await?;
            return Ok(None);
        }
        let known = &training.exams[bench.exams_done()..];
        match known.first() {
            Some(exam) => {
                if let Some(score) = bench.examine(exam, &self.features, &self.tools).await? {
                    self.scores.push((exam.ground, score));
                }
            }
            None => {
                bench.end_exams();
                self.at += 1;
            }
        }
        Ok(None)
    }
}

fn exposures(trials: &[Trial]) -> impl Iterator<Item = Exposure> {
    let trainings = trials.iter().flat_map(|trial| &trial.trainings);
    trainings
        .filter(|training| matches!(training.lessons.learns, Learns::Network(_)))
        .flat_map(|training| {
            let lessons = training.lessons.films.iter();
            let exams = training.exams.iter().flat_map(|exam| {
                let further = exam.rule.questions().iter();
                exam.questions.iter().chain(further)
            });
            lessons
                .flat_map(|lesson| lesson.exposures.iter().copied())
                .chain(exams.map(|question| question.exposure))
        })
}

/// The same as that of the default settings where it can be, so that features are shared with runs.
fn recipe(experiment: Experiment, reading: Reading) -> Recipe {
    let unfrozen = match experiment {
        Experiment::LearningRates => FineTuning::default().stages,
        _ => 0,
    };
    Recipe {
        side: Settings::default().film_side,
        network: Network::Pretrained(reading),
        cut: depth(reading) - unfrozen,
        augmentation: Some(Augmentation::default()),
    }
}
