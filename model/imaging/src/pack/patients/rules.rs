//! Which films are of one patient, by the names of their files.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use serde::{Deserialize, Serialize};

use super::super::{name::fold, paths::components};

/// Where the patient stands in a film's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PatientRule {
    /// The digits that follow this word, anywhere in the path, the last time that it stands there: "patient" finds 0001 in `Patient_0001/2.png`.
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
pub enum PatientAnswer {
    ByName {
        rule: PatientRule,
        /// For all films; else only for those whose patient neither `pack.json` nor a table nor the file itself tells.
        all: bool,
    },
    /// The patients of single films, by the names of these, where nothing else tells them.
    ByHand { patients: BTreeMap<String, String> },
    /// Each film whose patient nothing else tells is of a patient of its own.
    EachAnother,
    /// Takes an earlier answer back.
    Unknown,
}

impl PatientAnswer {
    pub(super) fn by_name(&self, name: &str) -> Option<String> {
        match self {
            Self::ByName { rule, .. } => rule.patient(name),
            Self::ByHand { patients } => patients.get(name).cloned(),
            Self::EachAnother | Self::Unknown => None,
        }
    }

    pub(super) fn names_first(&self) -> bool {
        matches!(self, Self::ByName { all: true, .. })
    }
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
                    .rev()
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
    let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
    let found: Vec<(PatientCandidate, Vec<usize>)> = rules
        .filter_map(|rule| candidate(rule, names))
        .filter(|(_, groups)| seen.insert(groups.clone()))
        .collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| {
        let (candidate, _) = &found[at];
        let by_word = matches!(candidate.rule, PatientRule::DigitsAfter { .. });
        let likely = Reverse(rank(&found, at));
        (candidate.without, !by_word, likely, candidate.patients)
    });
    let likeliest = order.into_iter().take(MOST_RULES);
    likeliest.map(|at| found[at].0.clone()).collect()
}

/// More patients are likelier: fewer of them are views or classes. But if whole patients of another rule are divided into a few
/// each, these may be examinations; kept together, nothing leaks.
fn rank(found: &[(PatientCandidate, Vec<usize>)], at: usize) -> usize {
    const MOST_EXAMINATIONS: usize = 4;
    let (own, groups) = &found[at];
    // A number within a name alone may be that of an examination, which many patients have.
    let inner = matches!(own.rule, PatientRule::Part { number: 1.., .. });
    let numbered = !inner && own.groups.iter().all(|group| has_digit(&group.patient));
    let finer = found.iter().filter(|(other, parts)| {
        let few = other.patients <= MOST_EXAMINATIONS * own.patients;
        numbered && few && divides(parts, groups)
    });
    let finest = finer.map(|(other, _)| other.patients).max();
    own.patients.max(finest.unwrap_or(0))
}

/// Whether every one of `parts` lies in one of `groups`.
fn divides(parts: &[usize], groups: &[usize]) -> bool {
    let mut around: HashMap<usize, usize> = HashMap::new();
    let mut pairs = parts.iter().zip(groups);
    pairs.all(|(part, group)| *around.entry(*part).or_insert(*group) == *group)
}

fn has_digit(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit())
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
    let numbered = films.keys().filter(|patient| has_digit(patient));
    if matches!(rule, PatientRule::Folder { .. }) && 2 * numbered.count() < films.len() {
        return None;
    }
    let sizes = || films.values().map(Vec::len);
    let mut groups: Vec<_> = films.iter().collect();
    groups.sort_by_key(|(_, films)| Reverse(films.len()));
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
