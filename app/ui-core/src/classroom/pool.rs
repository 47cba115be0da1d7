//! The codes of a room, gathered.

use std::collections::BTreeMap;

use imaging::task::Task;

use super::{
    code::{Code, Counted, FilmsOf, Split, Stages, UnreadCode, read_all},
    result::PooledGroup,
};

/// In the order in which they came; none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PooledResults {
    codes: Vec<Code>,
}

/// What came of one paste or scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub new: usize,
    /// Codes that were there already, as they are shown. The same arm, seed and films give the same run, so
    /// that it is counted once.
    pub again: Vec<String>,
    pub wrong: Vec<UnreadCode>,
}

/// Runs that can be compared: they differ in arm and seed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    pub task: Task,
    pub films: FilmsOf,
    pub split: Split,
    pub stages: Stages,
    /// Whether all settings are as they come.
    pub usual: bool,
}

/// What runs are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PoolMeasure {
    Validation,
    #[default]
    Test,
    Others,
}

impl Kind {
    pub fn of(code: &Code) -> Self {
        Self {
            task: code.task,
            films: code.films,
            split: code.split,
            stages: code.stages,
            usual: code.usual,
        }
    }
}

impl PoolMeasure {
    pub fn of(self, code: &Code) -> Option<Counted> {
        match self {
            Self::Validation => Some(code.validation),
            Self::Test => code.test,
            Self::Others => code.others,
        }
    }
}

impl PooledResults {
    /// Takes in all codes of a text.
    pub fn add(&mut self, text: &str) -> Added {
        let mut added = Added::default();
        for one in read_all(text) {
            match one {
                Ok(code) if self.codes.contains(&code) => added.again.push(code.text()),
                Ok(code) => {
                    self.codes.push(code);
                    added.new += 1;
                }
                Err(unread) => added.wrong.push(unread),
            }
        }
        added
    }

    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    pub fn remove(&mut self, code: &Code) {
        self.codes.retain(|own| own != code);
    }

    /// One code a line, to be read again.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.codes.iter().map(Code::text).collect();
        lines.join("\n")
    }

    /// Kinds of runs with how many there are of each, the most frequent first; the earlier of equals.
    pub fn kinds(&self) -> Vec<(Kind, usize)> {
        let mut kinds: Vec<(Kind, usize)> = Vec::new();
        for kind in self.codes.iter().map(Kind::of) {
            match kinds.iter_mut().find(|(own, _)| *own == kind) {
                Some((_, n)) => *n += 1,
                None => kinds.push((kind, 1)),
            }
        }
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        kinds
    }

    /// The runs of one kind that have this score, by arm.
    pub fn group(&self, kind: Kind, measure: PoolMeasure) -> PooledGroup {
        let own = self.codes.iter().filter(|code| Kind::of(code) == kind);
        let mut seen: BTreeMap<(usize, u64), (Code, Counted)> = BTreeMap::new();
        for code in own {
            if let Some(score) = measure.of(code) {
                // A run whose test was opened later comes with a second code; the later one counts.
                seen.insert((code.arm.place(), code.seed), (*code, score));
            }
        }
        PooledGroup::new(
            seen.into_values()
                .map(|(code, score)| (code.arm, code.seed, score)),
        )
    }
}

#[cfg(test)]
mod tests;
