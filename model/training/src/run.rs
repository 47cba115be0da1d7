//! One training run: the loop that the page, the native tool and the experiments share.
//!
//! A run yields reports and never waits: whoever drives it asks for the next step, or stops asking.

mod cut_off;
mod evaluation;
mod network;
mod reading;
mod running_metrics;
mod sampler;
mod sharing;
mod shuffled_labels;
mod taken_in;

use std::borrow::Cow;

use burn::tensor::{Device, Tensor};
use checkpoint::{CheckpointError, Origin};
use rand_chacha::ChaCha8Rng;
use thiserror::Error;

use crate::{
    explainer::Explainer,
    features::{
        Extractor, FeatureKey, FeatureSource, Features, PooledStages, View, depth, embedding_len,
    },
    head::{HeadConfig, dropout_mask},
    scratch::ScratchConfig,
    trainable::{Adam, Batch, Gradients, Stepped, TopLayers, TrainableModel, adam, step},
};
use imaging::{
    dataset::DatasetSummary,
    report::{EpochReport, Report, StageKind, TrainError},
    settings::{Network, Settings, SettingsError},
    split::{SplitError, Subset, split},
};
use metrics::confusion;
use mobilenet::weights::{Weights, WeightsError};
use running_metrics::RunningMetrics;
use sampler::{BatchSampler, Position, augmented_views};

pub(crate) use sampler::random;
pub use shuffled_labels::ShuffledLabels;
pub use taken_in::Taken;

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RunError {
    #[error(transparent)]
    Settings(SettingsError),
    #[error(transparent)]
    Split(SplitError),
    #[error(transparent)]
    Weights(WeightsError),
    /// What was kept of a run that was cut off is of no use.
    #[error(transparent)]
    Checkpoint(CheckpointError),
}

/// A training run and the network that comes of it.
pub struct Run {
    settings: Settings,
    films: DatasetSummary,
    parts: Vec<Subset>,
    origin: Origin,
    sampler: BatchSampler,
    dropout: ChaCha8Rng,
    /// `None` only while a step is under way, or after one broke off.
    trainable: Option<TrainableModel>,
    optimiser: Adam,
    extractor: Extractor,
    /// The unfrozen stages, until the second stage begins.
    top_layers: Option<PooledStages>,
    /// With autodiff.
    device: Device,
    pending: Vec<Pending>,
    read_every: usize,
    /// What the batches of the present epoch showed.
    running: RunningMetrics,
}

/// What a run is made of.
pub(crate) struct Given<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) films: &'a DatasetSummary,
    /// One a film.
    pub(crate) parts: Vec<Subset>,
    /// Views of each training film beside view 0.
    pub(crate) augmented_views: usize,
    /// For the settings.
    pub(crate) extractor: Extractor,
}

/// A step whose result is still on the device.
struct Pending {
    position: Position,
    batch: Vec<View>,
    logits: Tensor<2>,
    /// Logits after the step, and what moved the weights.
    diagnostics: Option<(Tensor<2>, Gradients)>,
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
        let extractor = Extractor::new(weights, &FeatureKey::of(settings), &device);
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
            .filter(|&sample| parts[sample] == Subset::Train)
            .collect();
        let device = device.clone().autodiff();
        let key = *extractor.key();
        let (trainable, top_layers) =
            trainable(settings, &key, films.classes.len(), weights, &device)?;
        let random_order = random(settings.seed, 1);
        let mut run = Self {
            settings: settings.clone(),
            films: films.clone(),
            parts,
            origin: Origin::Drawn,
            sampler: BatchSampler::new(settings, training, augmented_views, random_order),
            dropout: random(settings.seed, 2),
            trainable: Some(trainable),
            optimiser: adam(),
            extractor,
            top_layers,
            device,
            pending: Vec::new(),
            read_every: read_every.max(1),
            running: RunningMetrics::default(),
        };
        run.unfreeze_if_due();
        Ok(run)
    }

    /// The part that each film plays.
    pub fn parts(&self) -> &[Subset] {
        &self.parts
    }

    /// Where its network came from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// By which it learns.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// All views that the run needs, the films as they are first.
    pub fn views(&self) -> Vec<View> {
        (0..=augmented_views(&self.settings))
            .flat_map(|view| (0..self.parts.len()).map(move |sample| View { sample, view }))
            .filter(|view| view.view == 0 || self.parts[view.sample] == Subset::Train)
            .collect()
    }

    pub fn steps_total(&self) -> usize {
        self.sampler.steps_total()
    }

    pub fn steps_done(&self) -> usize {
        self.sampler.position().steps_done
    }

    /// The one that the next step is of; `None` when the run is done.
    pub fn stage(&self) -> Option<StageKind> {
        self.sampler.stage().map(|stage| stage.kind)
    }

    pub fn is_done(&self) -> bool {
        self.sampler.stage().is_none()
    }

    /// Does one step. Its report may come later: every `read_every` steps and at each epoch's end.
    /// Nothing when the run is done.
    ///
    /// # Errors
    /// [`TrainError::Diverged`] when the loss is no longer a number, [`TrainError::Device`] when the
    /// device fails, [`TrainError::Missing`] when the store lacks one of [`Self::views`]; whatever else keeps the store from handing them out. The run cannot go on after
    /// any of them.
    pub async fn next(&mut self, store: &dyn FeatureSource) -> Result<Vec<Report>, TrainError> {
        self.advance(store, false).await
    }

    /// Does one step and looks at it closely: its report comes at once, with [`StepReport::diagnostics`](imaging::report::StepReport::diagnostics).
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn next_with_diagnostics(
        &mut self,
        store: &dyn FeatureSource,
    ) -> Result<Vec<Report>, TrainError> {
        self.advance(store, true).await
    }

    async fn advance(
        &mut self,
        store: &dyn FeatureSource,
        closely: bool,
    ) -> Result<Vec<Report>, TrainError> {
        let Some(stage) = self.sampler.stage() else {
            return Ok(Vec::new());
        };
        let views = self.sampler.next_batch();
        self.train_on(views, stage.learning_rate, store, closely)?;
        self.after_step(stage.kind, store, closely).await
    }

    async fn after_step(
        &mut self,
        stage: StageKind,
        store: &dyn FeatureSource,
        closely: bool,
    ) -> Result<Vec<Report>, TrainError> {
        let mut reports = Vec::new();
        let full = self.pending.len() >= self.read_every;
        if closely || full || self.sampler.epoch_is_over() {
            reports.extend(self.read_pending().await?.into_iter().map(Report::Step));
        }
        if self.sampler.epoch_is_over() {
            reports.push(Report::Epoch(self.end_epoch(stage, store).await?));
        }
        Ok(reports)
    }

    /// The numbers of the films of a part.
    pub fn members(&self, part: Subset) -> Vec<usize> {
        (0..self.parts.len())
            .filter(|&sample| self.parts[sample] == part)
            .collect()
    }

    /// The network as it is now, to be looked into.
    ///
    /// # Errors
    /// [`TrainError::Missing`] when a step broke off and took it along.
    pub fn explainer(&self) -> Result<Explainer, TrainError> {
        Ok(Explainer {
            extractor: self.extractor.clone(),
            trainable: self.trainable()?.clone(),
            classes: self.films.classes.len(),
            device: self.device.clone(),
        })
    }

    fn class(&self, sample: usize) -> usize {
        self.films.samples[sample].class
    }

    fn trainable(&self) -> Result<&TrainableModel, TrainError> {
        self.trainable.as_ref().ok_or_else(lost)
    }

    fn train_on(
        &mut self,
        views: Vec<View>,
        rate: f64,
        store: &dyn FeatureSource,
        closely: bool,
    ) -> Result<(), TrainError> {
        let features = features_of(store, views.iter().copied())?;
        let trainable = self.trainable.take().ok_or_else(lost)?;
        let batch = Batch {
            inputs: features.iter().map(|one| trainable.input(one)).collect(),
            classes: views.iter().map(|view| self.class(view.sample)).collect(),
            side: self.settings.film_side,
        };
        let dropout = self.settings.dropout;
        let mask = (trainable.has_dropout() && dropout > 0.0)
            .then(|| dropout_mask(views.len(), dropout, &mut self.dropout, &self.device));
        let Stepped {
            trainable,
            logits,
            diagnostics,
        } = step(
            trainable,
            &mut self.optimiser,
            rate,
            &batch,
            mask,
            closely,
            &self.device,
        );
        self.trainable = Some(trainable);
        self.pending.push(Pending {
            position: self.sampler.position(),
            batch: views,
            logits,
            diagnostics,
        });
        Ok(())
    }

    async fn end_epoch(
        &mut self,
        stage: StageKind,
        store: &dyn FeatureSource,
    ) -> Result<EpochReport, TrainError> {
        let members = self.members(Subset::Validation);
        let predicted = self.predict_stored(&members, store).await?;
        let mut validation = RunningMetrics::default();
        let truth: Vec<usize> = members.iter().map(|&sample| self.class(sample)).collect();
        for (&class, probabilities) in truth.iter().zip(&predicted) {
            validation.add(class, probabilities);
        }
        let position = self.sampler.position();
        let report = EpochReport {
            stage,
            epoch: position.epoch,
            steps_done: position.steps_done,
            train: std::mem::take(&mut self.running).summary(),
            validation: validation.summary(),
            validation_confusion: confusion(self.films.classes.len(), &truth, &predicted),
        };
        if self.sampler.next_epoch() {
            self.begin_stage();
        }
        Ok(report)
    }

    fn begin_stage(&mut self) {
        self.optimiser = adam();
        self.unfreeze_if_due();
    }

    /// Puts the head on the last stages of the backbone when the second stage begins.
    fn unfreeze_if_due(&mut self) {
        if self
            .sampler
            .last_begun()
            .is_none_or(|stage| stage.kind != StageKind::FineTuning)
        {
            return;
        }
        self.trainable = match (self.trainable.take(), self.top_layers.take()) {
            (Some(TrainableModel::Head(head)), Some(stages)) => {
                Some(TrainableModel::TopLayers(TopLayers { stages, head }))
            }
            (trainable, _) => trainable,
        };
    }
}

/// What learns first, and the stages of the backbone that learn later.
fn trainable(
    settings: &Settings,
    key: &FeatureKey,
    classes: usize,
    weights: &Weights,
    device: &Device,
) -> Result<(TrainableModel, Option<PooledStages>), WeightsError> {
    let mut random = random(settings.seed, 0);
    let pooling = match settings.network {
        Network::Scratch => {
            let network = ScratchConfig { classes }.init(&mut random, device);
            return Ok((TrainableModel::Scratch(network), None));
        }
        Network::Pretrained(pooling) => pooling,
    };
    let features = embedding_len(pooling);
    let head = HeadConfig { features, classes }.init(&mut random, device);
    if key.cut == depth(pooling) {
        return Ok((TrainableModel::Head(head), None));
    }
    let top_layers = PooledStages::unfrozen(weights, key, device)?;
    Ok((TrainableModel::Head(head), Some(top_layers)))
}

fn features_of(
    store: &dyn FeatureSource,
    views: impl Iterator<Item = View>,
) -> Result<Vec<Cow<'_, Features>>, TrainError> {
    views.map(|view| store.features(view)).collect()
}

fn lost() -> TrainError {
    TrainError::Missing {
        what: "the network of this run".into(),
    }
}
