//! How the features of the films come about: in the pool of workers on the CPU, or here, one after
//! another, on the GPU or where no workers can be had.

pub(crate) mod pool;

use std::rc::Rc;

use feature_pool::{FromWorker, WorkerId};
use imaging::{report::TrainError, settings::Settings};
use mobilenet::weights::Weights;
use training::features::{Extractor, FeatureKey, FeatureStore, Features, View, input};

use crate::{
    device::Compute,
    host::SharedHost,
    loading::Data,
    run::preparing::Preparing,
    session::{Fetched, Session},
};
use pool::{Job, JobOutcome, JobSource, Pool};

/// The features computed so far, and what computes more.
pub(crate) struct Extraction {
    host: SharedHost,
    pub(crate) store: FeatureStore,
    backend: FeatureBackend,
}

#[derive(Default)]
enum FeatureBackend {
    /// The device or the weights are not there yet.
    #[default]
    None,
    Pool(Pool),
    Here(Box<Here>),
}

/// An extractor in this worker, made for the latest key.
struct Here {
    compute: Compute,
    weights: Rc<Weights>,
    extractor: Option<(FeatureKey, Extractor)>,
}

/// What became of a job.
pub(crate) enum Taken {
    /// A worker has it; its features come as a message.
    Given,
    Done(Features),
    Failed(TrainError),
}

/// What one turn at the queue came to.
pub(crate) enum QueueTurn {
    /// A view was given to a worker, or computed.
    Worked,
    /// All workers are busy, or nothing is left to hand out.
    Waiting,
    Failed(TrainError),
}

impl Extraction {
    pub(crate) fn new(host: SharedHost) -> Self {
        Self {
            host,
            store: FeatureStore::new(FeatureKey::of(&Settings::default())),
            backend: FeatureBackend::None,
        }
    }

    pub(crate) fn is_ready(&self) -> bool {
        !matches!(self.backend, FeatureBackend::None)
    }

    /// Forgets all features: of other films, or of a device that failed.
    pub(crate) fn clear(&mut self) {
        self.store = FeatureStore::new(*self.store.key());
    }

    fn compute_here(&mut self, compute: Compute, weights: Rc<Weights>) {
        self.backend = FeatureBackend::Here(Box::new(Here {
            compute,
            weights,
            extractor: None,
        }));
    }

    fn start_pool(&mut self, workers: usize, weights: Rc<Weights>) {
        match Pool::new(workers, self.host.clone()) {
            Ok(pool) if workers > 0 => self.backend = FeatureBackend::Pool(pool),
            _ => self.compute_here(Compute::Cpu, weights),
        }
    }

    /// Takes the next view of a queue in hand.
    pub(crate) async fn advance(&mut self, preparing: &mut Preparing, data: &Data) -> QueueTurn {
        if !self.has_room() {
            return QueueTurn::Waiting;
        }
        let Some(view) = preparing.queue.next(self.host.now()) else {
            return QueueTurn::Waiting;
        };
        let key = *self.store.key();
        let input = input(&data.films, view, &key);
        let source = JobSource::Data(data.number);
        let job = Job { view, source, key };
        match self.take(job, input).await {
            Taken::Given => QueueTurn::Worked,
            Taken::Done(features) => {
                self.store.insert(view, features);
                preparing.finish(view);
                QueueTurn::Worked
            }
            Taken::Failed(error) => QueueTurn::Failed(error),
        }
    }

    /// Has the features of one input computed; to be asked only while there is room.
    pub(crate) async fn take(&mut self, job: Job, input: Vec<f32>) -> Taken {
        match &mut self.backend {
            FeatureBackend::None => Taken::Failed(TrainError::NotReady),
            FeatureBackend::Pool(pool) => match job.key.request() {
                Some(request) => {
                    pool.give(job, request, input);
                    Taken::Given
                }
                // A network from scratch reads the image itself.
                None => Taken::Done(Features {
                    embedding: input,
                    feature_map: Vec::new(),
                }),
            },
            FeatureBackend::Here(here) => match here.extract(job.key, &input).await {
                Ok(features) => Taken::Done(features),
                Err(error) => Taken::Failed(error),
            },
        }
    }

    /// Whether one more view could be taken in hand.
    pub(crate) fn has_room(&self) -> bool {
        match &self.backend {
            FeatureBackend::None => false,
            FeatureBackend::Pool(pool) => pool.has_room(),
            FeatureBackend::Here(_) => true,
        }
    }

    /// Whether a view of these films, computed by this key, is what the store holds now.
    fn accepts(&self, job: &Job, data: &Data) -> bool {
        let own = self.store.key();
        let same = job.key == *own || (job.view.view == 0 && own.same_but_for_views(&job.key));
        same && job.source == JobSource::Data(data.number)
    }
}

impl Here {
    async fn extract(&mut self, key: FeatureKey, input: &[f32]) -> Result<Features, TrainError> {
        let extractor = match self.extractor.take() {
            Some((own, extractor)) if own == key => extractor,
            _ => Extractor::new(&self.weights, &key, &self.compute.device()).map_err(|error| {
                TrainError::Unfit {
                    detail: error.to_string(),
                }
            })?,
        };
        let features = extractor.extract(input).await;
        self.extractor = Some((key, extractor));
        features
    }
}

impl Session {
    /// Sets up what computes features, once the device and the weights are there.
    pub(crate) fn ready_features(&mut self) {
        if let (Some(compute), Fetched::Here(weights)) = (&self.compute, &self.weights) {
            if compute.is_cpu() {
                self.features.start_pool(self.workers, weights.clone());
            } else {
                self.features.compute_here(compute.clone(), weights.clone());
            }
            self.plan_background();
        }
    }

    pub(crate) fn worker_said(&mut self, worker: WorkerId, message: FromWorker) {
        let FeatureBackend::Pool(pool) = &mut self.features.backend else {
            return;
        };
        let outcome = pool.receive(worker, message);
        let no_worker_left = pool.is_empty();
        if no_worker_left && let Fetched::Here(weights) = &self.weights {
            self.features.compute_here(Compute::Cpu, weights.clone());
        }
        match outcome {
            JobOutcome::Nothing => {}
            JobOutcome::Done(job, features) => self.features_came(&job, features),
            JobOutcome::Lost { jobs, detail } => self.jobs_lost(&jobs, &detail),
        }
    }

    fn features_came(&mut self, job: &Job, features: Features) {
        match job.source {
            JobSource::Explanation(id) => return self.probe_came(id, job.view, features),
            JobSource::Experiment(id) => return self.variant_came(id, job.view, features),
            JobSource::Speed => return self.measured_image_came(job.view, features),
            JobSource::Data(_) => {}
        }
        let accepted = self
            .data
            .as_ref()
            .is_some_and(|data| self.features.accepts(job, data));
        if !accepted {
            return;
        }
        self.features.store.insert(job.view, features);
        if let Some(preparing) = self.preparing_of_run() {
            preparing.finish(job.view);
        }
        if let Some(preparing) = &mut self.background {
            preparing.finish(job.view);
        }
    }

    /// Lost work is done again once; after that the run fails, and the background is left alone.
    fn jobs_lost(&mut self, jobs: &[Job], detail: &str) {
        for job in jobs {
            match job.source {
                JobSource::Explanation(id) => self.probe_lost(id, job.view, detail),
                JobSource::Experiment(id) => self.variant_lost(id, job.view, detail),
                JobSource::Speed => self.measured_image_lost(detail),
                JobSource::Data(_) => {}
            }
        }
        let own = self.data.as_ref().map(|data| JobSource::Data(data.number));
        let views: Vec<View> = jobs
            .iter()
            .filter(|job| Some(job.source) == own)
            .map(|job| job.view)
            .collect();
        for view in views {
            if let Some(preparing) = &mut self.background
                && !preparing.queue.retry(view)
            {
                self.background = None;
            }
            if let Some(preparing) = self.preparing_of_run()
                && !preparing.queue.retry(view)
            {
                self.fail_run(TrainError::Device {
                    detail: detail.to_owned(),
                });
            }
        }
    }
}
