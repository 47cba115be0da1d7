//! Workers that compute features on the CPU side by side: who has which job, and what becomes of the jobs of one that
//! crashes.

use feature_pool::{FromWorker, Ticket, ToWorker, WorkerId};
use mobilenet::frozen::{Features, Request};
use protocol::{ExperimentId, ExplanationId};
use training::features::{FeatureKey, View};

use crate::host::SharedHost;

/// Jobs that a worker holds: one under way, one so that it need not wait.
const JOBS_HELD: usize = 2;

/// Whom the features are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobSource {
    /// The store of the films; later data have a higher number.
    Data(u32),
    /// An explanation; the view's sample is the number of its input.
    Explanation(ExplanationId),
    /// An experiment; likewise.
    Experiment(ExperimentId),
    /// The measurement of speed, whose images nobody keeps.
    Speed,
}

/// A view whose features a worker computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Job {
    pub(crate) view: View,
    /// The data, or the explanation, that the view is of.
    pub(crate) source: JobSource,
    pub(crate) key: FeatureKey,
}

/// What came of a message from a worker.
pub(crate) enum JobOutcome {
    /// Nothing to do with features.
    Nothing,
    Done(Job, Features),
    /// These were with a worker that crashed or failed.
    Lost {
        jobs: Vec<Job>,
        detail: String,
    },
}

pub(crate) struct Pool {
    host: SharedHost,
    slots: Vec<Slot>,
    next_worker: u32,
    next_ticket: u32,
}

struct Slot {
    worker: WorkerId,
    ready: bool,
    jobs: Vec<(Ticket, Job)>,
}

impl Pool {
    /// Starts the workers.
    ///
    /// # Errors
    /// What the browser said against it.
    pub(crate) fn new(size: usize, host: SharedHost) -> Result<Self, String> {
        let mut pool = Self {
            host,
            slots: Vec::with_capacity(size),
            next_worker: 0,
            next_ticket: 0,
        };
        for _ in 0..size {
            pool.start_worker()?;
        }
        Ok(pool)
    }

    /// Whether a worker would begin a job given now at once, or next.
    pub(crate) fn has_room(&self) -> bool {
        self.slots
            .iter()
            .any(|slot| slot.ready && slot.jobs.len() < JOBS_HELD)
    }

    /// Gives a job to the worker with the fewest.
    pub(crate) fn give(&mut self, job: Job, request: Request, input: Vec<f32>) {
        let ready = self.slots.iter_mut().filter(|slot| slot.ready);
        let Some(slot) = ready.min_by_key(|slot| slot.jobs.len()) else {
            return;
        };
        let ticket = Ticket(self.next_ticket);
        self.next_ticket = self.next_ticket.wrapping_add(1);
        slot.jobs.push((ticket, job));
        let order = ToWorker::Job {
            ticket,
            request,
            input,
        };
        self.host.tell_worker(slot.worker, order);
    }

    pub(crate) fn receive(&mut self, worker: WorkerId, message: FromWorker) -> JobOutcome {
        let Some(place) = self.slots.iter().position(|slot| slot.worker == worker) else {
            return JobOutcome::Nothing;
        };
        let slot = &mut self.slots[place];
        match message {
            FromWorker::Ready => {
                slot.ready = true;
                self.host.tell_worker(worker, ToWorker::Weights);
                JobOutcome::Nothing
            }
            FromWorker::Done { ticket, features } => match slot.take(ticket) {
                Some(job) => JobOutcome::Done(job, features),
                None => JobOutcome::Nothing,
            },
            FromWorker::Failed { ticket, detail } => JobOutcome::Lost {
                jobs: slot.take(ticket).into_iter().collect(),
                detail,
            },
            FromWorker::Crashed { detail } => JobOutcome::Lost {
                jobs: self.replace(place),
                detail,
            },
        }
    }

    /// No worker is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Puts a new worker in the place of one that crashed; gives back the jobs that it had.
    fn replace(&mut self, place: usize) -> Vec<Job> {
        let crashed = self.slots.swap_remove(place);
        self.host.end_worker(crashed.worker);
        // One that crashed before it was ready would only crash again. Where none can be started, the others do its work.
        if crashed.ready {
            let _ = self.start_worker();
        }
        crashed.jobs.into_iter().map(|(_, job)| job).collect()
    }

    fn start_worker(&mut self) -> Result<(), String> {
        let worker = WorkerId(self.next_worker);
        self.next_worker += 1;
        self.host.start_worker(worker)?;
        self.slots.push(Slot {
            worker,
            ready: false,
            jobs: Vec::new(),
        });
        Ok(())
    }
}

/// The workers end with the pool: another device computes.
impl Drop for Pool {
    fn drop(&mut self) {
        for slot in &self.slots {
            self.host.end_worker(slot.worker);
        }
    }
}

impl Slot {
    fn take(&mut self, ticket: Ticket) -> Option<Job> {
        let place = self.jobs.iter().position(|(own, _)| *own == ticket)?;
        Some(self.jobs.swap_remove(place).1)
    }
}
