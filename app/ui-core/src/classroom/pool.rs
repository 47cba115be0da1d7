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
    /// Runs that were there already, and of which a later code says more.
    pub more: usize,
    /// Codes that were there already, as they are shown. The same arm, seed and films give the same run, so
    /// that it is counted once.
    pub again: Vec<String>,
    pub wrong: Vec<UnreadCode>,
}

/// Networks that can be compared: they differ in arm and seed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The learners' own runs.
    Run {
        task: Task,
        films: FilmsOf,
        split: Split,
        stages: Stages,
        /// Whether all settings are as they come.
        usual: bool,
    },
    /// Those of the arms experiment, whatever the run beside them was. The run's split decides which films they could be
    /// trained and judged on.
    ArmsExperiment {
        task: Task,
        films: FilmsOf,
        split: Split,
    },
}

/// What runs are compared by; the arms experiment has one score, on unseen patients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PoolMeasure {
    Validation,
    #[default]
    Test,
}

impl Kind {
    pub fn of_run(code: &Code) -> Self {
        Self::Run {
            task: code.task,
            films: code.films,
            split: code.split,
            stages: code.stages,
            usual: code.usual,
        }
    }

    /// `None` where the learner did not try the arms.
    pub fn of_experiment(code: &Code) -> Option<Self> {
        code.arms_experiment.map(|_| Self::ArmsExperiment {
            task: code.task,
            films: code.films,
            split: code.split,
        })
    }

    pub fn is_run(self) -> bool {
        matches!(self, Self::Run { .. })
    }

    /// The score of a code that belongs here, if one does.
    fn score(self, code: &Code, measure: PoolMeasure) -> Option<Counted> {
        match self {
            Self::Run { .. } if self == Self::of_run(code) => measure.of(code),
            Self::ArmsExperiment { .. } if Some(self) == Self::of_experiment(code) => {
                code.arms_experiment
            }
            Self::Run { .. } | Self::ArmsExperiment { .. } => None,
        }
    }
}

impl PoolMeasure {
    fn of(self, code: &Code) -> Option<Counted> {
        match self {
            Self::Validation => Some(code.validation),
            Self::Test => code.test,
        }
    }
}

impl PooledResults {
    /// Takes in all codes of a text.
    pub fn add(&mut self, text: &str) -> Added {
        let mut added = Added::default();
        for one in read_all(text) {
            match one {
                Ok(code) => {
                    let known = self.codes.iter_mut().find_map(|own| {
                        let both = own.with(code)?;
                        Some((own, both))
                    });
                    match known {
                        Some((own, both)) if *own == both => added.again.push(code.text()),
                        Some((own, both)) => {
                            *own = both;
                            added.more += 1;
                        }
                        None => {
                            self.codes.push(code);
                            added.new += 1;
                        }
                    }
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

    /// Kinds with how many there are of each, runs before experiments, the most frequent first; the earlier of equals.
    pub fn kinds(&self) -> Vec<(Kind, usize)> {
        let mut kinds: Vec<(Kind, usize)> = Vec::new();
        let runs = self.codes.iter().map(Kind::of_run);
        let experiments = self.codes.iter().filter_map(Kind::of_experiment);
        for kind in runs.chain(experiments) {
            match kinds.iter_mut().find(|(own, _)| *own == kind) {
                Some((_, n)) => *n += 1,
                None => kinds.push((kind, 1)),
            }
        }
        kinds.sort_by_key(|(kind, n)| (!kind.is_run(), std::cmp::Reverse(*n)));
        kinds
    }

    /// The test set, unless most networks of this kind have only been validated: codes are often gathered before anybody tests.
    pub fn usual_measure(&self, kind: Kind) -> PoolMeasure {
        match self.untested(kind) * 2 > self.group(kind, PoolMeasure::Validation).len() {
            true => PoolMeasure::Validation,
            false => PoolMeasure::Test,
        }
    }

    /// Networks of one kind whose test set has not been opened.
    pub fn untested(&self, kind: Kind) -> usize {
        let [validated, tested] = [PoolMeasure::Validation, PoolMeasure::Test]
            .map(|measure| self.group(kind, measure).len());
        validated.saturating_sub(tested)
    }

    /// The networks of one kind that have this score, by arm.
    pub fn group(&self, kind: Kind, measure: PoolMeasure) -> PooledGroup {
        let mut seen: BTreeMap<(usize, u64), (Code, Counted)> = BTreeMap::new();
        for code in &self.codes {
            if let Some(score) = kind.score(code, measure) {
                // Of a run that was done once more the later one counts.
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
