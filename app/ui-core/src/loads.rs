//! Remembers which films the engine was given, so that a new engine can be given them again.

use imaging::{
    pack::{Answers, PatientAnswer},
    task::Task,
};
use protocol::{Command, Pack};

/// One command with the files that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing<F> {
    pub command: Command,
    pub files: Vec<F>,
}

/// What has been loaded, or was to be. `F` is a file that the browser has lent.
pub struct Loads<F> {
    /// The last attempt of the visitor, until another one.
    attempt: Option<Outgoing<F>>,
    /// What an engine was given last and has not answered yet: that attempt, or what is restored.
    under_way: Option<Outgoing<F>>,
    /// The last of these that gave films.
    good: Option<Outgoing<F>>,
}

impl<F> Default for Loads<F> {
    fn default() -> Self {
        Self {
            attempt: None,
            under_way: None,
            good: None,
        }
    }
}

/// A load is tried again without files that a decoder failed on, as long as they are few.
const MOST_FAILED: usize = 8;

impl<F: Clone> Loads<F> {
    pub fn note(&mut self, outgoing: &Outgoing<F>) {
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
    pub fn without(&self, path: &str) -> Option<Outgoing<F>> {
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
    pub fn restore(&mut self) -> Outgoing<F> {
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
    pub fn files(&self) -> Vec<(String, F)> {
        self.attempt
            .as_ref()
            .map(Outgoing::named)
            .unwrap_or_default()
    }

    /// The files of the films that were there last with their paths; none if those were not files.
    pub fn present_files(&self) -> Vec<(String, F)> {
        self.good.as_ref().map(Outgoing::named).unwrap_or_default()
    }

    /// The last attempt with more answers; `None` if that was not of files.
    pub fn with_answers(&self, new: Answers) -> Option<Outgoing<F>> {
        let attempt = self.attempt.as_ref()?;
        let files = matches!(attempt.command, Command::LoadFiles { .. });
        files.then(|| attempt.with_answers(new))
    }

    /// The films that were there last, with more answers; `None` if those were not files.
    pub fn present_with_answers(&self, new: Answers) -> Option<Outgoing<F>> {
        let present = self.good.as_ref()?;
        let files = matches!(present.command, Command::LoadFiles { .. });
        files.then(|| present.with_answers(new))
    }

    /// What was last said of the patients of the films that are there.
    pub fn said_of_patients(&self) -> Option<&PatientAnswer> {
        match &self.good.as_ref()?.command {
            Command::LoadFiles { answers, .. } => answers.patients.as_ref(),
            _ => None,
        }
    }

    /// The films that were there last, with something else asked about them; `None` if there were none.
    pub fn with_task(&self, new: Task, of: Option<usize>) -> Option<Outgoing<F>> {
        let mut again = self.good.clone()?;
        match &mut again.command {
            Command::LoadBuiltIn { task, .. } => *task = new,
            Command::LoadFiles { task, class, .. } => (*task, *class) = (new, of),
            _ => {}
        }
        Some(again)
    }
}

impl<F: Clone + PartialEq> Loads<F> {
    /// Whether the last attempt was of the files of the films that are there.
    pub fn attempt_is_present(&self) -> bool {
        self.files() == self.present_files()
    }
}

impl<F: Clone> Outgoing<F> {
    /// Its files with their paths; none if it is not of files.
    fn named(&self) -> Vec<(String, F)> {
        match &self.command {
            Command::LoadFiles { paths, .. } => paths
                .iter()
                .cloned()
                .zip(self.files.iter().cloned())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The same load, with what the user or a failure has added to the answers so far.
    fn with_answers(&self, new: Answers) -> Self {
        let mut again = self.clone();
        if let Command::LoadFiles { answers, .. } = &mut again.command {
            *answers = std::mem::take(answers).and(new);
        }
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files dropped under one path, the file being its own name.
    fn drop_of(path: &str) -> Outgoing<String> {
        Outgoing {
            command: Command::LoadFiles {
                paths: vec![path.to_owned()],
                answers: Answers::default(),
                task: Task::Region,
                class: None,
            },
            files: vec![path.to_owned()],
        }
    }

    fn built_in() -> Outgoing<String> {
        Outgoing {
            command: Command::LoadBuiltIn {
                pack: Pack::BuiltIn,
                task: Task::Region,
            },
            files: Vec::new(),
        }
    }

    #[test]
    fn before_anything_is_loaded_a_new_engine_is_given_the_built_in_films() {
        assert_eq!(Loads::default().restore(), built_in());
    }

    #[test]
    fn after_a_crash_the_films_come_back_that_were_there() {
        let mut loads = Loads::default();
        for path in ["first", "second"] {
            loads.note(&drop_of(path));
            loads.succeeded();
        }
        assert_eq!(loads.restore(), drop_of("second"));
        // The new engine crashes before it has them.
        assert_eq!(loads.restore(), drop_of("second"));
    }

    #[test]
    fn a_crash_while_others_load_brings_back_those_from_before_and_keeps_the_attempt() {
        let mut loads = Loads::default();
        loads.note(&drop_of("first"));
        loads.succeeded();
        loads.note(&drop_of("second"));
        assert_eq!(loads.restore(), drop_of("first"));
        assert_eq!(loads.files(), [("second".to_owned(), "second".to_owned())]);
        loads.succeeded();
        assert_eq!(
            loads.restore(),
            drop_of("first"),
            "what came is what was restored"
        );
    }

    #[test]
    fn of_two_loads_before_the_first_answer_the_second_is_the_one_that_is_answered() {
        let mut loads = Loads::default();
        loads.note(&drop_of("first"));
        loads.note(&drop_of("second"));
        loads.succeeded();
        assert_eq!(loads.restore(), drop_of("second"));
    }

    #[test]
    fn a_load_that_failed_leaves_the_films_that_were_there() {
        let mut loads = Loads::default();
        loads.note(&drop_of("first"));
        loads.succeeded();
        loads.note(&drop_of("second"));
        loads.failed();
        assert_eq!(loads.restore(), drop_of("first"));
    }

    #[test]
    fn what_was_said_of_patients_is_that_of_the_films_that_are_there() {
        let mut loads = Loads::default();
        loads.note(&drop_of("first"));
        loads.succeeded();
        let said = |patients| Answers {
            patients: Some(patients),
            ..Answers::default()
        };
        for answer in [PatientAnswer::EachAnother, PatientAnswer::Unknown] {
            let again = loads.present_with_answers(said(answer.clone()));
            loads.note(&again.expect("files"));
            assert_ne!(loads.said_of_patients(), Some(&answer), "not there yet");
            assert!(loads.attempt_is_present());
            loads.succeeded();
            assert_eq!(loads.said_of_patients(), Some(&answer));
        }
        loads.note(&drop_of("second"));
        assert!(!loads.attempt_is_present());
        loads.succeeded();
        assert_eq!(loads.said_of_patients(), None);
    }

    #[test]
    fn what_is_no_load_is_not_remembered() {
        let mut loads = Loads::<String>::default();
        loads.note(&Outgoing {
            command: Command::ShowFilm { sample: 0 },
            files: Vec::new(),
        });
        assert_eq!(loads.restore(), built_in());
    }

    #[test]
    fn a_file_that_ends_the_engine_is_left_out_once_and_few_of_them_in_all() {
        let mut loads = Loads::default();
        loads.note(&drop_of("films"));
        for number in 0..MOST_FAILED {
            let path = format!("{number}.jpg");
            let again = loads.without(&path).expect("is tried without it");
            loads.note(&again);
            assert_eq!(loads.without(&path), None, "left out twice");
        }
        assert_eq!(loads.without("one more.jpg"), None);
    }
}
