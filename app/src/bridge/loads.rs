//! Remembers which films the engine was given, so that a new engine can be given them again.

use model::{pack::FolderRole, task::Task};

use super::Outgoing;
use crate::protocol::{Command, Pack};

#[derive(Default)]
pub(super) struct Loads {
    /// The last attempt, until another one.
    attempt: Option<Outgoing>,
    /// The last attempt that gave films.
    good: Option<Outgoing>,
}

impl Loads {
    pub fn note(&mut self, outgoing: &Outgoing) {
        if matches!(
            outgoing.command,
            Command::LoadBuiltIn { .. } | Command::LoadFiles { .. }
        ) {
            self.attempt = Some(outgoing.clone());
        }
    }

    pub fn succeeded(&mut self) {
        self.good = self.attempt.clone();
    }

    /// The films that were there last; the built-in ones if none were.
    pub fn to_restore(&self) -> Outgoing {
        self.good.clone().unwrap_or(Outgoing {
            command: Command::LoadBuiltIn {
                pack: Pack::BuiltIn,
                task: Task::Region,
            },
            files: Vec::new(),
        })
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
