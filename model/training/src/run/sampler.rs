//! The sampler of a run: its stages, and which films come when.

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::features::{AUGMENTED_VIEWS, View};
use imaging::{
    report::StageKind,
    settings::{Network, Settings},
};

/// A stage of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrainingStage {
    pub(super) kind: StageKind,
    pub(super) epochs: usize,
    pub(super) learning_rate: f64,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Position {
    pub(super) stage: usize,
    pub(super) epoch: usize,
    pub(super) steps_done: usize,
}

/// Hands out batches, epoch after epoch, stage after stage.
pub(super) struct BatchSampler {
    stages: Vec<TrainingStage>,
    position: Position,
    /// The training films.
    training: Vec<usize>,
    /// The films of the present epoch in the order in which they come; empty before its first batch.
    order: Vec<View>,
    /// How many of them have come.
    seen: usize,
    batch_size: usize,
    augmented_views: usize,
    random: ChaCha8Rng,
    /// Where `random` stood before it shuffled the films of the present epoch.
    before_epoch: u128,
}

impl BatchSampler {
    pub(super) fn new(
        settings: &Settings,
        training: Vec<usize>,
        augmented_views: usize,
        random: ChaCha8Rng,
    ) -> Self {
        let mut sampler = Self {
            stages: stages(settings),
            position: Position::default(),
            training,
            order: Vec::new(),
            seen: 0,
            batch_size: settings.batch_size.max(1),
            augmented_views,
            before_epoch: random.get_word_pos(),
            random,
        };
        sampler.skip_empty_stages();
        sampler
    }

    pub(super) fn position(&self) -> Position {
        self.position
    }

    /// The present stage; `None` when the run is over.
    pub(super) fn stage(&self) -> Option<TrainingStage> {
        self.stages.get(self.position.stage).copied()
    }

    pub(super) fn kind(&self, stage: usize) -> StageKind {
        self.stages[stage].kind
    }

    pub(super) fn steps_total(&self) -> usize {
        let steps = self.training.len().div_ceil(self.batch_size);
        self.stages.iter().map(|stage| stage.epochs * steps).sum()
    }

    /// The next batch. The last of an epoch may be smaller, and is never left out.
    pub(super) fn next_batch(&mut self) -> Vec<View> {
        if self.order.is_empty() {
            self.shuffle();
        }
        let range = self.seen..(self.seen + self.batch_size).min(self.order.len());
        self.seen = range.end;
        self.position.steps_done += 1;
        self.order[range].to_vec()
    }

    pub(super) fn epoch_is_over(&self) -> bool {
        self.seen == self.order.len()
    }

    /// Moves on to the next epoch; `true` if it begins another stage.
    pub(super) fn next_epoch(&mut self) -> bool {
        self.order.clear();
        self.seen = 0;
        self.position.epoch += 1;
        let stage_is_over = self
            .stage()
            .is_some_and(|stage| stage.epochs == self.position.epoch);
        if stage_is_over {
            self.next_stage();
        }
        stage_is_over
    }

    /// Between epochs: leaves what is left of the stage.
    pub(super) fn next_stage(&mut self) {
        self.position.epoch = 0;
        self.position.stage += 1;
        self.skip_empty_stages();
    }

    fn skip_empty_stages(&mut self) {
        while self.stage().is_some_and(|stage| stage.epochs == 0) {
            self.position.stage += 1;
        }
    }

    /// Where the sampler stands, and the word from which its generator shuffled the present epoch or will shuffle the next.
    pub(super) fn keep(&self) -> (checkpoint::Position, u64) {
        let Position {
            stage,
            epoch,
            steps_done,
        } = self.position;
        let position = checkpoint::Position {
            stage,
            epoch,
            steps_done,
            seen: self.seen,
        };
        let word = match self.order.is_empty() {
            true => self.random.get_word_pos(),
            false => self.before_epoch,
        };
        // Of 2^64 words no run draws as many.
        (position, word as u64)
    }

    /// Goes to where a sampler of the same run stood; `false` if none can have stood there.
    pub(super) fn go_on(&mut self, kept: checkpoint::Position, word: u64) -> bool {
        let checkpoint::Position {
            stage,
            epoch,
            steps_done,
            seen,
        } = kept;
        let steps = self.training.len().div_ceil(self.batch_size);
        let within = match self.stages.get(stage) {
            Some(own) => epoch < own.epochs && seen < self.training.len(),
            None => stage == self.stages.len() && epoch == 0 && seen == 0,
        };
        if !within || !seen.is_multiple_of(self.batch_size) {
            return false;
        }
        let epochs: usize = self.stages[..stage].iter().map(|own| own.epochs).sum();
        if steps_done != (epochs + epoch) * steps + seen / self.batch_size {
            return false;
        }
        self.position = Position {
            stage,
            epoch,
            steps_done,
        };
        self.random.set_word_pos(u128::from(word));
        if seen > 0 {
            self.shuffle();
            self.seen = seen;
        }
        true
    }

    /// The beginning of a stage, or the end of the run: [`go_on`](Self::go_on) takes it.
    pub(super) fn start_of(&self, stage: usize) -> checkpoint::Position {
        let stage = stage.min(self.stages.len());
        let epochs: usize = self.stages[..stage].iter().map(|own| own.epochs).sum();
        let steps = self.training.len().div_ceil(self.batch_size);
        checkpoint::Position {
            stage,
            epoch: 0,
            steps_done: epochs * steps,
            seen: 0,
        }
    }

    /// The last stage that has begun.
    pub(super) fn last_begun(&self) -> Option<TrainingStage> {
        self.stage().or(self.stages.last().copied())
    }

    fn shuffle(&mut self) {
        self.before_epoch = self.random.get_word_pos();
        self.order = self.shuffled();
    }

    /// Every training film once, as it is or in one of its augmented views.
    fn shuffled(&mut self) -> Vec<View> {
        let mut samples = self.training.clone();
        samples.shuffle(&mut self.random);
        samples
            .into_iter()
            .map(|sample| View {
                sample,
                view: self.random.random_range(0..=self.augmented_views),
            })
            .collect()
    }
}

/// Augmented views of each training film that these settings use.
pub(super) fn augmented_views(settings: &Settings) -> usize {
    settings.augmentation.map_or(0, |_| AUGMENTED_VIEWS)
}

/// A generator of its own for each use, so that one use does not shift another.
pub(crate) fn random(seed: u64, use_number: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(use_number);
    random
}

/// The stages that the settings ask for.
fn stages(settings: &Settings) -> Vec<TrainingStage> {
    let kind = match settings.network {
        Network::Pretrained(_) => StageKind::Frozen,
        Network::Scratch => StageKind::Scratch,
    };
    let mut stages = vec![TrainingStage {
        kind,
        epochs: settings.epochs,
        learning_rate: settings.learning_rate,
    }];
    if let (Network::Pretrained(_), Some(tuning)) = (settings.network, settings.fine_tuning)
        && tuning.stages > 0
    {
        stages.push(TrainingStage {
            kind: StageKind::FineTuning,
            epochs: tuning.epochs,
            learning_rate: tuning.learning_rate,
        });
    }
    stages
}
