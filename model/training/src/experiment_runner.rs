//! Carries out an [`Experiment`]: says which inputs it needs, takes their features, and trains and judges one network
//! after another in small pieces, so that a browser stays awake.

mod design;
mod films;
mod pixels;
mod trial_runner;
mod variant;

use std::collections::{BTreeSet, HashMap};

use burn::tensor::Device;
use thiserror::Error;

use crate::features::{Extractor, FeatureKey, FeatureStore, Features, depth};
use design::{Learns, Trial, plan};
use experiments::{EvaluationSet, Experiment, Outcome, Score};
use imaging::{
    dataset::Dataset,
    order::{gathered, sort_by_key},
    report::TrainError,
    settings::{Augmentation, FineTuning, Network, Pooling, Settings},
    split::{Division, SplitError},
};
use mobilenet::weights::{Weights, WeightsError};
use pixels::Thumbnails;
use trial_runner::{Tools, TrialRunner};

pub use variant::{Change, InputVariant};

/// Why an experiment cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExperimentError {
    #[error(transparent)]
    Split(SplitError),
    /// The experiment is about patients.
    #[error("it is not known which films are of one patient: name patients in pack.json")]
    NoPatients,
    /// Those whose films are not locked away as a test set cannot be divided so that each part has films of every class.
    #[error("there are too few patients of each class to train on some and to judge on others")]
    FewPatients,
    /// A class has too few films for it beside the locked test set.
    #[error("the class {class} has {n} films beside the test set; this takes {least}")]
    TooFew {
        class: String,
        n: usize,
        least: usize,
    },
    #[error(transparent)]
    Weights(WeightsError),
}

/// An experiment on its way.
pub struct ExperimentRunner {
    experiment: Experiment,
    trials: Vec<Trial>,
    /// Trials that are over.
    done: usize,
    /// What is known of the present trial.
    scores: Vec<(EvaluationSet, Score)>,
    /// Its present training.
    at: usize,
    trial_runner: Option<TrialRunner>,
    /// Without any, for those that are not there yet.
    features: HashMap<InputVariant, Features>,
    tools: Tools,
}

impl ExperimentRunner {
    /// The experiment with the seeds from `first_seed` on, on the device on which networks train. The test set of `run`, the
    /// learner's own, is locked: no network of an experiment is trained or judged on it.
    ///
    /// # Errors
    /// [`ExperimentError`] when the films do not allow it, or the weights do not fit.
    pub fn new(
        experiment: Experiment,
        first_seed: u64,
        seeds: usize,
        dataset: &Dataset,
        run: Division,
        weights: &Weights,
        device: &Device,
    ) -> Result<Self, ExperimentError> {
        let summary = dataset.summary(false);
        let trials = plan(experiment, first_seed, seeds, &summary, run)?;
        let poolings: BTreeSet<Pooling> = gathered(variants(&trials).map(|asked| asked.pooling));
        let mut extractors = HashMap::new();
        for pooling in poolings {
            let key = key(experiment, pooling);
            let extractor = Extractor::new(weights, &key, device);
            extractors.insert(pooling, extractor.map_err(ExperimentError::Weights)?);
        }
        let thumbnails = (experiment == Experiment::Pixels).then(|| Thumbnails::of(dataset));
        Ok(Self {
            experiment,
            trials,
            done: 0,
            scores: Vec::new(),
            at: 0,
            trial_runner: None,
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
    pub fn needs(&self) -> Vec<InputVariant> {
        let needs = variants(&self.trials).filter(|asked| !self.features.contains_key(asked));
        let needs: BTreeSet<InputVariant> = gathered(needs);
        let mut needs: Vec<InputVariant> = needs.into_iter().collect();
        sort_by_key(&mut needs, |asked| {
            (asked.pooling, asked.change, asked.sample)
        });
        needs
    }

    /// What the features of a variant depend on beside its input: for the pool's extractor.
    pub fn key(&self, variant: &InputVariant) -> FeatureKey {
        key(self.experiment, variant.pooling)
    }

    /// Takes the features of a variant. What the experiment does not read is dropped.
    pub fn give(&mut self, variant: InputVariant, mut features: Features) {
        if self.experiment != Experiment::LearningRates {
            features.feature_map = Vec::new();
        }
        self.features.insert(variant, features);
    }

    /// Takes what the store of the films has of all that is needed.
    pub fn give_from(&mut self, store: &FeatureStore) {
        for variant in self.needs() {
            if let Some(features) = self.found(&variant, store) {
                self.give(variant, features.clone());
            }
        }
    }

    /// Features in the store that are those of the variant.
    fn found<'a>(&self, variant: &InputVariant, store: &'a FeatureStore) -> Option<&'a Features> {
        let (own, stored) = (self.key(variant), store.key());
        let view = variant.view()?;
        let same = own.side == stored.side
            && own.network == stored.network
            && (view.view == 0 || own.augmentation == stored.augmentation)
            // An embedding is the same wherever the backbone is cut.
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
        let trial_runner = match &mut self.trial_runner {
            Some(trial_runner) if trial_runner.training_set == training.training_set => {
                trial_runner
            }
            trial_runner => trial_runner.insert(TrialRunner::begin(
                &training.training_set,
                &self.features,
                &self.tools,
            )?),
        };
        if trial_runner.is_learning() {
            trial_runner.learn().await?;
            return Ok(None);
        }
        let known = &training.evaluations[trial_runner.exams_done()..];
        match known.first() {
            Some(evaluation) => {
                if let Some(score) = trial_runner
                    .examine(evaluation, &self.features, &self.tools)
                    .await?
                {
                    self.scores.push((evaluation.evaluation_set, score));
                }
            }
            None => {
                trial_runner.end_exams();
                self.at += 1;
            }
        }
        Ok(None)
    }
}

fn variants(trials: &[Trial]) -> impl Iterator<Item = InputVariant> {
    let trainings = trials.iter().flat_map(|trial| &trial.trainings);
    trainings
        .filter(|training| matches!(training.training_set.learns, Learns::Network(_)))
        .flat_map(|training| {
            let training_set = training.training_set.films.iter();
            let evaluations = training.evaluations.iter().flat_map(|evaluation| {
                let further = evaluation.rule.questions().iter();
                evaluation.questions.iter().chain(further)
            });
            training_set
                .flat_map(|lesson| lesson.variants.iter().copied())
                .chain(evaluations.map(|question| question.variant))
        })
}

/// The same as that of the default settings where it can be, so that features are shared with runs.
fn key(experiment: Experiment, pooling: Pooling) -> FeatureKey {
    let unfrozen = match experiment {
        Experiment::LearningRates => FineTuning::default().stages,
        _ => 0,
    };
    FeatureKey {
        side: Settings::default().film_side,
        network: Network::Pretrained(pooling),
        cut: depth(pooling) - unfrozen,
        augmentation: Some(Augmentation::default()),
    }
}
