//! The work on a run: beginning it, one piece after another, and what follows when a piece fails.

use imaging::report::TrainError;
use training::{
    features::Recipe,
    run::{Run, RunError},
};

use super::{
    device::{Compute, Opened},
    features::Turn,
    scope::post,
    session::{Fetched, Session},
    training::{Active, Mode, Stage, Wanted},
};
use crate::choice::{AfterWork, after_work};
use protocol::{DeviceReason, Event, Failure};

impl Session {
    /// Begins the wanted run if all it needs is there, or says what will not come.
    pub fn begin_wanted(&mut self) -> bool {
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
                let run = Run::new(
                    &wanted.settings,
                    &data.summary,
                    &weights.weights,
                    &compute.device(),
                    compute.read_every(),
                );
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
        self.wanted = None;
        post(&Event::RunFailed { run, failure });
        true
    }

    fn begin(&mut self, run: Run) {
        if let Some(wanted) = self.wanted.take() {
            self.background = None;
            self.inquiries.forget();
            self.features.store.retarget(Recipe::of(&wanted.settings));
            self.active = Some(Active::begin(wanted, run, &self.features.store));
        }
    }

    /// One piece of the run in progress: a view prepared, or a step.
    pub async fn advance_run(&mut self) -> bool {
        let (Some(active), Some(data)) = (&mut self.active, &self.data) else {
            return false;
        };
        if active.mode == Mode::Paused {
            return false;
        }
        let error = match &mut active.stage {
            Stage::Ended => return false,
            Stage::Preparing(preparing) if preparing.queue.is_done() => {
                active.prepare_more(&self.features.store);
                return true;
            }
            Stage::Preparing(preparing) => match self.features.advance(preparing, data).await {
                Turn::Waiting => return false,
                Turn::Worked => None,
                Turn::Failed(error) => Some(error),
            },
            Stage::Training => active.step(&self.features.store).await.err(),
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

    /// After work on the device: falls back if that has failed, else gives back the error.
    pub fn check_device(&mut self, error: Option<TrainError>) -> Option<TrainError> {
        let on_cpu = self.compute.as_ref().is_some_and(Compute::is_cpu);
        let reported = self.compute.as_ref().and_then(Compute::failure);
        match after_work(on_cpu, reported, error) {
            AfterWork::GoOn => None,
            AfterWork::Fail(error) => Some(error),
            AfterWork::FallBack { detail } => {
                self.fall_back(detail);
                None
            }
        }
    }

    /// Before the network is asked: falls back if its GPU has failed meanwhile, which takes the network away.
    pub fn leave_failed_device(&mut self) {
        self.check_device(None);
    }

    /// Goes on on the CPU after the GPU has failed: a run in progress begins again with the same
    /// settings, a network that was trained is lost with the GPU.
    fn fall_back(&mut self, detail: String) {
        let reason = DeviceReason::GpuFailed {
            detail: detail.clone(),
        };
        if let Some(active) = self.active.take() {
            if active.in_progress() {
                self.wanted.get_or_insert(Wanted {
                    id: active.id,
                    settings: active.settings,
                    mode: active.mode,
                });
            } else {
                post(&Event::RunFailed {
                    run: active.id,
                    failure: Failure::DeviceFailed {
                        detail: detail.clone(),
                    },
                });
            }
        }
        self.inquiries.forget_network();
        self.fail_experiment(Failure::DeviceFailed { detail });
        self.features.clear();
        self.device_opened(Opened::cpu(self.workers, reason));
    }
}

/// Why a run cannot begin.
pub(super) fn refused(error: RunError) -> Failure {
    match error {
        RunError::Settings(error) => Failure::Settings(error),
        RunError::Split(error) => Failure::Split(error),
        RunError::Weights(error) => Failure::Download {
            detail: error.to_string(),
        },
    }
}
