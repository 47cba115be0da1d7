//! The experiments of the lesson: their inputs go through the backbone, then one network after another is
//! trained and judged in small pieces, while nothing more urgent is asked for.

use experiments::{Experiment, Outcome};
use imaging::{
    report::TrainError,
    split::{Division, SplitError},
};
use training::{
    experiment_runner::{ExperimentError, ExperimentRunner, InputVariant},
    features::{Features, View},
};

use crate::{
    features::Taken,
    host::SharedHost,
    pool::{Job, JobSource},
    run::Active,
    schedule::{Pace, Queue},
    session::{Fetched, Session},
};
use protocol::{Event, ExperimentId, Failure, Progress};

/// Seconds between two reports.
const REPORT_EVERY: f64 = 0.1;

/// What is tried out, with the seeds from `seed` on, without the test set of `division`.
pub(crate) struct Wish {
    pub(crate) experiment: Experiment,
    pub(crate) seed: u64,
    pub(crate) seeds: usize,
    pub(crate) division: Division,
}

/// An experiment that has been asked for, or is under way.
pub(crate) enum Experimenting {
    Wanted(ExperimentId, Wish),
    Going(Box<Going>),
}

/// An experiment that has begun.
pub(crate) struct Going {
    host: SharedHost,
    id: ExperimentId,
    experiment_runner: ExperimentRunner,
    /// Inputs whose features are still to come; a view's sample is the number of its input.
    variants: Vec<InputVariant>,
    queue: Queue<View>,
    trials: Pace,
    trial_begun: f64,
    /// Outcomes that the page has not been told of.
    outcomes: Vec<Outcome>,
    reported: f64,
}

/// Whether more can be done at once.
enum Turn {
    Worked,
    Waiting,
}

impl Experimenting {
    pub(crate) fn id(&self) -> ExperimentId {
        match self {
            Self::Wanted(id, _) => *id,
            Self::Going(going) => going.id,
        }
    }
}

impl Going {
    fn begin(id: ExperimentId, wish: &Wish, session: &Session) -> Result<Self, Failure> {
        let data = session.data.as_ref().ok_or(Failure::NoData)?;
        let compute = session.compute.as_ref().ok_or(Failure::NoData)?;
        let Fetched::Here(weights) = &session.weights else {
            return Err(Failure::NoData);
        };
        let mut experiment_runner = ExperimentRunner::new(
            wish.experiment,
            wish.seed,
            wish.seeds,
            &data.films,
            wish.division,
            weights,
            &compute.device(),
        )
        .map_err(refused)?;
        experiment_runner.give_from(&session.features.store);
        let variants = experiment_runner.needs();
        let views = (0..variants.len()).map(|sample| View { sample, view: 0 });
        Ok(Self {
            host: session.host.clone(),
            id,
            experiment_runner,
            queue: Queue::new(views.collect()),
            variants,
            trials: Pace::default(),
            trial_begun: session.host.now(),
            outcomes: Vec::new(),
            reported: 0.0,
        })
    }

    /// The features of an input are there.
    fn finish(&mut self, view: View, features: Features) {
        if self.queue.finish(view, self.host.now())
            && let Some(variant) = self.variants.get(view.sample)
        {
            self.experiment_runner.give(*variant, features);
            self.trial_begun = self.host.now();
            self.report_if_due();
        }
    }

    fn note(&mut self, outcome: Outcome) {
        let now = self.host.now();
        self.trials.record(now - self.trial_begun);
        self.trial_begun = now;
        self.outcomes.push(outcome);
        self.report_if_due();
    }

    fn report_if_due(&mut self) {
        if self.experiment_runner.is_done() || self.host.now() - self.reported > REPORT_EVERY {
            self.report();
        }
    }

    /// Inputs and trials count alike in the progress: an input takes about as long as a trial.
    fn tell_progress(&self) {
        let inputs = self.queue.progress();
        let trials_left = self.experiment_runner.total() - self.experiment_runner.done();
        self.host.post(Event::Experimenting {
            id: self.id,
            progress: Progress {
                done: inputs.done + self.experiment_runner.done(),
                total: inputs.total + self.experiment_runner.total(),
                seconds_left: if self.queue.is_done() {
                    self.trials.left(trials_left)
                } else {
                    inputs.seconds_left
                },
            },
        });
    }

    fn report(&mut self) {
        self.reported = self.host.now();
        self.tell_progress();
        if !self.outcomes.is_empty() {
            self.host.post(Event::Outcomes {
                id: self.id,
                outcomes: std::mem::take(&mut self.outcomes),
            });
        }
    }
}

impl Session {
    pub(crate) fn end_experiment(&mut self, id: ExperimentId) {
        if self
            .experiment
            .take_if(|experiment| experiment.id() == id)
            .is_some()
        {
            self.host.post(Event::Experimented { id, result: Ok(()) });
        }
    }

    /// The films or the device that it was begun with are gone.
    pub(crate) fn fail_experiment(&mut self, failure: Failure) {
        if let Some(experiment) = self.experiment.take() {
            let result = Err(failure);
            let id = experiment.id();
            self.host.post(Event::Experimented { id, result });
        }
    }

    /// One piece of the experiment under way; `false` if there is nothing to do for now.
    pub(crate) async fn advance_experiment(&mut self) -> bool {
        if self.active.as_ref().is_some_and(Active::in_progress) {
            return false;
        }
        let mut going = match self.experiment.take() {
            None => return false,
            Some(Experimenting::Wanted(id, wish)) => {
                let Some(begun) = self.begin_experiment(id, &wish) else {
                    self.experiment = Some(Experimenting::Wanted(id, wish));
                    return false;
                };
                match begun {
                    Ok(going) => {
                        self.experiment = Some(Experimenting::Going(Box::new(going)));
                    }
                    Err(failure) => self.host.post(Event::Experimented {
                        id,
                        result: Err(failure),
                    }),
                }
                return true;
            }
            Some(Experimenting::Going(going)) => going,
        };
        let id = going.id;
        let turn = if going.experiment_runner.is_done() {
            self.host.post(Event::Experimented { id, result: Ok(()) });
            return true;
        } else if going.queue.is_done() {
            Self::try_more(&mut going).await
        } else {
            self.prepare_more(&mut going).await
        };
        let (worked, error) = match turn {
            Ok(Turn::Worked) => (true, None),
            Ok(Turn::Waiting) => (false, None),
            Err(error) => (true, Some(error)),
        };
        self.experiment = Some(Experimenting::Going(going));
        if let Some(error) = error {
            let failure = Failure::from(error.clone());
            // Falling back to the CPU may have ended it already.
            self.check_device(Some(error));
            self.fail_experiment(failure);
        }
        worked
    }

    /// `None` while something that it takes is still on its way.
    fn begin_experiment(&self, id: ExperimentId, wish: &Wish) -> Option<Result<Going, Failure>> {
        if let Fetched::Failed(detail) = &self.weights {
            let detail = detail.clone();
            return Some(Err(Failure::Download { detail }));
        }
        if !self.features.is_ready() || self.loading.is_some() {
            return None;
        }
        let begun = Going::begin(id, wish, self);
        if let Ok(going) = &begun {
            going.tell_progress();
        }
        Some(begun)
    }

    async fn try_more(going: &mut Going) -> Result<Turn, TrainError> {
        if let Some(outcome) = going.experiment_runner.next().await? {
            going.note(outcome);
        }
        Ok(Turn::Worked)
    }

    async fn prepare_more(&mut self, going: &mut Going) -> Result<Turn, TrainError> {
        let Some(data) = &self.data else {
            return Ok(Turn::Waiting);
        };
        if !self.features.has_room() {
            return Ok(Turn::Waiting);
        }
        let Some(view) = going.queue.next(self.host.now()) else {
            return Ok(Turn::Waiting);
        };
        let Some(variant) = going.variants.get(view.sample) else {
            return Ok(Turn::Waiting);
        };
        let input = variant.input(&data.films);
        let job = Job {
            view,
            source: JobSource::Experiment(going.id),
            key: going.experiment_runner.key(variant),
        };
        match self.features.take(job, input).await {
            Taken::Given => {}
            Taken::Done(features) => going.finish(view, features),
            Taken::Failed(error) => return Err(error),
        }
        Ok(Turn::Worked)
    }

    /// A worker has done an input.
    pub(crate) fn variant_came(&mut self, id: ExperimentId, view: View, features: Features) {
        if let Some(going) = self.going(id) {
            going.finish(view, features);
        }
    }

    /// A worker has lost one: it is tried once more.
    pub(crate) fn variant_lost(&mut self, id: ExperimentId, view: View, detail: &str) {
        if self.going(id).is_some_and(|going| !going.queue.retry(view)) {
            let detail = detail.to_owned();
            self.fail_experiment(Failure::DeviceFailed { detail });
        }
    }

    fn going(&mut self, id: ExperimentId) -> Option<&mut Going> {
        match &mut self.experiment {
            Some(Experimenting::Going(going)) if going.id == id => Some(going),
            _ => None,
        }
    }
}

fn refused(error: ExperimentError) -> Failure {
    match error {
        ExperimentError::Split(error) => Failure::Split(error),
        ExperimentError::NoPatients => Failure::Split(SplitError::NoPatients),
        ExperimentError::FewPatients => Failure::FewPatients,
        ExperimentError::TooFew { class, n, least } => Failure::FewFilms { class, n, least },
        ExperimentError::Weights(error) => Failure::Download {
            detail: error.to_string(),
        },
    }
}
