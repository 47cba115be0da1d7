//! Public sets in which the name of a file, or of its folder, tells the class.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    name::fold,
    paths::Entry,
    table::{FolderAgreement, FolderClasses, Label, Labels, Unlabelled, agreement},
};

/// Fewer names of this form, as a share of all, are chance.
const MOST: f64 = 0.8;

/// How names tell classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameLayout {
    /// `CHNCXR_0001_0.png`, `MCUCXR_0104_1.png`: the last digit is 1 for tuberculosis (Jaeger 2014,
    /// doi.org/10.3978/j.issn.2223-4292.2014.11.20).
    Tuberculosis,
    /// `JPCLN001.png` has a lung nodule, `JPCNN001.png` none (Shiraishi 2000, doi.org/10.2214/ajr.174.1.1740071).
    Jsrt,
    /// A folder `study1_positive` or `study1_negative` (Rajpurkar 2017, arXiv:1712.06957).
    Mura,
}

impl NameLayout {
    const ALL: [Self; 3] = [Self::Tuberculosis, Self::Jsrt, Self::Mura];

    /// As its authors call the set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tuberculosis => "Montgomery and Shenzhen",
            Self::Jsrt => "JSRT",
            Self::Mura => "MURA",
        }
    }

    /// What the two classes are called unless the user says otherwise.
    fn classes(self) -> [String; 2] {
        let names = match self {
            Self::Tuberculosis => ["normal", "tuberculosis"],
            Self::Jsrt => ["no nodule", "nodule"],
            Self::Mura => ["negative", "positive"],
        };
        names.map(str::to_owned)
    }

    /// Whether a film has the finding; `None` if its name is not of this form.
    fn is_positive(self, entry: &Entry) -> Option<bool> {
        let name = fold(entry.name());
        let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
        match self {
            Self::Tuberculosis => {
                let rest = stem.strip_prefix("chncxr_");
                let rest = rest.or_else(|| stem.strip_prefix("mcucxr_"))?;
                match rest.split_once('_')? {
                    (_, "0") => Some(false),
                    (_, "1") => Some(true),
                    _ => None,
                }
            }
            Self::Jsrt if stem.starts_with("jpcln") => Some(true),
            Self::Jsrt if stem.starts_with("jpcnn") => Some(false),
            Self::Jsrt => None,
            Self::Mura => entry.folders(0).iter().find_map(|folder| {
                let folder = fold(folder);
                match folder.strip_prefix("study")?.split_once('_')? {
                    (_, "positive") => Some(true),
                    (_, "negative") => Some(false),
                    _ => None,
                }
            }),
        }
    }
}

/// Names that could tell classes, with what is to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameQuestion {
    pub guess: NameRule,
    /// Films of the pack: files that are not named like a document.
    pub images: usize,
    /// Films of each class, in the order of [`NameRule::classes`], and one of their names.
    pub counts: [usize; 2],
    pub examples: [String; 2],
    /// Where folders give classes too: how they go with the guess.
    pub folders: Option<FolderAgreement>,
}

/// The classes that names tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameRule {
    pub layout: NameLayout,
    /// What films without and with the finding are called.
    pub classes: [String; 2],
}

/// The answer to a [`NameQuestion`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameAnswer {
    Use(NameRule),
    Ignore,
}

/// The question about the names of these films, if most are of a form that is known, and folders say something else.
pub(super) fn question(entries: &[Entry], folders: Option<&FolderClasses>) -> Option<NameQuestion> {
    let films: Vec<&Entry> = entries
        .iter()
        .filter(|entry| !entry.is_document())
        .collect();
    NameLayout::ALL.into_iter().find_map(|layout| {
        let told: Vec<_> = films
            .iter()
            .filter_map(|entry| Some((*entry, layout.is_positive(entry)?)))
            .collect();
        if (told.len() as f64) < MOST * films.len() as f64 {
            return None;
        }
        let example = |positive: bool| {
            let mut own = told.iter().filter(|(_, own)| *own == positive);
            let first = own.next()?;
            Some((first.0.below(0), 1 + own.count()))
        };
        let ((negative, without), (positive, with)) = (example(false)?, example(true)?);
        let classes = layout.classes();
        let folders = folders.map(|folders| {
            let pairs = told.iter().filter_map(|(entry, positive)| {
                let (path, folder) = folders.get(&entry.index)?;
                let class = classes[usize::from(*positive)].clone();
                Some((path.as_str(), folder.as_str(), class))
            });
            agreement(pairs)
        });
        if folders.as_ref().is_some_and(|found| found.differ == 0) {
            return None;
        }
        Some(NameQuestion {
            guess: NameRule { layout, classes },
            images: films.len(),
            counts: [without, with],
            examples: [negative, positive],
            folders,
        })
    })
}

/// What names say by the user's answer.
pub(super) fn apply(rule: &NameRule, entries: &[Entry], labels: &mut Labels) {
    let label = |entry: &Entry| {
        let class = rule.layout.is_positive(entry);
        let class = class.map(|positive| rule.classes[usize::from(positive)].clone());
        Label {
            class: Some(class.ok_or(Unlabelled::NoClass)),
            ..Label::default()
        }
    };
    let films = entries.iter().filter(|entry| !entry.is_document());
    let said: HashMap<usize, Label> = films.map(|entry| (entry.index, label(entry))).collect();
    for (index, label) in said {
        labels.films.entry(index).or_default().class = label.class;
    }
    labels.tell_classes = true;
}
