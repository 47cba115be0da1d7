//! From the paths of a pack to what each file is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FileError, FileProblem, FolderRole, LoadError, MAX_CLASSES, MAX_FILMS,
    list::{List, ListedFilm, ListedOdd, NAME},
    paths::{Entry, common_depth},
    role::{Reading, fold},
};
use crate::split::Part;

/// Everything that is known before the first film is decoded.
pub(super) struct Plan {
    pub title: String,
    pub classes: Vec<String>,
    /// By path.
    pub files: Vec<PlannedFile>,
    pub problems: Vec<FileProblem>,
}

/// A file to decode.
pub(super) struct PlannedFile {
    /// Number within the source.
    pub index: usize,
    /// Within the pack.
    pub path: String,
    pub purpose: Purpose,
}

pub(super) enum Purpose {
    Film {
        class: usize,
        patient: Option<String>,
        part: Option<Part>,
    },
    Odd {
        key: String,
    },
}

impl Plan {
    /// `list` with the folders that it lies in.
    pub(super) fn new(
        entries: Vec<Entry>,
        list: Option<(&List, &[String])>,
        roles: &[(String, FolderRole)],
    ) -> Result<Self, LoadError> {
        let Some((list, base)) = list else {
            let depth = common_depth(&entries, 0, roles);
            let title = entries
                .iter()
                .find_map(|entry| entry.folders(0).get(..depth)?.last().cloned());
            let mut planner = Planner::new(&[], &[], roles);
            for entry in entries {
                planner.place(entry, depth, depth);
            }
            return planner.finish(title.unwrap_or_default());
        };

        let mut planner = Planner::new(&list.classes, &list.films, roles);
        let depth = base.len();
        let (within, outside): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.folders(0).starts_with(base));
        for entry in outside {
            planner.skip(entry.components.join("/"), FileError::NoClass);
        }
        planner.report_missing(list, &within, depth);
        let films = planner.take_odd(&list.odd, within, depth);
        // The class folders may lie together in one more folder.
        let class_depth = common_depth(&films, depth, roles);
        for film in films {
            planner.place(film, depth, class_depth);
        }
        planner.finish(list.title.clone())
    }
}

struct Planner<'a> {
    /// Folded names in the order of `pack.json`.
    first_classes: Vec<String>,
    listed: BTreeMap<&'a str, &'a ListedFilm>,
    roles: &'a [(String, FolderRole)],
    /// Folded name to name as first met.
    classes: BTreeMap<String, String>,
    films: Vec<PlacedFilm>,
    odd: Vec<PlannedFile>,
    problems: Vec<FileProblem>,
    unsure: BTreeSet<String>,
    /// Folders named like a part, by folded name: as spelled, and whether a class was found with one.
    part_folders: BTreeMap<String, (String, bool)>,
}

/// A film whose class is still a name.
struct PlacedFilm {
    index: usize,
    path: String,
    class: String,
    patient: Option<String>,
    part: Option<Part>,
}

impl<'a> Planner<'a> {
    fn new(classes: &[String], films: &'a [ListedFilm], roles: &'a [(String, FolderRole)]) -> Self {
        let named = classes.iter().map(|name| (fold(name), name.clone()));
        let mut first_classes: Vec<String> = Vec::with_capacity(classes.len());
        for class in classes.iter().map(|name| fold(name)) {
            if !first_classes.contains(&class) {
                first_classes.push(class);
            }
        }
        Self {
            first_classes,
            listed: films.iter().map(|film| (&*film.path, film)).collect(),
            roles,
            classes: named.collect(),
            films: Vec::new(),
            odd: Vec::new(),
            problems: Vec::new(),
            unsure: BTreeSet::new(),
            part_folders: BTreeMap::new(),
        }
    }

    fn report_missing(&mut self, list: &List, entries: &[Entry], depth: usize) {
        let there: BTreeSet<String> = entries.iter().map(|entry| entry.below(depth)).collect();
        let films = list.films.iter().map(|film| &film.path);
        for path in films.chain(list.odd.iter().map(|odd| &odd.path)) {
            if !there.contains(path) {
                self.skip(path.clone(), FileError::Missing);
            }
        }
    }

    /// Takes out the odd films, in the order of the list, and `pack.json`; the rest is for the classes.
    fn take_odd(&mut self, odd: &[ListedOdd], entries: Vec<Entry>, depth: usize) -> Vec<Entry> {
        let mut rest = Vec::with_capacity(entries.len());
        for entry in entries {
            let path = entry.below(depth);
            if let Some(odd) = odd.iter().find(|odd| odd.path == path) {
                self.odd.push(PlannedFile {
                    index: entry.index,
                    path,
                    purpose: Purpose::Odd {
                        key: odd.key.clone(),
                    },
                });
            } else if path != NAME {
                rest.push(entry);
            }
        }
        let place = |file: &PlannedFile| odd.iter().position(|odd| odd.path == file.path);
        self.odd.sort_by_key(place);
        rest
    }

    fn place(&mut self, entry: Entry, depth: usize, class_depth: usize) {
        let path = entry.below(depth);
        let (mut class, mut part) = (None, None);
        let mut named_like_part = Vec::new();
        for folder in entry.folders(class_depth) {
            match Reading::of(folder, self.roles) {
                Reading::Part(found) => {
                    part = part.or(Some(found));
                    named_like_part.push(folder);
                }
                Reading::Class => class = class.or(Some(folder)),
                Reading::Ignored => return,
                Reading::Unsure => {
                    self.unsure.insert(folder.clone());
                    return;
                }
            }
        }
        for folder in named_like_part {
            let seen = self.part_folders.entry(fold(folder));
            seen.or_insert_with(|| (folder.clone(), false)).1 |= class.is_some();
        }
        let Some(class) = class else {
            self.skip(path, FileError::NoClass);
            return;
        };
        let class_key = fold(class);
        self.classes
            .entry(class_key.clone())
            .or_insert_with(|| class.clone());
        let listed = self.listed.get(&*path);
        self.films.push(PlacedFilm {
            index: entry.index,
            class: class_key,
            patient: listed.and_then(|film| film.patient.clone()),
            part: listed.and_then(|film| film.part).or(part),
            path,
        });
    }

    fn skip(&mut self, path: String, error: FileError) {
        self.problems.push(FileProblem { path, error });
    }

    /// The folders that the user has to be asked about, and the limits.
    fn check(&mut self) -> Result<(), LoadError> {
        // A folder "test" with films and no class in or above it may be a class of that name.
        let answered: BTreeSet<String> = self.roles.iter().map(|(name, _)| fold(name)).collect();
        for (key, (name, with_class)) in &self.part_folders {
            if !with_class && !answered.contains(key) {
                self.unsure.insert(name.clone());
            }
        }
        if !self.unsure.is_empty() {
            let folders = self.unsure.iter().cloned().collect();
            return Err(LoadError::UnsureFolders { folders });
        }
        let (n, limit) = (self.films.len(), MAX_FILMS);
        if n > limit {
            return Err(LoadError::TooManyFilms { n, limit });
        }
        let (n, limit) = (self.classes.len(), MAX_CLASSES);
        if n > limit {
            return Err(LoadError::TooManyClasses { n, limit });
        }
        Ok(())
    }

    fn finish(mut self, title: String) -> Result<Plan, LoadError> {
        self.check()?;
        let mut order = self.first_classes;
        let others = self.classes.keys().filter(|key| !order.contains(key));
        let others: Vec<String> = others.cloned().collect();
        order.extend(others);
        let mut files: Vec<PlannedFile> = self
            .films
            .into_iter()
            .filter_map(|film| {
                let class = order.iter().position(|key| *key == film.class)?;
                Some(PlannedFile {
                    index: film.index,
                    path: film.path,
                    purpose: Purpose::Film {
                        class,
                        patient: film.patient,
                        part: film.part,
                    },
                })
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.append(&mut self.odd);
        Ok(Plan {
            title,
            classes: order
                .iter()
                .filter_map(|key| self.classes.remove(key))
                .collect(),
            files,
            problems: self.problems,
        })
    }
}
