//! One training run as the page sees it.

use std::sync::Arc;

use imaging::{
    report::{BatchFilm, EpochReport, StageKind, StepDiagnostics, StepReport},
    settings::Settings,
    split::Subset,
};

use serde::{Deserialize, Serialize};

use super::Progress;
use crate::kept::KeptNetwork;
use model_card::Card;
use protocol::{Failure, Origin, Preparation, Returning, RunId, Sealed};

#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub id: RunId,
    pub settings: Settings,
    pub phase: RunPhase,
    /// What each film does in this run; empty until the engine has divided them.
    pub parts: Vec<Option<Subset>>,
    pub steps_total: usize,
    pub steps: Vec<StepPoint>,
    pub epochs: Vec<EpochReport>,
    /// The films of the last step.
    pub batch: Vec<BatchFilm>,
    /// Those of the last step of each pass in `epochs` that was heard of here.
    pub batches: Vec<Vec<BatchFilm>>,
    /// The last step under the microscope, if it was a single one.
    pub diagnostics: Option<Arc<StepDiagnostics>>,
    pub seconds_left: Option<f32>,
    /// The network that was kept last.
    pub network: Option<KeptNetwork>,
    /// Where its network came from before it.
    pub origin: Origin,
    /// The file that its network is out of, unless it has been trained on since, or was read on an earlier visit.
    pub file: Option<Arc<NetworkFile>>,
}

/// What is known of a file with a network.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkFile {
    pub name: String,
    pub card: Sealed<Card>,
    /// Films that it was trained on, by the card.
    pub learned: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RunPhase {
    /// Asked for; nothing heard yet.
    Asked,
    Preparing(Preparation, Progress),
    Training,
    /// Asked to pause; the present step is finished first.
    Pausing,
    Paused,
    /// Asked to stop; the present step is finished first.
    Stopping,
    Finished {
        stopped: bool,
        seconds: f32,
    },
    Failed(Failure),
}

/// One point of the fine training curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepPoint {
    pub steps_done: usize,
    pub stage: StageKind,
    pub loss: f32,
}

impl Run {
    pub fn new(id: RunId, settings: Settings) -> Self {
        Self {
            id,
            settings,
            phase: RunPhase::Asked,
            parts: Vec::new(),
            steps_total: 0,
            steps: Vec::new(),
            epochs: Vec::new(),
            batch: Vec::new(),
            batches: Vec::new(),
            diagnostics: None,
            seconds_left: None,
            network: None,
            origin: Origin::Drawn,
            file: None,
        }
    }

    /// Neither finished nor failed.
    pub fn is_active(&self) -> bool {
        !matches!(self.phase, RunPhase::Finished { .. } | RunPhase::Failed(_))
    }

    /// Over, with a network that has learnt something.
    pub fn is_trained(&self) -> bool {
        matches!(self.phase, RunPhase::Finished { .. }) && self.has_learnt()
    }

    /// Here, or before it came out of a file: a network is kept of no run that has learnt nothing.
    pub fn has_learnt(&self) -> bool {
        !self.steps.is_empty() || self.network.is_some() || self.file.is_some()
    }

    /// Its network came out of a file, and has not been trained on here.
    pub fn is_as_in_file(&self) -> bool {
        self.has_learnt() && self.steps.is_empty()
    }

    /// Its network came out of a file, whatever has become of it here.
    pub fn is_from_file(&self) -> bool {
        self.origin != Origin::Drawn || self.is_as_in_file()
    }

    pub(super) fn ended(&mut self, stopped: bool, seconds: f32) {
        self.phase = RunPhase::Finished { stopped, seconds };
        if self.steps.is_empty() {
            // It is as the network that it began with, which is there.
            self.network = None;
        }
    }

    /// Steps done before the backbone was unfrozen; `None` until then.
    pub fn unfrozen_at(&self) -> Option<usize> {
        self.steps
            .iter()
            .find(|step| step.stage == StageKind::FineTuning)
            .map(|step| step.steps_done.saturating_sub(1))
    }

    pub fn steps_done(&self) -> usize {
        self.steps.last().map_or(0, |step| step.steps_done)
    }

    /// How a network of it that was kept comes back; `None` without one.
    pub(super) fn comes_back_as(&self) -> Option<Returning> {
        self.network?;
        match self.phase {
            RunPhase::Asked | RunPhase::Preparing(..) | RunPhase::Training => {
                Some(Returning::Going)
            }
            RunPhase::Pausing | RunPhase::Paused => Some(Returning::Paused),
            RunPhase::Stopping | RunPhase::Finished { .. } => Some(Returning::Over),
            RunPhase::Failed(_) => None,
        }
    }

    /// Forgets what came after so many steps.
    pub(crate) fn cut_off_after(&mut self, steps_done: usize) {
        self.steps.retain(|step| step.steps_done <= steps_done);
        self.epochs.retain(|epoch| epoch.steps_done <= steps_done);
        self.batch.clear();
        self.batches.truncate(self.epochs.len());
        self.diagnostics = None;
        self.seconds_left = None;
    }

    /// A run also starts again, when the device that computed it has failed.
    pub(super) fn started(&mut self, parts: Vec<Option<Subset>>, steps_total: usize) {
        self.parts = parts;
        self.steps_total = steps_total;
        self.network = None;
        self.steps.clear();
        self.epochs.clear();
        self.batch.clear();
        self.batches.clear();
        self.diagnostics = None;
        self.seconds_left = None;
    }

    pub(super) fn preparing(&mut self, work: Preparation, progress: Progress) {
        if !self.waits_for_user() {
            self.phase = RunPhase::Preparing(work, progress);
        }
    }

    pub(super) fn step(&mut self, report: StepReport, seconds_left: Option<f32>) {
        if !self.waits_for_user() {
            self.phase = RunPhase::Training;
        }
        self.steps_total = report.steps_total;
        self.steps.push(StepPoint {
            steps_done: report.steps_done,
            stage: report.stage,
            loss: report.loss,
        });
        self.batch = report.batch;
        self.diagnostics = report.diagnostics.map(Arc::new);
        self.seconds_left = seconds_left;
    }

    pub(super) fn epoch(&mut self, report: EpochReport) {
        self.epochs.push(report);
        self.batches.push(self.batch.clone());
    }

    /// A pause or a stop that was asked for outlasts the steps that were already under way.
    fn waits_for_user(&self) -> bool {
        matches!(
            self.phase,
            RunPhase::Pausing | RunPhase::Paused | RunPhase::Stopping
        )
    }
}
