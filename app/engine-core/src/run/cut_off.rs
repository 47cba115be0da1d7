//! What is kept of a run while it goes on, and a run that comes back from it.

use checkpoint::{Checkpoint, CheckpointError};
use imaging::report::{Report, TrainError};
use protocol::{Event, Failure, Returning, RunId};

use super::{Active, RunMode, RunStage, WantedRun};
use crate::{host::UserFile, session::Session};

/// Seconds of training that may be lost with the page.
const KEEP_EVERY: f64 = 1.0;

/// Of a run's time keeping it takes less than the hundredth part.
const TIMES_ITS_COST: f64 = 100.0;

/// A run as it was kept.
pub(crate) struct CutOff {
    pub(crate) checkpoint: Checkpoint,
    /// That it had taken.
    pub(crate) seconds: f32,
    pub(crate) is_over: bool,
}

/// When a run is kept.
pub(super) struct Keeping {
    is_due: bool,
    /// When it was last, in seconds on the host's clock.
    last: f64,
    /// What that took, in seconds.
    cost: f64,
    /// Of the run as it was then; `None` if it never was.
    steps_done: Option<usize>,
}

impl Keeping {
    pub(super) fn new(now: f64, steps_done: usize) -> Self {
        Self {
            is_due: false,
            last: now,
            cost: 0.0,
            steps_done: Some(steps_done),
        }
    }

    /// Before it has done anything.
    pub(super) fn at_once(now: f64) -> Self {
        Self {
            is_due: true,
            last: now,
            cost: 0.0,
            steps_done: None,
        }
    }

    pub(super) fn epoch_ended(&mut self, now: f64) {
        self.is_due |= now - self.last > KEEP_EVERY.max(TIMES_ITS_COST * self.cost);
    }

    /// Nothing more is learned for now, and there is time.
    pub(super) fn stands_still(&mut self) {
        self.is_due = true;
    }
}

impl Active {
    /// Whether it is over, and cannot be asked before the features of its films are there again.
    pub(crate) fn returns(&self) -> bool {
        matches!(self.stage, RunStage::Returning(_))
    }

    pub(super) fn tell_return(&self) {
        self.host.post(Event::Returned {
            run: self.id,
            parts: self.parts(),
            steps_total: self.run.steps_total(),
        });
        self.tell_origin();
    }

    /// Gives the page what it takes to bring the run back.
    ///
    /// # Errors
    /// As [`training::run::Run::checkpoint`].
    async fn keep(&mut self) -> Result<(), TrainError> {
        let begun = self.host.now();
        let caught_up = self.run.catch_up().await?;
        for report in caught_up {
            if let Report::Step(report) = report {
                self.host.post(Event::Step {
                    run: self.id,
                    report,
                    seconds_left: None,
                });
            }
        }
        let checkpoint = self.run.checkpoint().await?;
        let mut file = self.host.new_file();
        let event = Event::Checkpoint {
            run: self.id,
            steps_done: self.steps_done,
            seconds: self.watch.seconds(begun),
        };
        let kept = checkpoint.to_bytes().map_err(|error| error.to_string());
        // Where there is no room for it, the run goes on without.
        let _ = kept.and_then(|bytes| {
            file.add(&bytes)?;
            file.post(event)
        });
        let now = self.host.now();
        self.keeping = Keeping::new(now, self.steps_done);
        self.keeping.cost = now - begun;
        Ok(())
    }
}

impl Session {
    /// Keeps the run if that is due.
    pub(crate) async fn keep_run(&mut self) -> bool {
        let replaced = self.wanted.is_some();
        let Some(active) = self.active.as_mut().filter(|own| own.keeping.is_due) else {
            return false;
        };
        active.keeping.is_due = false;
        if replaced || active.returns() || active.keeping.steps_done == Some(active.steps_done) {
            return false;
        }
        let error = active.keep().await.err();
        // What else is wrong with the network, its next step will tell.
        self.check_device(error);
        true
    }

    /// A run comes back as soon as all that it needs is there.
    pub(crate) fn bring_back(
        &mut self,
        run: RunId,
        state: Returning,
        seconds: f32,
        mut files: Vec<Box<dyn UserFile>>,
    ) {
        self.explanations.forget();
        let damaged = |detail| CheckpointError::Damaged(detail);
        let bytes = match files.pop() {
            Some(file) => file.read().map_err(damaged),
            None => Err(damaged("it is not there".into())),
        };
        match bytes.and_then(|bytes| Checkpoint::parse(&bytes)) {
            Ok(checkpoint) => {
                let mode = match state {
                    Returning::Over | Returning::Going => RunMode::Going,
                    Returning::Paused => RunMode::Paused,
                };
                self.train(WantedRun {
                    id: run,
                    settings: checkpoint.network.settings.clone(),
                    mode,
                    cut_off: Some(CutOff {
                        checkpoint,
                        seconds,
                        is_over: state == Returning::Over,
                    }),
                    before: None,
                });
            }
            Err(error) => self.host.post(Event::RunFailed {
                run,
                failure: Failure::Kept(error),
            }),
        }
    }

    /// Whether this run is to come back and can be asked then.
    pub(crate) fn is_on_its_way(&self, run: RunId) -> bool {
        let wanted = self.wanted.as_ref();
        let wanted = wanted.is_some_and(|own| own.id == run && own.is_over());
        let active = self.active.as_ref();
        wanted || active.is_some_and(|own| own.id == run && own.returns())
    }

    pub(crate) fn waits_for_return(&self) -> bool {
        let wanted = self.wanted.as_ref().is_some_and(WantedRun::is_over);
        wanted || self.active.as_ref().is_some_and(Active::returns)
    }
}

impl WantedRun {
    fn is_over(&self) -> bool {
        self.cut_off.as_ref().is_some_and(|kept| kept.is_over)
    }
}
