//! A network that comes back from a file, in the place of the one that was trained last.

use checkpoint::{CheckpointError, Origin, TrainedNetwork};
use model_card::{Card, ReadError};
use protocol::{Event, ImportError, Imported, NotImported, RunId, Sealed};
use training::{
    features::FeatureKey,
    run::{RunError, Taken},
};

use crate::{
    host::{Asset, NetworkFiles, UserFile},
    run::{Active, going_on::Before, refused},
    session::{Fetched, Session},
};

/// Of a file, in bytes: several times the largest that this program writes.
const MOST_BYTES: u64 = 64 << 20;

/// A file that is to be read.
pub(crate) struct Import {
    run: RunId,
    file: Option<Box<dyn UserFile>>,
}

impl Session {
    pub(crate) fn import(&mut self, run: RunId, mut files: Vec<Box<dyn UserFile>>) {
        let file = files.pop();
        self.import = Some(Import { run, file });
        if let Fetched::Failed(_) = self.weights {
            self.weights = Fetched::Coming;
            self.host.download(Asset::Weights);
        }
    }

    /// Reads the file that is wanted, as soon as all is there that it takes.
    pub(crate) async fn import_wanted(&mut self) -> bool {
        let waits = self.loading.is_some()
            || matches!(self.weights, Fetched::Coming)
            || self.compute.is_none()
            || self.waits_for_return();
        let Some(import) = self.import.take_if(|_| !waits) else {
            return false;
        };
        let is_busy =
            self.wanted.is_some() || self.active.as_ref().is_some_and(Active::in_progress);
        let program = match self.network_files.get(&*self.host) {
            _ if is_busy => Err(ImportError::Busy),
            Ok(Some(program)) => Ok(program),
            Ok(None) => {
                self.import = Some(import);
                return false;
            }
            Err(detail) => Err(ImportError::Program { detail }),
        };
        self.leave_failed_device();
        let run = import.run;
        let read = program.and_then(|program| self.read(import, &*program));
        let result = match read {
            Ok((network, card)) => self.take_in(run, network, card),
            Err(error) => Err(refusal(error)),
        };
        self.host.post(Event::Imported { run, result });
        // Only of films whose features are all there, nothing comes back later.
        self.plan_background();
        true
    }

    fn read(
        &self,
        import: Import,
        program: &dyn NetworkFiles,
    ) -> Result<(TrainedNetwork, Card), ImportError> {
        let unread = |detail: String| ImportError::Unread { detail };
        let file = import.file.ok_or_else(|| unread("no file".into()))?;
        if file.size() > MOST_BYTES {
            return Err(ImportError::TooLarge {
                limit_mb: MOST_BYTES >> 20,
            });
        }
        let weights = match &self.weights {
            Fetched::Here(weights) => weights,
            Fetched::Failed(detail) => {
                let detail = detail.clone();
                return Err(ImportError::Program { detail });
            }
            Fetched::Coming => return Err(unread("no weights".into())),
        };
        let bytes = file.read().map_err(unread)?;
        program.read(&bytes, weights)
    }

    /// The network in the place of the one that is there, which stays where this one is refused.
    fn take_in(
        &mut self,
        run: RunId,
        network: TrainedNetwork,
        card: Card,
    ) -> Result<Box<Imported>, NotImported> {
        let (Some(data), Some(compute), Fetched::Here(weights)) =
            (&self.data, &self.compute, &self.weights)
        else {
            return Err(refusal(ImportError::NoData));
        };
        let classes = network.classes.clone();
        let said = network.settings.clone();
        let network = Taken::as_it_is(network);
        let origin = match card.images.are(data.summary.fingerprint()) {
            true => Origin::SameFilms,
            false => Origin::UnknownFilms,
        };
        let before = Before {
            network,
            origin,
            taken: Taken::Over,
        };
        let (device, read_every) = (compute.device(), compute.read_every());
        let begun = before.run(&data.summary, weights, &device, read_every);
        let begun = begun.map_err(|error| unusable(error, classes))?;
        self.background = None;
        self.explanations.forget();
        self.test_wanted = None;
        let key = FeatureKey::of(begun.settings());
        self.features.store.retarget(key);
        let active = Active::taken_in(run, begun, &self.features.store, self.host.clone());
        let imported = Imported {
            settings: said,
            learned: learned(&card),
            tested: !card.scores.is_empty(),
            card: Sealed::of(&card),
            origin,
            parts: active.parts(),
            steps_total: active.run.steps_total(),
        };
        self.active = Some(active);
        Ok(Box::new(imported))
    }
}

fn learned(card: &Card) -> usize {
    let sets = card.images.sets.iter().filter(|set| set.name == "train");
    sets.map(|set| set.images).sum()
}

fn refusal(error: ImportError) -> NotImported {
    NotImported::Refused(Sealed::of(&error))
}

/// Of a network of these classes.
fn unusable(error: RunError, classes: Vec<String>) -> NotImported {
    refusal(match error {
        RunError::Checkpoint(CheckpointError::OtherFilms) => {
            return NotImported::OtherClasses { classes };
        }
        RunError::Checkpoint(CheckpointError::Tensor(tensor)) => {
            ImportError::Refused(ReadError::Unfit { tensor })
        }
        RunError::Checkpoint(CheckpointError::Damaged(detail)) => {
            ImportError::Refused(ReadError::Damaged { detail })
        }
        error => ImportError::Unusable(Box::new(refused(error))),
    })
}
