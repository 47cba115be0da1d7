//! A training run as the page sees it: asked for, prepared, going on step by step or paused, ended.

use imaging::{
    report::{Report, TrainError},
    settings::Settings,
};
use training::{features::FeatureStore, run::Run};

use super::{
    inbox::Asset,
    preparing::Preparing,
    scope::{now, post},
    session::{Fetched, Session, start_download},
};
use crate::schedule::{Pace, Stopwatch};
use protocol::{Event, Failure, RunId};

/// A run that has been asked for.
pub(super) struct Wanted {
    pub id: RunId,
    pub settings: Settings,
    pub mode: Mode,
}

/// How a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Going,
    /// Until the next step has been reported, then paused.
    OneStep,
    Paused,
}

/// A run that has begun.
pub(super) struct Active {
    pub id: RunId,
    pub run: Run,
    pub settings: Settings,
    pub stage: Stage,
    pub mode: Mode,
    watch: Stopwatch,
    pace: Pace,
    steps_done: usize,
}

pub(super) enum Stage {
    Preparing(Preparing),
    Training,
    Ended,
}

impl Wanted {
    pub fn new(id: RunId, settings: Settings, single_step: bool) -> Self {
        let mode = if single_step {
            Mode::OneStep
        } else {
            Mode::Going
        };
        Self { id, settings, mode }
    }
}

impl Active {
    /// A run that begins now.
    pub fn begin(wanted: Wanted, run: Run, store: &FeatureStore) -> Self {
        let Wanted { id, settings, mode } = wanted;
        post(&Event::RunStarted {
            run: id,
            parts: run.parts().iter().copied().map(Some).collect(),
            steps_total: run.steps_total(),
        });
        let stage = match Preparing::of(Some(id), run.views(), store) {
            Some(mut preparing) => {
                preparing.report();
                Stage::Preparing(preparing)
            }
            None => Stage::Training,
        };
        let mut active = Self {
            id,
            run,
            settings,
            stage,
            mode,
            watch: Stopwatch::default(),
            pace: Pace::default(),
            steps_done: 0,
        };
        match mode {
            Mode::Paused => active.pause(),
            Mode::Going | Mode::OneStep => active.go_on(mode),
        }
        active
    }

    /// After a row of views is there: the next row, or the training.
    pub fn prepare_more(&mut self, store: &FeatureStore) {
        if let Stage::Preparing(preparing) = std::mem::replace(&mut self.stage, Stage::Training)
            && let Some(preparing) = preparing.next(store)
        {
            self.stage = Stage::Preparing(preparing);
        }
    }

    /// One training step, reported.
    ///
    /// # Errors
    /// As [`Run::next`]; the run cannot go on.
    pub async fn step(&mut self, store: &FeatureStore) -> Result<(), TrainError> {
        let begun = now();
        let reports = match self.mode {
            Mode::OneStep => self.run.next_closely(store).await?,
            Mode::Going | Mode::Paused => self.run.next(store).await?,
        };
        self.pace.record(now() - begun);
        self.steps_done += 1;
        self.report(reports);
        Ok(())
    }

    pub fn in_progress(&self) -> bool {
        !matches!(self.stage, Stage::Ended)
    }

    /// Whether there is something to test and to ask.
    pub fn is_trained(&self) -> bool {
        self.steps_done > 0
    }

    fn end(&mut self, stopped: bool) {
        self.stage = Stage::Ended;
        self.watch.stop(now());
        post(&Event::RunFinished {
            run: self.id,
            stopped,
            seconds: self.watch.seconds(now()),
        });
    }

    /// Tells of what a step brought, and pauses after a single one.
    fn report(&mut self, reports: Vec<Report>) {
        let stepped = reports
            .iter()
            .any(|report| matches!(report, Report::Step(_)));
        let seconds_left = self
            .pace
            .left(self.run.steps_total().saturating_sub(self.steps_done));
        for report in reports {
            post(&match report {
                Report::Step(report) => Event::Step {
                    run: self.id,
                    report,
                    seconds_left,
                },
                Report::Epoch(report) => Event::Epoch {
                    run: self.id,
                    report,
                },
            });
        }
        if self.run.is_done() {
            self.end(false);
        } else if stepped && self.mode == Mode::OneStep {
            self.pause();
        }
    }

    fn pause(&mut self) {
        self.mode = Mode::Paused;
        self.watch.stop(now());
        post(&Event::Paused { run: self.id });
    }

    fn go_on(&mut self, mode: Mode) {
        self.mode = mode;
        self.watch.start(now());
    }
}

impl Session {
    pub fn train(&mut self, wanted: Wanted) {
        if let Some(id) = self.wanted.as_ref().map(|wanted| wanted.id) {
            self.forget_wanted(id);
        }
        self.stop_active();
        if let Fetched::Failed(_) = self.weights {
            self.weights = Fetched::Coming;
            start_download(Asset::Weights, &self.inbox);
        }
        self.wanted = Some(wanted);
    }

    pub fn pause(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run)
            && active.mode != Mode::Paused
        {
            active.pause();
        }
    }

    pub fn resume(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run)
            && active.mode == Mode::Paused
        {
            active.go_on(Mode::Going);
            post(&Event::Resumed { run });
        }
    }

    pub fn step_once(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run) {
            active.go_on(Mode::OneStep);
        }
    }

    pub fn stop(&mut self, run: RunId) {
        self.forget_wanted(run);
        if let Some(active) = self.in_progress(run) {
            active.end(true);
            self.plan_background();
        }
    }

    /// Gives up a run that has not begun.
    fn forget_wanted(&mut self, run: RunId) {
        if self.wanted.take_if(|wanted| wanted.id == run).is_some() {
            post(&Event::RunFinished {
                run,
                stopped: true,
                seconds: 0.0,
            });
        }
    }

    /// Ends the run in progress.
    pub fn stop_active(&mut self) {
        if let Some(active) = self.active.as_mut().filter(|active| active.in_progress()) {
            active.end(true);
        }
    }

    fn in_progress(&mut self, run: RunId) -> Option<&mut Active> {
        self.active
            .as_mut()
            .filter(|active| active.id == run && active.in_progress())
    }

    pub fn preparing_of_run(&mut self) -> Option<&mut Preparing> {
        match self.active.as_mut().map(|active| &mut active.stage) {
            Some(Stage::Preparing(preparing)) => Some(preparing),
            _ => None,
        }
    }

    /// The run in progress cannot go on, and nothing that it trained can be trusted.
    pub fn fail_run(&mut self, error: TrainError) {
        if let Some(active) = self.active.take() {
            post(&Event::RunFailed {
                run: active.id,
                failure: Failure::Training(error),
            });
        }
        self.plan_background();
    }
}
