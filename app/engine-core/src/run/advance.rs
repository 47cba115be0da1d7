//! The work on a run: beginning it, one piece after another, and what follows when a piece fails.

use protocol::{Event, Failure};
use training::{
    features::FeatureKey,
    run::{Run, RunError},
};

use super::{Active, RunMode, RunStage};
use crate::{
    features::QueueTurn,
    session::{Fetched, Session},
};

impl Session {
    /// Begins the wanted run if all it needs is there, or says what will not come.
    pub(crate) fn begin_wanted(&mut self) -> bool {
        let Some(wanted) = &self.wanted else {
            return false;
        };
        let failure = match (&self.data, &self.weights, &self.compute) {
            (None, _, _) if self.loading.is_some() => return false,
            (None, _, _) => Failure::NoData,
            (_, Fetched::Failed(detail), _) => Failure::Download {
                detail: detail.clone(),
            },
            (_, Fetched::Coming, _) | (_, _, None) => return false,
            (Some(data), Fetched::Here(weights), Some(compute)) => {
                let (films, device) = (&data.summary, compute.device());
                let read_every = compute.read_every();
                let run = match (&wanted.cut_off, &wanted.before) {
                    (None, None) => Run::new(&wanted.settings, films, weights, &device, read_every),
                    (None, Some(before)) => before.run(films, weights, &device, read_every),
                    (Some(kept), _) => {
                        let checkpoint = kept.checkpoint.clone();
                        Run::resume(checkpoint, films, weights, &device, read_every)
                    }
                };
                match run {
                    Ok(run) => {
                        self.begin(run);
                        return true;
                    }
                    Err(error) => refused(error),
                }
            }
        };
        let run = wanted.id;
        if self.wanted.take().is_some_and(|own| own.cut_off.is_some()) {
            self.explanations.forget_network();
            self.test_wanted = None;
        }
        self.host.post(Event::RunFailed { run, failure });
        true
    }

    fn begin(&mut self, run: Run) {
        if let Some(wanted) = self.wanted.take() {
            self.background = None;
            // Of one that comes back something may have been asked already.
            if wanted.cut_off.is_none() {
                self.explanations.forget();
            }
            self.features
                .store
                .retarget(FeatureKey::of(&wanted.settings));
            self.active = Some(Active::begin(
                wanted,
                run,
                &self.features.store,
                self.host.clone(),
            ));
        }
    }

    /// One piece of the run in progress: a view prepared, or a step.
    pub(crate) async fn advance_run(&mut self) -> bool {
        let (Some(active), Some(data)) = (&mut self.active, &self.data) else {
            return false;
        };
        if active.mode == RunMode::Paused {
            return false;
        }
        let error = match &mut active.stage {
            RunStage::Ended => return false,
            RunStage::Preparing(preparing) | RunStage::Returning(preparing)
                if preparing.queue.is_done() =>
            {
                active.prepare_more(&self.features.store);
                if !active.in_progress() {
                    self.plan_background();
                }
                return true;
            }
            RunStage::Preparing(preparing) | RunStage::Returning(preparing) => {
                match self.features.advance(preparing, data).await {
                    QueueTurn::Waiting => return false,
                    QueueTurn::Worked => None,
                    QueueTurn::Failed(error) => Some(error),
                }
            }
            RunStage::Training => active.step(&self.features.store).await.err(),
        };
        match self.check_device(error) {
            Some(error) => self.fail_run(error),
            None if self
                .active
                .as_ref()
                .is_some_and(|active| !active.in_progress()) =>
            {
                self.plan_background();
            }
            None => {}
        }
        true
    }
}

/// Why a run cannot begin.
pub(crate) fn refused(error: RunError) -> Failure {
    match error {
        RunError::Settings(error) => Failure::Settings(error),
        RunError::Split(error) => Failure::Split(error),
        RunError::Checkpoint(error) => Failure::Kept(error),
        RunError::Weights(error) => Failure::Download {
            detail: error.to_string(),
        },
    }
}
