//! What a folder's name says.

use super::FolderRole;
use crate::split::Part;

/// How the name of a folder reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Part(Part),
    /// Any other name: a class, if none stands above it.
    Class,
    Ignored,
    /// Could be a part or a class.
    Unsure,
}

const TRAIN: [&str; 6] = ["train", "training", "trn", "trainset", "traindata", "learn"];
const VALIDATION: [&str; 11] = [
    "val",
    "valid",
    "validate",
    "validation",
    "vali",
    "dev",
    "development",
    "tune",
    "tuning",
    "valset",
    "validationset",
];
const TEST: [&str; 7] = [
    "test", "testing", "tests", "tst", "testset", "testdata", "holdout",
];
/// Words that hint at a part without naming one for certain.
const HINTS: [&str; 6] = ["tr", "ts", "va", "te", "eval", "evaluation"];
/// Words that say nothing beside the name of a part.
const FILLERS: [&str; 12] = [
    "set", "data", "dataset", "images", "image", "films", "film", "split", "the", "folder", "png",
    "jpg",
];

impl Reading {
    /// `answers` are the user's, by name.
    pub(super) fn of(name: &str, answers: &[(String, FolderRole)]) -> Self {
        let key = fold(name);
        match answers.iter().find(|(folder, _)| fold(folder) == key) {
            Some((_, FolderRole::Train)) => Self::Part(Part::Train),
            Some((_, FolderRole::Validation)) => Self::Part(Part::Validation),
            Some((_, FolderRole::Test)) => Self::Part(Part::Test),
            Some((_, FolderRole::Class)) => Self::Class,
            Some((_, FolderRole::Ignore)) => Self::Ignored,
            None => Self::guess(&key),
        }
    }

    /// "train", "Test images", "val-2": a part. "chest train", "eval": unsure.
    fn guess(key: &str) -> Self {
        let words: Vec<&str> = key
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty() && !FILLERS.contains(word))
            .collect();
        let hint = |word: &&str| part(word).is_some() || HINTS.contains(word);
        match words.as_slice() {
            [word] if part(word).is_some() => part(word).map_or(Self::Unsure, Self::Part),
            words if words.iter().any(hint) => Self::Unsure,
            _ => Self::Class,
        }
    }
}

/// The part that a single word names.
pub(super) fn part(word: &str) -> Option<Part> {
    let word = fold(word);
    let names = |list: &[&str]| list.contains(&word.as_str());
    match () {
        () if names(&TRAIN) => Some(Part::Train),
        () if names(&VALIDATION) => Some(Part::Validation),
        () if names(&TEST) => Some(Part::Test),
        () => None,
    }
}

/// Names are compared without regard to case and outer spaces.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}
