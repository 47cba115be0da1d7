//! Films on their way through the backbone, for a run or ahead of any: first the films as they are, then
//! their augmented views.

use training::features::{FeatureStore, View};

use super::scope::{now, post};
use crate::schedule::Queue;
use protocol::{Event, Preparation, RunId};

/// Seconds between two reports of progress.
const REPORT_EVERY: f64 = 0.05;

pub(super) struct Preparing {
    run: Option<RunId>,
    /// All that will be needed.
    views: Vec<View>,
    work: Preparation,
    pub queue: Queue<View>,
    reported: f64,
}

impl Preparing {
    /// `None` if all views are there. `run` is the run that needs them.
    pub fn of(run: Option<RunId>, views: Vec<View>, store: &FeatureStore) -> Option<Self> {
        let missing = store.missing(&views);
        let (films, augmented): (Vec<View>, Vec<View>) =
            missing.into_iter().partition(|view| view.view == 0);
        let (work, queue) = if films.is_empty() {
            (Preparation::Views, augmented)
        } else {
            (Preparation::Features, films)
        };
        (!queue.is_empty()).then(|| Self {
            run,
            views,
            work,
            queue: Queue::new(queue),
            reported: 0.0,
        })
    }

    /// What comes after this.
    pub fn next(self, store: &FeatureStore) -> Option<Self> {
        Self::of(self.run, self.views, store)
    }

    /// The features of a view are there.
    pub fn finish(&mut self, view: View) {
        if !self.queue.finish(view, now()) {
            return;
        }
        if self.queue.is_done() || now() - self.reported > REPORT_EVERY {
            self.report();
        }
    }

    pub fn report(&mut self) {
        self.reported = now();
        post(&Event::Preparing {
            run: self.run,
            work: self.work,
            done: self.queue.done(),
            total: self.queue.total(),
            seconds_left: self.queue.seconds_left(),
        });
    }
}
