//! Where in a tree of folders the classes lie, judged by all folders together.
//!
//! People divide films above the classes (`train/chest`) or below them (`chest/train`), have a second copy within
//! the first (`set/train/chest` and `set/set/train/chest`), and lay other pictures beside the films
//! (`set/chest`, `set/knee` and `results`). No single path tells these apart.

use std::collections::{BTreeMap, BTreeSet};

use super::{FolderRole, name::fold, paths::Entry, role::Reading};
use crate::{order::gathered, split::Subset};

/// What the folders of a path say.
#[derive(Default)]
pub(super) struct Path<'a> {
    pub part: Option<Subset>,
    /// The folder that names the part.
    pub part_folder: Option<&'a str>,
    /// The first folder that reads like a class above the part, or at all where there is no part.
    pub above: Option<&'a str>,
    /// The next one within that.
    within: Option<&'a str>,
    /// The first that reads like a class below the part.
    below: Option<&'a str>,
    /// The first folder that says nothing.
    pub neutral: Option<&'a str>,
    /// It lies around `above`.
    neutral_first: bool,
    pub tried: bool,
    pub ignored: bool,
    pub unsure: Option<(&'a str, FolderRole)>,
}

impl<'a> Path<'a> {
    pub(super) fn of(folders: &'a [String], roles: &[(String, FolderRole)]) -> Self {
        let mut path = Self::default();
        for folder in folders.iter().map(String::as_str) {
            match Reading::of(folder, roles) {
                Reading::Subset(part) if path.part.is_none() => {
                    (path.part, path.part_folder) = (Some(part), Some(folder));
                }
                Reading::Subset(_) => {}
                Reading::Class if path.part.is_some() => path.below = path.below.or(Some(folder)),
                Reading::Class if path.above.is_none() => {
                    (path.above, path.neutral_first) = (Some(folder), path.neutral.is_some());
                }
                Reading::Class => path.within = path.within.or(Some(folder)),
                Reading::Neutral => path.neutral = path.neutral.or(Some(folder)),
                Reading::Try => path.tried = true,
                Reading::Ignored => path.ignored = true,
                Reading::Unsure(role) => path.unsure = path.unsure.or(Some((folder, role))),
            }
        }
        path
    }

    fn counts(&self) -> bool {
        !self.tried && !self.ignored && self.unsure.is_none()
    }
}

/// Where the classes lie.
#[derive(Default)]
pub(super) struct Structure {
    /// Below the parts, if there are any.
    below_parts: bool,
    /// Folded names of the classes that lie in parts; empty if no film does.
    classes: BTreeSet<String>,
    /// Folded names of folders that hold the class folders.
    around: BTreeSet<String>,
    /// Folders that count (`scan 0001`, `scan 0002`) under a name that reads like a class.
    numbered: BTreeSet<String>,
    /// Folders whose meaning only the user knows, with the likeliest answer.
    pub unsure: BTreeMap<String, FolderRole>,
}

impl Structure {
    /// `depth`: how many folders wrap the whole.
    pub(super) fn of(entries: &[Entry], depth: usize, roles: &[(String, FolderRole)]) -> Self {
        let pictures = entries.iter().filter(|entry| !entry.is_document());
        let paths: Vec<Path> = pictures
            .map(|entry| Path::of(entry.folders(depth), roles))
            .filter(Path::counts)
            .collect();
        let answered = |name: &str| roles.iter().any(|(folder, _)| fold(folder) == fold(name));
        let mut structure = Self::default();
        if paths.iter().any(|path| path.part.is_some()) {
            structure.look_at_parts(&paths, answered);
        } else {
            structure.look_at_tops(&paths, answered);
            structure.look_at_depths(&paths, answered);
        }
        structure.look_at_numbers(&paths, answered);
        structure
    }

    /// The class of a film at this path, as its folder is spelled.
    pub(super) fn class<'a>(&self, path: &Path<'a>) -> Option<&'a str> {
        let found = match path.part {
            Some(_) if self.below_parts => path.below,
            Some(_) => path.above.or(path.below),
            None => {
                let around = path
                    .above
                    .is_some_and(|above| self.around.contains(&fold(above)));
                if around { path.within } else { path.above }
            }
        };
        found.filter(|class| !self.numbered.contains(&fold(class)))
    }

    fn look_at_parts(&mut self, paths: &[Path], answered: impl Fn(&str) -> bool) {
        // For each folder above the parts, what lies below them.
        let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for path in paths.iter().filter(|path| path.part.is_some()) {
            let key = path.above.map(fold).unwrap_or_default();
            names.extend(path.above.map(|above| (key.clone(), above)));
            let set = sets.entry(key).or_default();
            set.extend(path.below.map(fold));
        }
        let pairs = || {
            let sets: Vec<_> = sets.values().collect();
            let pair = |at: usize| (0..at).map(move |before| (before, at));
            let pairs = (0..sets.len()).flat_map(pair);
            pairs
                .map(move |(a, b)| (sets[a], sets[b]))
                .collect::<Vec<_>>()
        };
        let alike =
            |(a, b): (&BTreeSet<String>, &BTreeSet<String>)| a.is_subset(b) || b.is_subset(a);
        let some_alike = pairs().into_iter().any(|(a, b)| !a.is_disjoint(b));
        self.below_parts = match names.len() {
            0 | 1 => sets.values().any(|set| !set.is_empty()),
            // An answer to the question below can only have been "a class".
            _ if names.values().any(|name| answered(name)) => false,
            _ => some_alike && !sets.values().any(BTreeSet::is_empty),
        };
        if self.below_parts && names.len() > 1 && !pairs().into_iter().all(alike) {
            // Two sets of films that share some classes: which is meant?
            let folders = names.values().map(|name| (*name).to_owned());
            self.unsure
                .extend(folders.map(|name| (name, FolderRole::Around)));
        }
        let below = gathered(sets.values().flatten().cloned());
        self.classes = match self.below_parts {
            true => below,
            false => gathered(sets.into_keys().filter(|key| !key.is_empty())),
        };
        // What lies beside the parts is a class only if it is one within them.
        for path in paths.iter().filter(|path| path.part.is_none()) {
            let Some(top) = path.above else {
                continue;
            };
            let known = |name: &str| self.classes.contains(&fold(name));
            if self.classes.is_empty() || known(top) || answered(top) {
                continue;
            }
            let likeliest = match path.within.is_some_and(known) {
                true => FolderRole::Around,
                false => FolderRole::Ignore,
            };
            self.unsure.insert(top.to_owned(), likeliest);
        }
    }

    /// Without parts: one folder of films beside another that holds class folders.
    fn look_at_tops(&mut self, paths: &[Path], answered: impl Fn(&str) -> bool) {
        let mut tops: BTreeMap<String, (&str, BTreeSet<String>, bool)> = BTreeMap::new();
        for path in paths {
            let Some(top) = path.above else {
                continue;
            };
            let (_, within, has_films) =
                tops.entry(fold(top))
                    .or_insert((top, BTreeSet::new(), false));
            match path.within {
                Some(class) => {
                    within.insert(fold(class));
                }
                None => *has_films = true,
            }
        }
        let flat = tops
            .iter()
            .filter(|(_, (_, within, _))| within.is_empty())
            .map(|(key, _)| key.clone());
        let flat: BTreeSet<String> = gathered(flat);
        let deep = |within: &BTreeSet<String>, has_films: bool| within.len() > 1 && !has_films;
        // A second copy within the first.
        let copies = |within: &BTreeSet<String>| !within.is_empty() && within.is_subset(&flat);
        for (key, (_, within, has_films)) in &tops {
            if copies(within) && !has_films {
                self.around.insert(key.clone());
            }
        }
        let any_deep = tops.iter().any(|(key, (_, within, has_films))| {
            deep(within, *has_films) && !self.around.contains(key)
        });
        if any_deep && !flat.is_empty() {
            for (key, (name, within, has_films)) in &tops {
                if self.around.contains(key) || answered(name) {
                    continue;
                }
                let likeliest = match deep(within, *has_films) {
                    true => FolderRole::Around,
                    false => FolderRole::Ignore,
                };
                self.unsure.insert((*name).to_owned(), likeliest);
            }
        }
    }

    /// Without parts: class folders in `data`, say, beside folders that lie there themselves.
    fn look_at_depths(&mut self, paths: &[Path], answered: impl Fn(&str) -> bool) {
        let classes = |inner: bool| -> BTreeMap<String, &str> {
            let there = paths.iter().filter(|path| path.neutral_first == inner);
            let names = there.filter_map(|path| self.class(path));
            gathered(names.map(|name| (fold(name), name)))
        };
        let (inner, mut outer) = (classes(true), classes(false));
        outer.retain(|key, _| !inner.contains_key(key));
        if inner.is_empty() || outer.is_empty() {
            return;
        }
        let fewer = if outer.len() > 1 { inner } else { outer };
        let open = fewer.into_values().filter(|name| !answered(name));
        let open: Vec<String> = open.map(str::to_owned).collect();
        for name in open {
            self.unsure.entry(name).or_insert(FolderRole::Ignore);
        }
    }

    /// Names that are alike but for a number of three digits or more, and more than ten mere numbers.
    fn look_at_numbers(&mut self, paths: &[Path], answered: impl Fn(&str) -> bool) {
        let classes = paths.iter().filter_map(|path| self.class(path));
        let classes: BTreeMap<String, &str> = gathered(classes.map(|class| (fold(class), class)));
        let frame = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
        let mut frames = classes.keys().map(|name| frame(name));
        let Some(first) = frames.next() else {
            return;
        };
        let digits = |name: &String| name.chars().filter(char::is_ascii_digit).count();
        let most = classes.keys().map(digits).max().unwrap_or(0);
        let counting = most >= 3 || first.is_empty() && classes.len() > 10;
        if classes.len() > 1 && frames.all(|other| other == first) && counting {
            let open = classes.iter().filter(|(_, name)| !answered(name));
            self.numbered = gathered(open.map(|(key, _)| key.clone()));
        }
    }
}
