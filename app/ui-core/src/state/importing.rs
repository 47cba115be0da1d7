//! A network that comes back from a file: how far it has come, and what becomes of the run that is there.

use std::sync::Arc;

use super::{AppState, Exporting, NetworkFile, Run, RunPhase, TestSet};
use protocol::{ImportError, Imported, NotImported, Origin, RunId, Sealed};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Importing {
    #[default]
    NotYet,
    /// The file of this name is being read, for a run of this id.
    Asked { name: String, run: RunId },
    /// It tells these classes apart, and comes as soon as films of them are there.
    NeedsFilms { name: String, classes: Vec<String> },
    Failed {
        name: String,
        error: Sealed<ImportError>,
    },
    /// A run is under way.
    Busy,
    /// More than one was dropped.
    Several,
    /// The engine stopped over it.
    Lost { detail: String },
}

impl Importing {
    /// What was refused is no news once something else begins.
    pub(super) fn close(&mut self) {
        if !matches!(self, Self::Asked { .. } | Self::NeedsFilms { .. }) {
            *self = Self::NotYet;
        }
    }

    pub(super) fn fail_pending(&mut self, detail: &str) {
        if let Self::Asked { .. } = self {
            let detail = detail.to_owned();
            *self = Self::Lost { detail };
        }
    }
}

/// Endings of files that may hold a network of this program.
const ENDINGS: [&str; 2] = [".onnx", ".safetensors"];

/// Whether a file of this path is meant as a network, and never as an image.
pub fn is_network(path: &str) -> bool {
    let name = path.to_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

impl AppState {
    /// Notes a file; the run to send it under, unless one is under way that it would take the place of.
    pub fn import(&mut self, name: String) -> Option<RunId> {
        if self.run.as_ref().is_some_and(Run::is_active) {
            self.importing = Importing::Busy;
            return None;
        }
        let run = self.next_run_id();
        self.importing = Importing::Asked { name, run };
        Some(run)
    }

    /// The run that was there goes to the earlier ones, and the file's network takes its place. Late words change nothing.
    pub(super) fn imported(&mut self, id: RunId, result: Result<Box<Imported>, NotImported>) {
        let name = match &self.importing {
            Importing::Asked { name, run } if *run == id => name.clone(),
            _ => return,
        };
        let imported = match result {
            Ok(imported) => *imported,
            Err(NotImported::OtherClasses { classes }) => {
                self.importing = Importing::NeedsFilms { name, classes };
                return;
            }
            Err(NotImported::Refused(error)) => {
                self.importing = Importing::Failed { name, error };
                return;
            }
        };
        let Imported {
            settings,
            card,
            learned,
            tested,
            origin,
            parts,
            steps_total,
        } = imported;
        self.importing = Importing::NotYet;
        self.wait_no_longer();
        self.keep_run();
        self.explanations.clear();
        self.exporting = Exporting::NotYet;
        self.door = TestSet::Locked;
        if origin == Origin::SameFilms && tested {
            // Its test set was opened before it was saved.
            self.times_opened = self.times_opened.max(1);
        }
        self.run = Some(Run {
            phase: RunPhase::Finished {
                stopped: false,
                seconds: 0.0,
            },
            parts,
            steps_total,
            origin,
            file: Some(Arc::new(NetworkFile {
                name,
                card,
                learned,
            })),
            ..Run::new(id, settings.clone())
        });
        self.settings = settings;
    }

    /// Whether the films are there now that a network waits for.
    pub fn has_films_for_network(&self) -> bool {
        let (Importing::NeedsFilms { classes, .. }, Some(films)) = (&self.importing, &self.films)
        else {
            return false;
        };
        // Those of films all differ.
        let own = &films.data.classes;
        own.len() == classes.len() && own.iter().all(|class| classes.contains(class))
    }

    /// Begins a run that trains the present network on, if that is out of a file; its id, and that of the run before it.
    pub fn go_on(&mut self) -> Option<(RunId, RunId)> {
        let before = self.trained().filter(|run| run.is_from_file())?;
        let (from, origin) = (before.id, before.origin);
        let run = self.begin_run();
        self.origin_is(run, origin);
        Some((run, from))
    }

    pub(super) fn origin_is(&mut self, id: RunId, origin: Origin) {
        if let Some(run) = self.run.as_mut().filter(|run| run.id == id) {
            run.origin = origin;
        }
    }
}
