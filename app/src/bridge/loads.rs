//! Remembers which films the engine was given, so that a new engine can be given them again.

use model::{pack::FolderRole, task::Task};
use web_sys::File;

use super::Outgoing;
use crate::protocol::{Command, Pack};

#[derive(Default)]
pub(super) struct Loads {
    /// The last attempt of the visitor, until another one.
    attempt: Option<Outgoing>,
    /// What an engine was given last: that attempt, or what is restored.
    under_way: Option<Outgoing>,
    /// The last of these that gave films.
    good: Option<Outgoing>,
}

impl Loads {
    pub fn note(&mut self, outgoing: &Outgoing) {
        if matches!(
            outgoing.command,
            Command::LoadBuiltIn { .. } | Command::LoadFiles { .. }
        ) {
            self.attempt = Some(outgoing.clone());
            self.under_way = self.attempt.clone();
        }
    }

    pub fn succeeded(&mut self) {
        self.good = self.under_way.clone();
    }

    /// The films that were there last, for a new engine; the built-in ones if none were.
    pub fn restore(&mut self) -> Outgoing {
        let again = self.good.clone().unwrap_or(Outgoing {
            command: Command::LoadBuiltIn {
                pack: Pack::BuiltIn,
                task: Task::Region,
            },
            files: Vec::new(),
        });
        self.under_way = Some(again.clone());
        again
    }

    /// The files of the last attempt with their paths; none if it was not of files.
    pub fn files(&self) -> Vec<(String, File)> {
        match &self.attempt {
            Some(Outgoing {
                command: Command::LoadFiles { paths, .. },
                files,
            }) => paths.iter().cloned().zip(files.iter().cloned()).collect(),
            _ => Vec::new(),
        }
    }

    /// The last attempt with other folder roles; `None` if that was not of files.
    pub fn with_roles(&self, new: Vec<(String, FolderRole)>) -> Option<Outgoing> {
        let attempt = self.attempt.as_ref()?;
        match &attempt.command {
            Command::LoadFiles {
                paths, task, class, ..
            } => Some(Outgoing {
                command: Command::LoadFiles {
                    paths: paths.clone(),
                    roles: new,
                    task: *task,
                    class: *class,
                },
                files: attempt.files.clone(),
            }),
            _ => None,
        }
    }

    /// The films that were there last, with something else asked about them; `None` if there were none.
    pub fn with_task(&self, new: Task, of: Option<usize>) -> Option<Outgoing> {
        let mut again = self.good.clone()?;
        match &mut again.command {
            Command::LoadBuiltIn { task, .. } => *task = new,
            Command::LoadFiles { task, class, .. } => (*task, *class) = (new, of),
            _ => {}
        }
        Some(again)
    }
}
