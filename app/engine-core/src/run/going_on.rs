//! A network that is trained on from where another run left it.

use std::rc::Rc;

use burn::tensor::Device;
use checkpoint::{Origin, TrainedNetwork};
use imaging::{dataset::DatasetSummary, settings::Settings};
use mobilenet::weights::Weights;
use protocol::{Event, Failure, RunId};
use training::{
    features::{FeatureStore, View},
    run::{Run, RunError, Taken},
};

use super::{Active, RunMode, RunStage, WantedRun, cut_off::Keeping, preparing::Preparing};
use crate::{
    host::SharedHost,
    schedule::{Pace, Stopwatch},
    session::Session,
};

/// A network as it is before it is trained on, with the settings for that.
pub(crate) struct Before {
    pub(crate) network: TrainedNetwork,
    pub(crate) origin: Origin,
    pub(crate) taken: Taken,
}

impl Before {
    /// # Errors
    /// As [`Run::with_network`].
    pub(crate) fn run(
        &self,
        films: &DatasetSummary,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Run, RunError> {
        let network = self.network.clone();
        let (origin, taken) = (self.origin, self.taken);
        Run::with_network(network, origin, taken, films, weights, device, read_every)
    }
}

impl Active {
    /// A network that was trained elsewhere, to be asked as soon as the features of its films are there.
    pub(crate) fn taken_in(id: RunId, run: Run, store: &FeatureStore, host: SharedHost) -> Self {
        let mut views = run.views();
        views.retain(|view: &View| view.view == 0);
        let preparing = Preparing::of(Some(id), views, store, &host);
        Self {
            id,
            settings: run.settings().clone(),
            stage: preparing.map_or(RunStage::Ended, RunStage::Returning),
            mode: RunMode::Going,
            watch: Stopwatch::after(0.0),
            pace: Pace::default(),
            steps_done: run.steps_done(),
            keeping: Keeping::at_once(host.now()),
            before: None,
            came_whole: true,
            run,
            host,
        }
    }

    /// Of a network that is trained on they are not all those that were chosen.
    pub(super) fn tell_settings(&self) {
        if self.before.is_some() {
            self.host.post(Event::GoesOn {
                run: self.id,
                settings: self.settings.clone(),
            });
        }
    }
}

impl Session {
    /// Trains the network of a run on, with an optimizer that knows nothing yet.
    pub(crate) async fn go_on(&mut self, run: RunId, from: RunId, chosen: Settings) {
        self.leave_failed_device();
        let trained = self.trained().filter(|active| active.id == from);
        let Some(active) = trained.filter(|active| !active.in_progress()) else {
            let failure = Failure::NotTrained;
            return self.host.post(Event::RunFailed { run, failure });
        };
        let origin = active.run.origin();
        let mut network = match active.run.network().await {
            Ok(network) => network,
            Err(error) => {
                let failure = Failure::from(error);
                return self.host.post(Event::RunFailed { run, failure });
            }
        };
        let settings = Taken::settings(&network, &chosen);
        network.settings = settings.clone();
        let taken = Taken::GoesOn;
        let before = Before {
            network,
            origin,
            taken,
        };
        self.train(WantedRun {
            id: run,
            settings,
            mode: RunMode::Going,
            cut_off: None,
            before: Some(Rc::new(before)),
        });
    }
}
