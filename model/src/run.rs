//! One training run: the loop that the page, the native tool and the experiments share.
//!
//! A run yields reports and never waits: whoever drives it asks for the next step, or stops asking.

use std::ops::Range;

use burn::{
    optim::ModuleOptimizer,
    tensor::{Device, Tensor},
};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::{
    dataset::DatasetSummary,
    features::{
        AUGMENTED_VIEWS, Extractor, FeatureStore, Features, Pooled, Recipe, View, depth, read,
        reading_len,
    },
    film::Film,
    head::{HeadConfig, dropout_mask},
    learner::{Batch, Learner, Tail, adam, softmax, step},
    metrics::scores,
    report::{
        BatchFilm, EpochReport, LossAccuracy, Report, StageKind, StepReport, TestFilm, TestReport,
        TrainError,
    },
    scratch::ScratchConfig,
    settings::{Network, Settings},
    split::{Part, SplitError, split},
    weights::{Weights, WeightsError},
};

/// Films that are judged together; small enough to stay in the processor's cache.
const JUDGED_TOGETHER: usize = 16;

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    Split(SplitError),
    Weights(WeightsError),
}

/// A stage of a run.
#[derive(Clone, Copy, Debug)]
struct Stage {
    kind: StageKind,
    epochs: usize,
    learning_rate: f64,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default)]
struct Position {
    stage: usize,
    epoch: usize,
    /// Films of this epoch that have been seen.
    seen: usize,
    steps_done: usize,
}

/// A step whose result is still on the device.
struct Pending {
    position: Position,
    batch: Vec<View>,
    logits: Tensor<2>,
}

/// The random numbers of a run, a stream for each use, so that one use does not shift another.
struct Random {
    order: ChaCha8Rng,
    dropout: ChaCha8Rng,
}

impl Random {
    fn new(seed: u64) -> Self {
        Self {
            order: stream(seed, 1),
            dropout: stream(seed, 2),
        }
    }
}

fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number);
    random
}

/// A training run and the network that comes of it.
pub struct Run {
    settings: Settings,
    /// Class of each film.
    classes: Vec<usize>,
    class_count: usize,
    patients: Vec<Option<String>>,
    parts: Vec<Part>,
    stages: Vec<Stage>,
    position: Position,
    /// The films of the present epoch, in the order in which they come.
    order: Vec<View>,
    random: Random,
    /// `None` only while a step is under way, or after a device failed in it.
    learner: Option<Learner>,
    optimiser: ModuleOptimizer,
    extractor: Extractor,
    /// The unfrozen stages, until the second stage begins.
    tail: Option<Pooled>,
    /// With autodiff.
    device: Device,
    pending: Vec<Pending>,
    read_every: usize,
    /// Of the present epoch.
    running: Tally,
}

impl Run {
    /// A run on these films that has not begun. `read_every`: steps after which results are read back
    /// from the device; 1 on a CPU, more on a GPU, where each reading waits.
    ///
    /// # Errors
    /// [`RunError`] when the films cannot be divided, or the weights do not fit.
    pub fn new(
        settings: &Settings,
        films: &DatasetSummary,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Self, RunError> {
        let parts = split(films, settings.split_by, settings.seed).map_err(RunError::Split)?;
        let device = device.clone().autodiff();
        let recipe = Recipe::of(settings);
        let class_count = films.classes.len();
        let mut first_weights = stream(settings.seed, 0);
        let (learner, tail) = match settings.network {
            Network::Scratch => (
                Learner::Scratch(
                    ScratchConfig {
                        classes: class_count,
                    }
                    .init(&mut first_weights, &device),
                ),
                None,
            ),
            Network::Pretrained(reading) => {
                let config = HeadConfig {
                    features: reading_len(reading),
                    classes: class_count,
                };
                let head = config.init(&mut first_weights, &device);
                let unfrozen = recipe.cut..depth(reading);
                let tail = (!unfrozen.is_empty())
                    .then(|| {
                        weights
                            .backbone(unfrozen, &device)
                            .map(|stages| Pooled::new(stages, reading, recipe.cut))
                    })
                    .transpose()
                    .map_err(RunError::Weights)?;
                (Learner::Head(head), tail)
            }
        };
        let mut run = Self {
            settings: settings.clone(),
            classes: films.samples.iter().map(|sample| sample.class).collect(),
            class_count,
            patients: films
                .samples
                .iter()
                .map(|sample| sample.patient.clone())
                .collect(),
            parts,
            stages: stages(settings),
            position: Position::default(),
            order: Vec::new(),
            random: Random::new(settings.seed),
            learner: Some(learner),
            optimiser: adam(),
            extractor: Extractor::new(weights, &recipe, &device).map_err(RunError::Weights)?,
            tail,
            device,
            pending: Vec::new(),
            read_every: read_every.max(1),
            running: Tally::default(),
        };
        run.skip_empty_stages();
        Ok(run)
    }

    /// The part that each film plays.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// All views that the run needs, the films as they are first.
    pub fn views(&self) -> Vec<View> {
        let augmented = if self.settings.augmentation.is_some() {
            AUGMENTED_VIEWS
        } else {
            0
        };
        (0..=augmented)
            .flat_map(|view| (0..self.parts.len()).map(move |sample| View { sample, view }))
            .filter(|view| view.view == 0 || self.parts[view.sample] == Part::Train)
            .collect()
    }

    pub fn steps_total(&self) -> usize {
        let steps = self.members(Part::Train).len().div_ceil(self.batch_size());
        self.stages.iter().map(|stage| stage.epochs * steps).sum()
    }

    pub fn is_done(&self) -> bool {
        self.position.stage >= self.stages.len()
    }

    /// Does one step. Its report may come later: every `read_every` steps and at each epoch's end.
    ///
    /// # Errors
    /// [`TrainError::Diverged`] when the loss is no longer a number, [`TrainError::Device`] when the
    /// device fails. The run cannot go on after either.
    pub async fn next(&mut self, store: &FeatureStore) -> Result<Vec<Report>, TrainError> {
        if self.is_done() {
            return Ok(Vec::new());
        }
        if self.order.is_empty() {
            self.order = self.shuffled_epoch();
        }
        let batch = self.next_batch();
        self.train_on(batch, store)?;
        let epoch_ends = self.position.seen == self.order.len();
        let mut reports = Vec::new();
        if epoch_ends || self.pending.len() >= self.read_every {
            reports.extend(self.read_pending().await?.into_iter().map(Report::Step));
        }
        if epoch_ends {
            reports.push(Report::Epoch(self.end_epoch(store).await?));
        }
        Ok(reports)
    }

    /// Judges the films of a part as they are. For [`Part::Test`] this opens the locked films.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn score(&self, part: Part, store: &FeatureStore) -> Result<TestReport, TrainError> {
        let members = self.members(part);
        let probabilities = self.judge(&members, store).await?;
        let truth: Vec<usize> = members.iter().map(|&sample| self.classes[sample]).collect();
        let scores = scores(
            self.class_count,
            &truth,
            &probabilities,
            self.patients_in(&members),
        );
        let films = members
            .into_iter()
            .zip(probabilities)
            .map(|(sample, probabilities)| TestFilm {
                sample,
                class: self.classes[sample],
                probabilities,
            })
            .collect();
        Ok(TestReport { films, scores })
    }

    /// Probabilities of the classes for any film.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn classify(&self, film: &Film) -> Result<Vec<f32>, TrainError> {
        let features = self
            .extractor
            .extract(&film.input(self.settings.film_side))
            .await?;
        let judged = self
            .learner()?
            .predict(&[&features], self.settings.film_side, &self.device)
            .await?;
        judged.into_iter().next().ok_or_else(no_answer)
    }

    fn learner(&self) -> Result<&Learner, TrainError> {
        self.learner.as_ref().ok_or_else(no_answer)
    }

    fn batch_size(&self) -> usize {
        self.settings.batch_size.max(1)
    }

    fn stage(&self) -> Stage {
        self.stages[self.position.stage]
    }

    fn members(&self, part: Part) -> Vec<usize> {
        (0..self.parts.len())
            .filter(|&sample| self.parts[sample] == part)
            .collect()
    }

    fn patients_in(&self, members: &[usize]) -> Option<usize> {
        let mut patients: Vec<&str> = members
            .iter()
            .map(|&sample| self.patients[sample].as_deref())
            .collect::<Option<_>>()?;
        patients.sort_unstable();
        patients.dedup();
        Some(patients.len())
    }

    fn shuffled_epoch(&mut self) -> Vec<View> {
        let random = &mut self.random.order;
        let mut samples = (0..self.parts.len())
            .filter(|&s| self.parts[s] == Part::Train)
            .collect::<Vec<_>>();
        samples.shuffle(random);
        let views = if self.settings.augmentation.is_some() {
            AUGMENTED_VIEWS
        } else {
            0
        };
        samples
            .into_iter()
            .map(|sample| View {
                sample,
                view: random.random_range(0..=views),
            })
            .collect()
    }

    /// The last batch of an epoch may be smaller, and is never left out.
    fn next_batch(&mut self) -> Vec<View> {
        let range: Range<usize> =
            self.position.seen..(self.position.seen + self.batch_size()).min(self.order.len());
        self.position.seen = range.end;
        self.position.steps_done += 1;
        self.order[range].to_vec()
    }

    fn train_on(&mut self, views: Vec<View>, store: &FeatureStore) -> Result<(), TrainError> {
        let batch = Batch {
            features: views
                .iter()
                .map(|&view| features_of(store, view))
                .collect::<Result<_, _>>()?,
            classes: views.iter().map(|view| self.classes[view.sample]).collect(),
        };
        let learner = self.learner.take().ok_or_else(no_answer)?;
        let mask = match learner {
            Learner::Head(_) | Learner::Tail(_) if self.settings.dropout > 0.0 => {
                Some(dropout_mask(
                    views.len(),
                    self.settings.dropout,
                    &mut self.random.dropout,
                    &self.device,
                ))
            }
            _ => None,
        };
        let rate = self.stage().learning_rate;
        let side = self.settings.film_side;
        let (learner, logits) = step(
            learner,
            &mut self.optimiser,
            rate,
            &batch,
            side,
            mask,
            &self.device,
        );
        self.learner = Some(learner);
        self.pending.push(Pending {
            position: self.position,
            batch: views,
            logits,
        });
        Ok(())
    }

    async fn read_pending(&mut self) -> Result<Vec<StepReport>, TrainError> {
        let steps_total = self.steps_total();
        let mut reports = Vec::with_capacity(self.pending.len());
        for Pending {
            position,
            batch,
            logits,
        } in std::mem::take(&mut self.pending)
        {
            let logits = read(logits).await?;
            let batch: Vec<BatchFilm> = batch
                .iter()
                .zip(logits.chunks(self.class_count))
                .map(|(view, logits)| BatchFilm {
                    sample: view.sample,
                    view: view.view,
                    probabilities: softmax(logits),
                })
                .collect();
            let mut tally = Tally::default();
            for film in &batch {
                tally.add(self.classes[film.sample], &film.probabilities);
            }
            let loss = tally.summary().loss;
            if !loss.is_finite() {
                return Err(TrainError::Diverged);
            }
            self.running.merge(&tally);
            let (stage, epoch, steps_done) = (
                self.stages[position.stage].kind,
                position.epoch,
                position.steps_done,
            );
            reports.push(StepReport {
                stage,
                epoch,
                steps_done,
                steps_total,
                loss,
                batch,
            });
        }
        Ok(reports)
    }

    async fn end_epoch(&mut self, store: &FeatureStore) -> Result<EpochReport, TrainError> {
        let members = self.members(Part::Validation);
        let mut validation = Tally::default();
        for (&sample, probabilities) in members.iter().zip(self.judge(&members, store).await?) {
            validation.add(self.classes[sample], &probabilities);
        }
        let report = EpochReport {
            stage: self.stage().kind,
            epoch: self.position.epoch,
            steps_done: self.position.steps_done,
            train: std::mem::take(&mut self.running).summary(),
            validation: validation.summary(),
        };
        self.order.clear();
        self.position.seen = 0;
        self.position.epoch += 1;
        if self.position.epoch == self.stage().epochs {
            self.begin_next_stage();
        }
        Ok(report)
    }

    fn begin_next_stage(&mut self) {
        self.position.stage += 1;
        self.position.epoch = 0;
        self.skip_empty_stages();
        self.optimiser = adam();
    }

    /// Moves on to a stage that has epochs, and unfreezes the backbone when it is the second.
    fn skip_empty_stages(&mut self) {
        while !self.is_done() && self.stage().epochs == 0 {
            self.position.stage += 1;
        }
        if self.is_done() || self.stage().kind != StageKind::FineTuning {
            return;
        }
        self.learner = match (self.learner.take(), self.tail.take()) {
            (Some(Learner::Head(head)), Some(stages)) => Some(Learner::Tail(Tail { stages, head })),
            (learner, _) => learner,
        };
    }

    /// Probabilities of films as they are.
    async fn judge(
        &self,
        samples: &[usize],
        store: &FeatureStore,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        let mut judged = Vec::with_capacity(samples.len());
        for chunk in samples.chunks(JUDGED_TOGETHER) {
            let features: Vec<&Features> = chunk
                .iter()
                .map(|&sample| features_of(store, View { sample, view: 0 }))
                .collect::<Result<_, _>>()?;
            judged.extend(
                self.learner()?
                    .predict(&features, self.settings.film_side, &self.device)
                    .await?,
            );
        }
        Ok(judged)
    }
}

/// The stages that the settings ask for.
fn stages(settings: &Settings) -> Vec<Stage> {
    let first = match settings.network {
        Network::Pretrained(_) => StageKind::Frozen,
        Network::Scratch => StageKind::Scratch,
    };
    let mut stages = vec![Stage {
        kind: first,
        epochs: settings.epochs,
        learning_rate: settings.learning_rate,
    }];
    if let (Network::Pretrained(_), Some(tuning)) = (settings.network, settings.fine_tuning)
        && tuning.stages > 0
    {
        let (epochs, learning_rate) = (tuning.epochs, tuning.learning_rate);
        stages.push(Stage {
            kind: StageKind::FineTuning,
            epochs,
            learning_rate,
        });
    }
    stages
}

fn features_of(store: &FeatureStore, view: View) -> Result<&Features, TrainError> {
    store.get(view).ok_or_else(|| TrainError::Device {
        detail: format!("no features of film {}, view {}", view.sample, view.view),
    })
}

fn no_answer() -> TrainError {
    TrainError::Device {
        detail: "the network was lost with its device".into(),
    }
}

/// Sums over some films.
#[derive(Default)]
struct Tally {
    loss: f64,
    correct: usize,
    n: usize,
}

impl Tally {
    fn add(&mut self, class: usize, probabilities: &[f32]) {
        // A probability of 0 would make the loss infinite; the smallest normal number bounds it at 87.
        let right = probabilities[class];
        self.loss -= f64::from(if right.is_nan() {
            right
        } else {
            right.max(f32::MIN_POSITIVE)
        })
        .ln();
        let answer =
            (0..probabilities.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
        self.correct += usize::from(answer == Some(class));
        self.n += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.loss += other.loss;
        self.correct += other.correct;
        self.n += other.n;
    }

    fn summary(&self) -> LossAccuracy {
        LossAccuracy {
            loss: (self.loss / self.n.max(1) as f64) as f32,
            correct: self.correct,
            n: self.n,
        }
    }
}
