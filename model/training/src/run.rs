//! One training run: the loop that the page, the native tool and the experiments share.
//!
//! A run yields reports and never waits: whoever drives it asks for the next step, or stops asking.

mod course;
mod judging;
mod reading;
mod tally;

use burn::{
    optim::ModuleOptimizer,
    tensor::{Device, Tensor},
};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use thiserror::Error;

use crate::{
    features::{Extractor, FeatureStore, Features, Pooled, Recipe, View, depth, reading_len},
    head::{HeadConfig, dropout_mask},
    learner::{Batch, Gradients, Learner, Stepped, Tail, adam, step},
    observed::Observed,
    scratch::ScratchConfig,
    weights::{Weights, WeightsError},
};
use course::{Course, Position, augmented_views, random};
use imaging::{
    dataset::DatasetSummary,
    report::{EpochReport, Report, StageKind, TrainError},
    settings::{Network, Settings, SettingsError},
    split::{Part, SplitBy, SplitError, split},
};
use metrics::confusion;
use tally::Tally;

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RunError {
    #[error(transparent)]
    Settings(SettingsError),
    #[error(transparent)]
    Split(SplitError),
    #[error(transparent)]
    Weights(WeightsError),
}

/// A training run and the network that comes of it.
pub struct Run {
    settings: Settings,
    films: DatasetSummary,
    parts: Vec<Part>,
    course: Course,
    dropout: ChaCha8Rng,
    /// `None` only while a step is under way, or after one broke off.
    learner: Option<Learner>,
    optimiser: ModuleOptimizer,
    extractor: Extractor,
    /// The unfrozen stages, until the second stage begins.
    tail: Option<Pooled>,
    /// With autodiff.
    device: Device,
    pending: Vec<Pending>,
    read_every: usize,
    /// What the batches of the present epoch showed.
    running: Tally,
}

/// What a run is made of.
pub(crate) struct Given<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) films: &'a DatasetSummary,
    /// One a film.
    pub(crate) parts: Vec<Part>,
    /// Views of each training film beside view 0.
    pub(crate) augmented_views: usize,
    /// Of the recipe of the settings.
    pub(crate) extractor: Extractor,
}

/// A step whose result is still on the device.
struct Pending {
    position: Position,
    batch: Vec<View>,
    logits: Tensor<2>,
    /// Logits after the step, and what moved the weights.
    close_up: Option<(Tensor<2>, Gradients)>,
}

impl Run {
    /// A run on these films that has not begun. `read_every`: steps after which results are read back
    /// from the device; 1 on a CPU, more on a GPU, where each reading waits.
    ///
    /// # Errors
    /// [`RunError`] when a setting is out of its limits, the films cannot be divided, or the weights do not fit.
    pub fn new(
        settings: &Settings,
        films: &DatasetSummary,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Self, RunError> {
        settings.validate().map_err(RunError::Settings)?;
        let parts = split(films, settings.split_by, settings.seed).map_err(RunError::Split)?;
        let device = device.clone().autodiff();
        let extractor = Extractor::new(weights, &Recipe::of(settings), &device);
        let given = Given {
            settings,
            films,
            parts,
            augmented_views: augmented_views(settings),
            extractor: extractor.map_err(RunError::Weights)?,
        };
        Self::on(given, weights, &device, read_every).map_err(RunError::Weights)
    }

    /// A run on films that were divided before.
    ///
    /// # Errors
    /// [`WeightsError`] when the weights do not fit.
    pub(crate) fn on(
        given: Given<'_>,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Self, WeightsError> {
        let Given {
            settings,
            films,
            parts,
            augmented_views,
            extractor,
        } = given;
        let training = (0..parts.len())
            .filter(|&sample| parts[sample] == Part::Train)
            .collect();
        let device = device.clone().autodiff();
        let recipe = *extractor.recipe();
        let (learner, tail) = learner(settings, &recipe, films.classes.len(), weights, &device)?;
        let random_order = random(settings.seed, 1);
        let mut run = Self {
            settings: settings.clone(),
            films: films.clone(),
            parts,
            course: Course::new(settings, training, augmented_views, random_order),
            dropout: random(settings.seed, 2),
            learner: Some(learner),
            optimiser: adam(),
            extractor,
            tail,
            device,
            pending: Vec::new(),
            read_every: read_every.max(1),
            running: Tally::default(),
        };
        run.unfreeze_if_due();
        Ok(run)
    }

    /// The part that each film plays.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// All views that the run needs, the films as they are first.
    pub fn views(&self) -> Vec<View> {
        (0..=augmented_views(&self.settings))
            .flat_map(|view| (0..self.parts.len()).map(move |sample| View { sample, view }))
            .filter(|view| view.view == 0 || self.parts[view.sample] == Part::Train)
            .collect()
    }

    pub fn steps_total(&self) -> usize {
        self.course.steps_total()
    }

    pub fn is_done(&self) -> bool {
        self.course.stage().is_none()
    }

    /// Does one step. Its report may come later: every `read_every` steps and at each epoch's end.
    /// Nothing when the run is done.
    ///
    /// # Errors
    /// [`TrainError::Diverged`] when the loss is no longer a number, [`TrainError::Device`] when the
    /// device fails, [`TrainError::Missing`] when the store lacks one of [`Self::views`]. The run cannot go on after
    /// any of them.
    pub async fn next(&mut self, store: &FeatureStore) -> Result<Vec<Report>, TrainError> {
        self.advance(store, false).await
    }

    /// Does one step and looks at it closely: its report comes at once, with [`StepReport::close_up`](imaging::report::StepReport::close_up).
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn next_closely(&mut self, store: &FeatureStore) -> Result<Vec<Report>, TrainError> {
        self.advance(store, true).await
    }

    async fn advance(
        &mut self,
        store: &FeatureStore,
        closely: bool,
    ) -> Result<Vec<Report>, TrainError> {
        let Some(stage) = self.course.stage() else {
            return Ok(Vec::new());
        };
        let views = self.course.next_batch();
        self.train_on(views, stage.learning_rate, store, closely)?;
        let mut reports = Vec::new();
        let full = self.pending.len() >= self.read_every;
        if closely || full || self.course.epoch_is_over() {
            reports.extend(self.read_pending().await?.into_iter().map(Report::Step));
        }
        if self.course.epoch_is_over() {
            reports.push(Report::Epoch(self.end_epoch(stage.kind, store).await?));
        }
        Ok(reports)
    }

    /// The numbers of the films of a part.
    pub fn members(&self, part: Part) -> Vec<usize> {
        (0..self.parts.len())
            .filter(|&sample| self.parts[sample] == part)
            .collect()
    }

    /// The network as it is now, to be looked into.
    ///
    /// # Errors
    /// [`TrainError::Missing`] when a step broke off and took it along.
    pub fn observed(&self) -> Result<Observed, TrainError> {
        Ok(Observed {
            extractor: self.extractor.clone(),
            learner: self.learner()?.clone(),
            classes: self.films.classes.len(),
            device: self.device.clone(),
        })
    }

    /// A run of the first stage on the same films and parts, but with the classes of the training films
    /// shuffled: what it learns it can only learn by heart.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_shuffled_labels(&self, weights: &Weights) -> Result<Self, RunError> {
        let mut films = self.films.clone();
        for (sample, part) in films.samples.iter_mut().zip(&self.parts) {
            sample.part = Some(*part);
        }
        let training = self.members(Part::Train);
        let mut classes: Vec<usize> = training.iter().map(|&sample| self.class(sample)).collect();
        classes.shuffle(&mut random(self.settings.seed, 3));
        for (sample, class) in training.into_iter().zip(classes) {
            films.samples[sample].class = class;
        }
        let settings = Settings {
            split_by: SplitBy::Folder,
            augmentation: None,
            fine_tuning: None,
            ..self.settings.clone()
        };
        Self::new(&settings, &films, weights, &self.device, self.read_every)
    }

    fn class(&self, sample: usize) -> usize {
        self.films.samples[sample].class
    }

    fn learner(&self) -> Result<&Learner, TrainError> {
        self.learner.as_ref().ok_or_else(lost)
    }

    fn train_on(
        &mut self,
        views: Vec<View>,
        rate: f64,
        store: &FeatureStore,
        closely: bool,
    ) -> Result<(), TrainError> {
        let batch = Batch {
            features: views
                .iter()
                .map(|&view| features_of(store, view))
                .collect::<Result<_, _>>()?,
            classes: views.iter().map(|view| self.class(view.sample)).collect(),
            side: self.settings.film_side,
        };
        let learner = self.learner.take().ok_or_else(lost)?;
        let dropout = self.settings.dropout;
        let mask = (learner.has_dropout() && dropout > 0.0)
            .then(|| dropout_mask(views.len(), dropout, &mut self.dropout, &self.device));
        let Stepped {
            learner,
            logits,
            close_up,
        } = step(
            learner,
            &mut self.optimiser,
            rate,
            &batch,
            mask,
            closely,
            &self.device,
        );
        self.learner = Some(learner);
        self.pending.push(Pending {
            position: self.course.position(),
            batch: views,
            logits,
            close_up,
        });
        Ok(())
    }

    async fn end_epoch(
        &mut self,
        stage: StageKind,
        store: &FeatureStore,
    ) -> Result<EpochReport, TrainError> {
        let members = self.members(Part::Validation);
        let judged = self.judge_stored(&members, store).await?;
        let mut validation = Tally::default();
        let truth: Vec<usize> = members.iter().map(|&sample| self.class(sample)).collect();
        for (&class, probabilities) in truth.iter().zip(&judged) {
            validation.add(class, probabilities);
        }
        let position = self.course.position();
        let report = EpochReport {
            stage,
            epoch: position.epoch,
            steps_done: position.steps_done,
            train: std::mem::take(&mut self.running).summary(),
            validation: validation.summary(),
            validation_confusion: confusion(self.films.classes.len(), &truth, &judged),
        };
        if self.course.next_epoch() {
            self.optimiser = adam();
            self.unfreeze_if_due();
        }
        Ok(report)
    }

    /// Puts the head on the last stages of the backbone when the second stage begins.
    fn unfreeze_if_due(&mut self) {
        if self
            .course
            .stage()
            .is_none_or(|stage| stage.kind != StageKind::FineTuning)
        {
            return;
        }
        self.learner = match (self.learner.take(), self.tail.take()) {
            (Some(Learner::Head(head)), Some(stages)) => Some(Learner::Tail(Tail { stages, head })),
            (learner, _) => learner,
        };
    }
}

/// What learns first, and the stages of the backbone that learn later.
fn learner(
    settings: &Settings,
    recipe: &Recipe,
    classes: usize,
    weights: &Weights,
    device: &Device,
) -> Result<(Learner, Option<Pooled>), WeightsError> {
    let mut random = random(settings.seed, 0);
    let reading = match settings.network {
        Network::Scratch => {
            let network = ScratchConfig { classes }.init(&mut random, device);
            return Ok((Learner::Scratch(network), None));
        }
        Network::Pretrained(reading) => reading,
    };
    let features = reading_len(reading);
    let head = HeadConfig { features, classes }.init(&mut random, device);
    if recipe.cut == depth(reading) {
        return Ok((Learner::Head(head), None));
    }
    let tail = Pooled::unfrozen(weights, recipe, device)?;
    Ok((Learner::Head(head), Some(tail)))
}

fn features_of(store: &FeatureStore, view: View) -> Result<&Features, TrainError> {
    store.get(view).ok_or_else(|| TrainError::Missing {
        what: format!("the features of film {}, view {}", view.sample, view.view),
    })
}

fn lost() -> TrainError {
    TrainError::Missing {
        what: "the network of this run".into(),
    }
}
