//! A training run as the page sees it: asked for, prepared, going on step by step or paused, ended.

mod advance;
mod background;
mod cut_off;
pub(crate) mod going_on;
pub(crate) mod preparing;

use std::rc::Rc;

use checkpoint::Origin;
use imaging::{
    report::{Report, TrainError},
    settings::Settings,
    split::Subset,
};
use protocol::{Event, Failure, RunId};
use training::{
    features::{FeatureStore, View},
    run::Run,
};

use crate::{
    host::{Asset, SharedHost},
    schedule::{Pace, Stopwatch},
    session::{Fetched, Session},
};
use preparing::Preparing;

pub(crate) use advance::refused;
use cut_off::{CutOff, Keeping};
use going_on::Before;

/// A run that has been asked for.
pub(crate) struct WantedRun {
    pub(crate) id: RunId,
    pub(crate) settings: Settings,
    pub(crate) mode: RunMode,
    /// What was kept of it.
    pub(crate) cut_off: Option<CutOff>,
    /// The network that it trains on.
    pub(crate) before: Option<Rc<Before>>,
}

/// How a run goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunMode {
    Going,
    /// Until the next step has been reported, then paused.
    OneStep,
    Paused,
}

/// A run that has begun.
pub(crate) struct Active {
    pub(crate) id: RunId,
    pub(crate) run: Run,
    pub(crate) settings: Settings,
    pub(crate) stage: RunStage,
    pub(crate) mode: RunMode,
    host: SharedHost,
    watch: Stopwatch,
    pace: Pace,
    steps_done: usize,
    keeping: Keeping,
    /// Begun anew, it begins with this network again.
    pub(crate) before: Option<Rc<Before>>,
    /// It was over when it came: of one that was only asked nothing need have been learned here.
    came_whole: bool,
}

pub(crate) enum RunStage {
    Preparing(Preparing),
    /// Over before it was cut off: without its films' features it cannot be asked.
    Returning(Preparing),
    Training,
    Ended,
}

impl WantedRun {
    pub(crate) fn new(id: RunId, settings: Settings, single_step: bool) -> Self {
        let mode = if single_step {
            RunMode::OneStep
        } else {
            RunMode::Going
        };
        Self {
            id,
            settings,
            mode,
            cut_off: None,
            before: None,
        }
    }
}

impl Active {
    /// A run that begins now.
    pub(crate) fn begin(
        wanted: WantedRun,
        run: Run,
        store: &FeatureStore,
        host: SharedHost,
    ) -> Self {
        let WantedRun {
            id,
            settings,
            mode,
            cut_off,
            before,
        } = wanted;
        let seconds = cut_off.as_ref().map(|kept| kept.seconds);
        let is_over = cut_off.is_some_and(|kept| kept.is_over);
        // A network that was trained elsewhere cannot be had again from the films: it is kept at once.
        let keeping = match before {
            Some(_) => Keeping::at_once(host.now()),
            None => Keeping::new(host.now(), run.steps_done()),
        };
        let mut active = Self {
            id,
            settings,
            stage: RunStage::Ended,
            mode,
            watch: Stopwatch::after(seconds.unwrap_or(0.0)),
            pace: Pace::default(),
            steps_done: run.steps_done(),
            keeping,
            before,
            came_whole: is_over,
            run,
            host,
        };
        if seconds.is_none() {
            active.tell_settings();
            active.host.post(Event::RunStarted {
                run: id,
                parts: active.parts(),
                steps_total: active.run.steps_total(),
            });
            active.tell_origin();
        }
        let mut views = active.run.views();
        if is_over {
            views.retain(|view: &View| view.view == 0);
        }
        let preparing = Preparing::of(Some(id), views, store, &active.host);
        if let Some(mut preparing) = preparing {
            preparing.report();
            active.stage = match is_over {
                true => RunStage::Returning(preparing),
                false => RunStage::Preparing(preparing),
            };
        } else if !is_over {
            active.stage = RunStage::Training;
        }
        if seconds.is_some() && !active.returns() {
            active.tell_return();
        }
        match mode {
            _ if is_over => {}
            RunMode::Paused => active.pause(),
            RunMode::Going | RunMode::OneStep => active.go_on(mode),
        }
        active
    }

    pub(crate) fn parts(&self) -> Vec<Option<Subset>> {
        self.run.parts().iter().copied().map(Some).collect()
    }

    /// After a row of views is there: the next row, or the training.
    pub(crate) fn prepare_more(&mut self, store: &FeatureStore) {
        self.stage = match std::mem::replace(&mut self.stage, RunStage::Ended) {
            RunStage::Preparing(preparing) => match preparing.next(store) {
                Some(preparing) => RunStage::Preparing(preparing),
                None => RunStage::Training,
            },
            RunStage::Returning(preparing) => match preparing.next(store) {
                Some(preparing) => RunStage::Returning(preparing),
                None => {
                    self.tell_return();
                    self.keeping.stands_still();
                    RunStage::Ended
                }
            },
            stage @ (RunStage::Training | RunStage::Ended) => stage,
        };
    }

    /// One training step, reported.
    ///
    /// # Errors
    /// As [`Run::next`]; the run cannot go on.
    pub(crate) async fn step(&mut self, store: &FeatureStore) -> Result<(), TrainError> {
        let begun = self.host.now();
        let reports = match self.mode {
            RunMode::OneStep => self.run.next_with_diagnostics(store).await?,
            RunMode::Going | RunMode::Paused => self.run.next(store).await?,
        };
        self.pace.record(self.host.now() - begun);
        self.steps_done += 1;
        if reports.iter().any(|own| matches!(own, Report::Epoch(_))) {
            self.keeping.epoch_ended(self.host.now());
        }
        self.report(reports);
        Ok(())
    }

    pub(crate) fn in_progress(&self) -> bool {
        !matches!(self.stage, RunStage::Ended)
    }

    /// Whether there is something to test and to ask.
    pub(crate) fn is_trained(&self) -> bool {
        (self.steps_done > 0 || self.came_whole) && !self.returns()
    }

    fn tell_origin(&self) {
        let origin = self.run.origin();
        if origin != Origin::Drawn {
            let run = self.id;
            self.host.post(Event::Origin { run, origin });
        }
    }

    fn end(&mut self, stopped: bool) {
        self.stage = RunStage::Ended;
        self.keeping.stands_still();
        self.watch.stop(self.host.now());
        self.host.post(Event::RunFinished {
            run: self.id,
            stopped,
            seconds: self.watch.seconds(self.host.now()),
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
            self.host.post(match report {
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
        } else if stepped && self.mode == RunMode::OneStep {
            self.pause();
        }
    }

    fn pause(&mut self) {
        self.mode = RunMode::Paused;
        self.keeping.stands_still();
        self.watch.stop(self.host.now());
        self.host.post(Event::Paused { run: self.id });
    }

    fn go_on(&mut self, mode: RunMode) {
        self.mode = mode;
        self.watch.start(self.host.now());
    }
}

impl Session {
    pub(crate) fn train(&mut self, wanted: WantedRun) {
        if let Some(id) = self.wanted.as_ref().map(|wanted| wanted.id) {
            self.forget_wanted(id);
        }
        self.stop_active();
        if let Fetched::Failed(_) = self.weights {
            self.weights = Fetched::Coming;
            self.host.download(Asset::Weights);
        }
        self.test_wanted = None;
        self.wanted = Some(wanted);
    }

    pub(crate) fn pause(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run)
            && active.mode != RunMode::Paused
        {
            active.pause();
        }
    }

    pub(crate) fn resume(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run)
            && active.mode == RunMode::Paused
        {
            active.go_on(RunMode::Going);
            self.host.post(Event::Resumed { run });
        }
    }

    pub(crate) fn step_once(&mut self, run: RunId) {
        if let Some(active) = self.in_progress(run) {
            active.go_on(RunMode::OneStep);
        }
    }

    pub(crate) fn stop(&mut self, run: RunId) {
        self.forget_wanted(run);
        if let Some(active) = self.in_progress(run) {
            active.end(true);
            self.plan_background();
        }
    }

    /// Gives up a run that has not begun.
    fn forget_wanted(&mut self, run: RunId) {
        if self.wanted.take_if(|wanted| wanted.id == run).is_some() {
            self.host.post(Event::RunFinished {
                run,
                stopped: true,
                seconds: 0.0,
            });
        }
    }

    /// Ends the run in progress.
    pub(crate) fn stop_active(&mut self) {
        if let Some(active) = self.active.as_mut().filter(|active| active.in_progress()) {
            active.end(true);
        }
    }

    fn in_progress(&mut self, run: RunId) -> Option<&mut Active> {
        self.active
            .as_mut()
            .filter(|active| active.id == run && active.in_progress())
    }

    pub(crate) fn preparing_of_run(&mut self) -> Option<&mut Preparing> {
        match self.active.as_mut().map(|active| &mut active.stage) {
            Some(RunStage::Preparing(preparing) | RunStage::Returning(preparing)) => {
                Some(preparing)
            }
            _ => None,
        }
    }

    /// The run in progress cannot go on, and nothing that it trained can be trusted.
    pub(crate) fn fail_run(&mut self, error: TrainError) {
        if let Some(active) = self.active.take() {
            if active.returns() {
                self.explanations.forget_network();
                self.test_wanted = None;
            }
            self.host.post(Event::RunFailed {
                run: active.id,
                failure: Failure::Training(error),
            });
        }
        self.plan_background();
    }
}
