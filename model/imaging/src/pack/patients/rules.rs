//! Which films are of one patient, by the names of their files.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::{name::fold, paths::components};

/// Where the patient stands in a film's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PatientRule {
    /// The digits that follow this word, anywhere in the path: "patient" finds 0001 in `Patient_0001/2.png`.
    DigitsAfter { word: String },
    /// The n-th of the parts, counted from 0, between these signs of the file's name: with `_`, 0 is everything before
    /// the first one. A name without the sign has no patient.
    Part { separator: char, number: usize },
    /// Everything before the last of these signs.
    BeforeLast { separator: char },
    /// The name of the folder so many folders above the file: 1 is the one that it lies in.
    Folder { above: usize },
}

/// What the loader is told about patients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientAnswer {
    pub rule: PatientRule,
    /// For all films; else only for those whose patient neither `pack.json` nor a table nor the file itself tells.
    pub all: bool,
}

/// A rule, with the patients that it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientCandidate {
    pub rule: PatientRule,
    pub patients: usize,
    /// The most and the fewest films that one of them has.
    pub most: usize,
    pub fewest: usize,
    /// Films whose names the rule finds no patient in.
    pub without: usize,
    /// Up to three patients, those with most films first.
    pub groups: Vec<PatientGroup>,
}

/// The films of one patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientGroup {
    pub patient: String,
    pub films: usize,
    /// Up to three of their names.
    pub examples: Vec<String>,
}

/// Fewer patients cannot be divided into training, validation and test.
const FEWEST: usize = 3;
/// A rule that finds a patient in fewer of the names, as a share, is none.
const LEAST_FOUND: f64 = 0.5;
/// More rules are not offered.
const MOST_RULES: usize = 8;
const SEPARATORS: [char; 4] = ['_', '-', '.', ' '];
/// Parts of a name and folders above it that are tried.
const PARTS: usize = 4;
const FOLDERS: usize = 4;
/// Words that stand before the number of a patient, in English, Spanish, Portuguese, German and French.
const WORDS: [&str; 13] = [
    "patient", "paciente", "person", "persona", "subject", "sujeto", "sujet", "case", "caso",
    "pat", "sub", "pac", "p",
];

impl PatientRule {
    /// The patient of the film of this name, a path with `/` between folders; in small letters, so that
    /// `P01_1.png` and `p01_2.png` are of one.
    pub fn patient(&self, name: &str) -> Option<String> {
        let path = components(name);
        let (file, folders) = path.split_last()?;
        let stem = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
        let found = match self {
            Self::DigitsAfter { word } => {
                return path
                    .iter()
                    .find_map(|part| digits_after(&fold(part), &fold(word)));
            }
            Self::Part { separator, number } => {
                let divided = stem.contains(*separator);
                stem.split(*separator).nth(*number).filter(|_| divided)?
            }
            Self::BeforeLast { separator } => stem.rsplit_once(*separator)?.0,
            Self::Folder { above } => {
                let at = folders.len().checked_sub(*above)?;
                folders.get(at).copied()?
            }
        };
        let found = fold(found);
        (!found.is_empty()).then_some(found)
    }
}

/// "0001" of "patient_0001" and "patient 0001x". The word must not go on to the left: "p" is not in "step2".
fn digits_after(text: &str, word: &str) -> Option<String> {
    if word.is_empty() {
        return None;
    }
    text.match_indices(word).find_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphabetic) {
            return None;
        }
        let rest = text[at + word.len()..].trim_start_matches(['_', '-', ' ', '.', '#']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    })
}

/// The rules that could tell the patients of films with these names (paths, `/` between folders), the likeliest first.
///
/// A rule that makes a patient of every film, or fewer than three of all, is not offered, nor one that makes the same
/// patients as a likelier one.
pub fn patient_rules(names: &[&str]) -> Vec<PatientCandidate> {
    let words = WORDS
        .iter()
        .map(|&word| PatientRule::DigitsAfter { word: word.into() });
    let folders = (1..=FOLDERS).map(|above| PatientRule::Folder { above });
    let parts = SEPARATORS.iter().flat_map(|&separator| {
        let parts = (0..PARTS).map(move |number| PatientRule::Part { separator, number });
        parts.chain([PatientRule::BeforeLast { separator }])
    });
    let rules = words.chain(folders).chain(parts);
    let mut found: Vec<(usize, PatientCandidate, Vec<usize>)> = rules
        .enumerate()
        .filter_map(|(order, rule)| {
            let (candidate, groups) = candidate(rule, names)?;
            Some((order, candidate, groups))
        })
        .collect();
    found.sort_by_key(|(order, candidate, _)| {
        let by_word = matches!(candidate.rule, PatientRule::DigitsAfter { .. });
        let patients = candidate.patients;
        (
            candidate.without,
            !by_word,
            std::cmp::Reverse(patients),
            *order,
        )
    });
    let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
    let new = found
        .into_iter()
        .filter(|(_, _, groups)| seen.insert(groups.clone()));
    new.take(MOST_RULES)
        .map(|(_, candidate, _)| candidate)
        .collect()
}

/// The patients of a rule, and for each name the number of its patient by first appearance, 0 for none.
fn candidate(rule: PatientRule, names: &[&str]) -> Option<(PatientCandidate, Vec<usize>)> {
    let patients: Vec<Option<String>> = names.iter().map(|name| rule.patient(name)).collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_name = Vec::with_capacity(names.len());
    let mut films: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, patient) in names.iter().zip(&patients) {
        let Some(patient) = patient else {
            of_name.push(0);
            continue;
        };
        let next = numbers.len() + 1;
        of_name.push(*numbers.entry(patient).or_insert(next));
        films.entry(patient).or_default().push(name);
    }
    let found = patients.iter().flatten().count();
    let enough = found as f64 >= LEAST_FOUND * names.len() as f64;
    if films.len() < FEWEST || films.len() == found || !enough {
        return None;
    }
    // Folders without a number are classes and parts.
    let numbered = films
        .keys()
        .filter(|patient| patient.contains(|c: char| c.is_ascii_digit()));
    if matches!(rule, PatientRule::Folder { .. }) && 2 * numbered.count() < films.len() {
        return None;
    }
    let sizes = || films.values().map(Vec::len);
    let mut groups: Vec<_> = films.iter().collect();
    groups.sort_by_key(|(_, films)| std::cmp::Reverse(films.len()));
    let group = |(patient, films): (&&str, &Vec<&str>)| PatientGroup {
        patient: (**patient).to_owned(),
        films: films.len(),
        examples: films.iter().take(3).map(|&name| name.to_owned()).collect(),
    };
    let candidate = PatientCandidate {
        rule,
        patients: films.len(),
        most: sizes().max()?,
        fewest: sizes().min()?,
        without: names.len() - found,
        groups: groups.into_iter().take(3).map(group).collect(),
    };
    Some((candidate, of_name))
}
