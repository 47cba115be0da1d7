//! Films on their way through the backbone, for a run or ahead of any: first the films as they are, then
//! their augmented views.

use training::features::{FeatureStore, View};

use crate::{host::SharedHost, schedule::Queue};
use protocol::{Event, Preparation, RunId};

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

pub(crate) struct Preparing {
    host: SharedHost,
    run: Option<RunId>,
    /// All that will be needed.
    views: Vec<View>,
    work: Preparation,
    pub(crate) queue: Queue<View>,
    reported: f64,
}

impl Preparing {
    /// `None` if all views are there. `run` is the run that needs them.
    pub(crate) fn of(
        run: Option<RunId>,
        views: Vec<View>,
        store: &FeatureStore,
        host: &SharedHost,
    ) -> Option<Self> {
        let missing = store.missing(&views);
        let (films, augmented): (Vec<View>, Vec<View>) =
            missing.into_iter().partition(|view| view.view == 0);
        let (work, queue) = if films.is_empty() {
            (Preparation::Views, augmented)
        } else {
            (Preparation::Features, films)
        };
        (!queue.is_empty()).then(|| Self {
            host: host.clone(),
            run,
            views,
            work,
            queue: Queue::new(queue),
            reported: 0.0,
        })
    }

    /// What comes after this.
    pub(crate) fn next(self, store: &FeatureStore) -> Option<Self> {
        Self::of(self.run, self.views, store, &self.host)
    }

    /// The features of a view are there.
    pub(crate) fn finish(&mut self, view: View) {
        if !self.queue.finish(view, self.host.now()) {
            return;
        }
        if self.queue.is_done() || self.host.now() - self.reported > REPORT_EVERY {
            self.report();
        }
    }

    pub(crate) fn report(&mut self) {
        self.reported = self.host.now();
        self.host.post(Event::Preparing {
            run: self.run,
            work: self.work,
            progress: self.queue.progress(),
        });
    }
}
