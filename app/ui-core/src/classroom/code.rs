//! A finished run as a short text that can be read aloud, pasted, and put into a QR code: `FR-94GC-1H0M-…`.
//!
//! Bits, the highest first: version 3, arm 2, usual 1, split 2, task 1, films 2 (and 12 that tell a visitor's own packs
//! apart), stages 2, seed, validation, and for the test and for the arms experiment a bit whether they are there. A
//! number is written in sevens with a bit before each that says whether more follow; a score is `n`, then
//! `correct` in as many bits as `n` takes. Then `letters` with their checksum.

mod bits;
mod letters;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;

use imaging::{split::SplitBy, task::Task};
use serde::{Deserialize, Serialize};

pub use reading::{UnreadCode, Wrong, read_all};

use crate::lesson::Arm;
use bits::{CodeBits, Writer};

const VERSION: u64 = 1;

/// Before all codes, so that people and programs know them in a chat.
const PREFIX: &str = "FR";

/// What a code says of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code {
    pub arm: Arm,
    /// Whether all settings but arm, seed and split are as they come.
    pub usual: bool,
    pub split: Split,
    pub task: Task,
    pub films: FilmsOf,
    pub stages: Stages,
    pub seed: u64,
    pub validation: Counted,
    /// If the test set was opened.
    pub test: Option<Counted>,
    /// Not of this run: the small network that the arms experiment trained with its arm and seed, on unseen patients.
    pub arms_experiment: Option<Counted>,
}

/// Films answered rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counted {
    pub correct: u32,
    /// More than none.
    pub n: u32,
}

/// Where the films came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FilmsOf {
    BuiltIn,
    Paediatric,
    /// The learner's own, with 12 bits that tell packs apart, see [`fingerprint`].
    Own(u16),
}

/// How the films were divided: [`SplitBy`] in an order of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Split {
    Image,
    Patient,
    Folder,
}

/// What was trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stages {
    /// The last part alone.
    Frozen,
    /// Then the end of the backbone too.
    FineTuned,
    /// A small network from nothing.
    Scratch,
}

impl Code {
    /// Both in one, where one of two codes of the same run was made later and says more: a learner hands in one after the test, and
    /// another with the report. `None` of two runs.
    pub fn with(self, other: Self) -> Option<Self> {
        let of_run = |code: Self| Self {
            test: None,
            arms_experiment: None,
            ..code
        };
        let agree = |a: Option<Counted>, b: Option<Counted>| a.is_none() || b.is_none() || a == b;
        let same = of_run(self) == of_run(other)
            && agree(self.test, other.test)
            && agree(self.arms_experiment, other.arms_experiment);
        same.then(|| Self {
            test: self.test.or(other.test),
            arms_experiment: self.arms_experiment.or(other.arms_experiment),
            ..self
        })
    }
}

impl Counted {
    /// `None` of no films, and of more hits than films.
    pub fn new(correct: usize, n: usize) -> Option<Self> {
        let (correct, n) = (u32::try_from(correct).ok()?, u32::try_from(n).ok()?);
        (n > 0 && correct <= n).then_some(Self { correct, n })
    }

    pub fn share(self) -> f64 {
        f64::from(self.correct) / f64::from(self.n)
    }
}

impl From<SplitBy> for Split {
    fn from(by: SplitBy) -> Self {
        match by {
            SplitBy::Image => Self::Image,
            SplitBy::Patient => Self::Patient,
            SplitBy::Folder => Self::Folder,
        }
    }
}

/// Twelve bits of the words that a pack can be known by (FNV-1a, folded).
pub fn fingerprint<'a>(words: impl IntoIterator<Item = &'a str>) -> u16 {
    let mut hash = 0x811c_9dc5_u32;
    for word in words {
        // An end of each word, so that "ab c" is not "a bc".
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    ((hash ^ (hash >> 12) ^ (hash >> 24)) & 0xfff) as u16
}

impl Code {
    /// As it is shown.
    pub fn text(&self) -> String {
        self.to_string()
    }

    fn write(&self) -> Writer {
        let mut bits = Writer::default();
        bits.put(VERSION, 3);
        bits.put(u64::from(self.arm.augmentation), 1);
        bits.put(u64::from(self.arm.dropout), 1);
        bits.put(u64::from(self.usual), 1);
        bits.put(self.split as u64, 2);
        bits.put(u64::from(self.task == Task::Mirrored), 1);
        match self.films {
            FilmsOf::BuiltIn => bits.put(0, 2),
            FilmsOf::Paediatric => bits.put(1, 2),
            FilmsOf::Own(mark) => {
                bits.put(2, 2);
                bits.put(mark.into(), 12);
            }
        }
        bits.put(self.stages as u64, 2);
        bits.put_number(self.seed);
        bits.put_score(self.validation);
        for score in [self.test, self.arms_experiment] {
            bits.put(score.is_some().into(), 1);
            if let Some(score) = score {
                bits.put_score(score);
            }
        }
        bits
    }

    /// `None` where the bits end too early or say nothing that there is.
    fn read(bits: &mut CodeBits) -> Option<Self> {
        if bits.take(3)? != VERSION {
            return None;
        }
        let (augmentation, dropout) = (bits.take(1)? == 1, bits.take(1)? == 1);
        let mut code = Self {
            arm: Arm {
                augmentation,
                dropout,
            },
            usual: bits.take(1)? == 1,
            split: match bits.take(2)? {
                0 => Split::Image,
                1 => Split::Patient,
                2 => Split::Folder,
                _ => return None,
            },
            task: match bits.take(1)? {
                0 => Task::Region,
                _ => Task::Mirrored,
            },
            films: match bits.take(2)? {
                0 => FilmsOf::BuiltIn,
                1 => FilmsOf::Paediatric,
                2 => FilmsOf::Own(bits.take(12)? as u16),
                _ => return None,
            },
            stages: match bits.take(2)? {
                0 => Stages::Frozen,
                1 => Stages::FineTuned,
                2 => Stages::Scratch,
                _ => return None,
            },
            seed: bits.take_number()?,
            validation: bits.take_score()?,
            test: None,
            arms_experiment: None,
        };
        for score in [&mut code.test, &mut code.arms_experiment] {
            if bits.take(1)? == 1 {
                *score = Some(bits.take_score()?);
            }
        }
        Some(code)
    }
}

/// In groups of four with dashes between.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        for group in letters::sealed(self.write().fives()).chunks(letters::GROUP) {
            f.write_str("-")?;
            for &letter in group {
                write!(f, "{}", letters::shown(letter))?;
            }
        }
        Ok(())
    }
}
