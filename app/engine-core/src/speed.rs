//! How fast this computer is: images made here go through all that training takes, with nobody's films.

use imaging::{
    dataset::{Dataset, Sample},
    decode::PackDepth,
    film::Film,
    incidental::Incidentals,
    report::{Report, StageKind, TrainError},
    settings::{FineTuning, Network, Settings},
    split::{Subset, split},
    task::Task,
};
use protocol::{Event, Failure, Progress, Speed};
use training::{
    features::{FeatureKey, FeatureStore, Features, View, input},
    run::Run,
};

use crate::{
    features::Taken,
    pool::{Job, JobSource},
    run::{Active, refused},
    schedule::Queue,
    session::{Fetched, Session},
};

/// Images; 60 % of them are trained on.
const IMAGES: usize = 48;

/// Images before the clock starts, so that all workers have begun.
const WARM_UP: usize = 8;

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.1;

/// A measurement that has been asked for, or is under way.
pub(crate) enum Measuring {
    Wanted,
    Going(Box<Going>),
}

/// A measurement that has begun.
pub(crate) struct Going {
    images: Dataset,
    speed: Speed,
    stage: Stage,
    begun: f64,
    /// In units of [`work_of_step`], without the images.
    work_done: usize,
    /// Of all runs.
    work_total: usize,
    reported: f64,
}

enum Stage {
    /// The images on their way through the frozen backbone.
    Features {
        queue: Queue<View>,
        store: FeatureStore,
        warm_since: Option<f64>,
    },
    Training {
        run: Box<Run>,
        store: FeatureStore,
        epoch_begun: f64,
    },
}

/// As a run has them by default, but shorter: of each stage the last epoch counts, the ones before warm up.
fn pretrained() -> Settings {
    Settings {
        epochs: 3,
        fine_tuning: Some(FineTuning {
            epochs: 2,
            ..FineTuning::default()
        }),
        ..Settings::default()
    }
}

fn from_scratch() -> Settings {
    Settings {
        network: Network::Scratch,
        epochs: 2,
        fine_tuning: None,
        ..Settings::default()
    }
}

/// About how many images go through the frozen backbone in the time of a step, with two workers on the CPU.
fn work_of_step(stage: StageKind) -> usize {
    match stage {
        StageKind::Frozen => 1,
        StageKind::FineTuning => 20,
        StageKind::Scratch => 80,
    }
}

/// Of all stages of a run on so many images.
fn work(settings: &Settings, trained_on: usize) -> usize {
    let first = match settings.network {
        Network::Scratch => StageKind::Scratch,
        Network::Pretrained(_) => StageKind::Frozen,
    };
    let fine_tuning = settings.fine_tuning.map_or(0, |tuning| tuning.epochs);
    let of_an_epoch = |stage| work_of_step(stage) * trained_on.div_ceil(settings.batch_size);
    settings.epochs * of_an_epoch(first) + fine_tuning * of_an_epoch(StageKind::FineTuning)
}

/// Two classes of images, no two alike: brighter to one side, and striped.
fn made_images(side: usize) -> Dataset {
    let samples = (0..IMAGES).filter_map(|number| {
        let class = number % 2;
        let pixels = (0..side * side).map(|place| {
            let (x, y) = (place % side, place / side);
            let across = if class == 0 { side - x } else { x };
            let stripes = y * (number + 3) % side;
            ((across + stripes) * usize::from(u16::MAX) / (2 * side)) as u16
        });
        Some(Sample {
            name: format!("{number}"),
            class,
            patient: None,
            part: None,
            film: Film::new(side as u32, side as u32, pixels.collect())?,
            width: side as u32,
            height: side as u32,
            facts: None,
            incidentals: Incidentals::default(),
            file: 0,
        })
    });
    Dataset {
        depth: PackDepth::default(),
        title: String::new(),
        task: Task::Region,
        licence: None,
        attribution: None,
        classes: vec!["left".to_owned(), "right".to_owned()],
        samples: samples.collect(),
        odd: Vec::new(),
        skipped: Vec::new(),
    }
}

impl Going {
    fn begin(now: f64) -> Self {
        let settings = pretrained();
        let images = made_images(settings.film_side);
        let parts = split(&images.summary(false), settings.split_by, settings.seed);
        let parts = parts.unwrap_or_default();
        let trained_on = parts.iter().filter(|&&part| part == Subset::Train).count();
        let work_total = work(&settings, trained_on) + work(&from_scratch(), trained_on);
        let views = (0..images.samples.len()).map(|sample| View { sample, view: 0 });
        let stage = Stage::Features {
            queue: Queue::new(views.collect()),
            store: FeatureStore::new(FeatureKey::of(&settings)),
            warm_since: None,
        };
        Self {
            images,
            speed: Speed::default(),
            stage,
            begun: now,
            work_done: 0,
            work_total,
            reported: f64::NEG_INFINITY,
        }
    }

    /// An image has come out of the backbone.
    fn finish(&mut self, view: View, features: Features, now: f64) {
        let Stage::Features {
            queue,
            store,
            warm_since,
        } = &mut self.stage
        else {
            return;
        };
        if !queue.finish(view, now) {
            return;
        }
        store.insert(view, features);
        if queue.progress().done >= WARM_UP {
            let begun = *warm_since.get_or_insert(now);
            let counted = IMAGES - WARM_UP;
            self.speed.features = ((now - begun) / counted as f64) as f32;
        }
    }

    /// An epoch is over: validation is part of it.
    fn finish_epoch(&mut self, stage: StageKind, trained_on: usize, seconds: f64) {
        let for_an_image = (seconds / trained_on.max(1) as f64) as f32;
        *match stage {
            StageKind::Frozen => &mut self.speed.frozen,
            StageKind::FineTuning => &mut self.speed.fine_tuning,
            StageKind::Scratch => &mut self.speed.scratch,
        } = for_an_image;
    }

    fn progress(&self, now: f64) -> Progress {
        let images_done = match &self.stage {
            Stage::Features { queue, .. } => queue.progress().done,
            Stage::Training { .. } => IMAGES,
        };
        let done = images_done + self.work_done;
        let total = IMAGES + self.work_total;
        let left = (now - self.begun) * total.saturating_sub(done) as f64 / done.max(1) as f64;
        Progress {
            done,
            total,
            seconds_left: (images_done >= WARM_UP).then_some(left as f32),
        }
    }
}

impl Session {
    pub(crate) fn measure_speed(&mut self) {
        self.measuring = Some(Measuring::Wanted);
    }

    pub(crate) fn fail_measuring(&mut self, failure: Failure) {
        if self.measuring.take().is_some() {
            self.host.post(Event::Measured {
                result: Err(failure),
            });
        }
    }

    /// One piece of the measurement; `false` if there is nothing to do for now. What a run in progress would spoil
    /// begins again after it.
    pub(crate) async fn advance_measuring(&mut self) -> bool {
        if self.active.as_ref().is_some_and(Active::in_progress) {
            if let Some(measuring) = &mut self.measuring {
                *measuring = Measuring::Wanted;
            }
            return false;
        }
        let mut going = match self.measuring.take() {
            None => return false,
            Some(Measuring::Going(going)) => going,
            Some(Measuring::Wanted) => {
                if let Fetched::Failed(detail) = &self.weights {
                    let detail = detail.clone();
                    self.measuring = Some(Measuring::Wanted);
                    self.fail_measuring(Failure::Download { detail });
                    return true;
                }
                if !self.features.is_ready() || self.loading.is_some() {
                    self.measuring = Some(Measuring::Wanted);
                    return false;
                }
                Box::new(Going::begin(self.host.now()))
            }
        };
        let turn = self.measure_more(&mut going).await;
        let now = self.host.now();
        if now - going.reported > REPORT_EVERY {
            going.reported = now;
            self.host.post(Event::Measuring {
                progress: going.progress(now),
            });
        }
        let (worked, stopped) = match turn {
            Ok(Turn::Waiting) => (false, None),
            Ok(Turn::Worked) => (true, None),
            Ok(Turn::Over) => {
                self.host.post(Event::Measured {
                    result: Ok(going.speed),
                });
                self.plan_background();
                return true;
            }
            Err(stopped) => (true, Some(stopped)),
        };
        self.measuring = Some(Measuring::Going(going));
        let error = match stopped {
            Some(Stopped::Refused(failure)) => {
                self.fail_measuring(failure);
                return true;
            }
            Some(Stopped::Computing(error)) => Some(error),
            None => None,
        };
        if let Some(error) = self.check_device(error) {
            self.fail_measuring(error.into());
        }
        worked
    }

    async fn measure_more(&mut self, going: &mut Going) -> Result<Turn, Stopped> {
        match &mut going.stage {
            Stage::Features { queue, store, .. } if queue.is_done() => {
                let settings = pretrained();
                let key = FeatureKey::of(&settings);
                let store = std::mem::replace(store, FeatureStore::new(key));
                self.begin_training(going, &settings, store)
            }
            Stage::Features { queue, store, .. } => {
                if !self.features.has_room() {
                    return Ok(Turn::Waiting);
                }
                let Some(view) = queue.next(self.host.now()) else {
                    return Ok(Turn::Waiting);
                };
                let key = *store.key();
                let job = Job {
                    view,
                    source: JobSource::Speed,
                    key,
                };
                let input = input(&going.images, view, &key);
                match self.features.take(job, input).await {
                    Taken::Given => {}
                    Taken::Done(features) => going.finish(view, features, self.host.now()),
                    Taken::Failed(error) => return Err(Stopped::Computing(error)),
                }
                Ok(Turn::Worked)
            }
            Stage::Training { run, store, .. } if run.is_done() => {
                if store.key().network == Network::Scratch {
                    return Ok(Turn::Over);
                }
                let settings = from_scratch();
                let key = FeatureKey::of(&settings);
                let mut store = FeatureStore::new(key);
                for sample in 0..going.images.samples.len() {
                    let view = View { sample, view: 0 };
                    let features = Features {
                        embedding: input(&going.images, view, &key),
                        feature_map: Vec::new(),
                    };
                    store.insert(view, features);
                }
                self.begin_training(going, &settings, store)
            }
            Stage::Training {
                run,
                store,
                epoch_begun,
            } => {
                let trained_on = run.members(Subset::Train).len();
                let reports = run.next(store).await.map_err(Stopped::Computing)?;
                for report in reports {
                    match report {
                        Report::Step(step) => going.work_done += work_of_step(step.stage),
                        Report::Epoch(epoch) => {
                            let now = self.host.now();
                            let seconds = now - std::mem::replace(epoch_begun, now);
                            going.finish_epoch(epoch.stage, trained_on, seconds);
                            return Ok(Turn::Worked);
                        }
                    }
                }
                Ok(Turn::Worked)
            }
        }
    }

    fn begin_training(
        &self,
        going: &mut Going,
        settings: &Settings,
        store: FeatureStore,
    ) -> Result<Turn, Stopped> {
        let (Some(compute), Fetched::Here(weights)) = (&self.compute, &self.weights) else {
            return Err(Stopped::Computing(TrainError::NotReady));
        };
        let run = Run::new(
            settings,
            &going.images.summary(false),
            weights,
            &compute.device(),
            compute.read_every(),
        )
        .map_err(|error| Stopped::Refused(refused(error)))?;
        going.stage = Stage::Training {
            run: Box::new(run),
            store,
            epoch_begun: self.host.now(),
        };
        Ok(Turn::Worked)
    }

    /// A worker has done an image.
    pub(crate) fn measured_image_came(&mut self, view: View, features: Features) {
        if let Some(Measuring::Going(going)) = &mut self.measuring {
            going.finish(view, features, self.host.now());
        }
    }

    /// A worker has lost one: what is left would be another computer's speed.
    pub(crate) fn measured_image_lost(&mut self, detail: &str) {
        let detail = detail.to_owned();
        self.fail_measuring(Failure::DeviceFailed { detail });
    }
}

/// What one piece of the measurement came to.
enum Turn {
    Worked,
    Waiting,
    Over,
}

/// Why the measurement cannot go on.
enum Stopped {
    Computing(TrainError),
    Refused(Failure),
}
