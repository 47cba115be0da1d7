//! Remembers which films the engine was given, so that a new engine can be given them again.

use imaging::{pack::Answers, task::Task};
use web_sys::File;

use super::Outgoing;
use protocol::{Command, Pack};

#[derive(Default)]
pub(super) struct Loads {
    /// The last attempt of the visitor, until another one.
    attempt: Option<Outgoing>,
    /// What an engine was given last and has not answered yet: that attempt, or what is restored.
    under_way: Option<Outgoing>,
    /// The last of these that gave films.
    good: Option<Outgoing>,
}

/// A load is tried again without files that a decoder failed on, as long as they are few.
const MOST_FAILED: usize = 8;

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
        if let Some(load) = self.under_way.take() {
            self.good = Some(load);
        }
    }

    pub fn failed(&mut self) {
        self.under_way = None;
    }

    /// The load that is under way, without the file `path` on which a decoder has ended the engine.
    pub fn without(&self, path: &str) -> Option<Outgoing> {
        let load = self.under_way.as_ref()?;
        let Command::LoadFiles { answers, .. } = &load.command else {
            return None;
        };
        let first_time = !answers.failed.iter().any(|failed| failed == path);
        (first_time && answers.failed.len() < MOST_FAILED).then(|| {
            let failed = Answers {
                failed: vec![path.to_owned()],
                ..Answers::default()
            };
            load.with_answers(failed)
        })
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

    /// The last attempt with more answers; `None` if that was not of files.
    pub fn with_answers(&self, new: Answers) -> Option<Outgoing> {
        let attempt = self.attempt.as_ref()?;
        let files = matches!(attempt.command, Command::LoadFiles { .. });
        files.then(|| attempt.with_answers(new))
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

impl Outgoing {
    /// The same load, with what the user or a failure has added to the answers so far.
    fn with_answers(&self, new: Answers) -> Self {
        let mut again = self.clone();
        if let Command::LoadFiles { answers, .. } = &mut again.command {
            *answers = std::mem::take(answers).and(new);
        }
        again
    }
}
