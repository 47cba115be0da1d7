//! From the paths of a pack to what each file is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FileError, FileProblem, FolderRole, LoadError, MAX_CLASSES, MAX_FILMS,
    list::{List, ListedFilm, NAME},
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

/// A file that is not hidden: its number within the source, and its folders and name.
pub(super) struct Entry {
    index: usize,
    components: Vec<String>,
}

/// The parts of a path. `..` and the like lead nowhere: a path only names a file, it is never opened.
pub(super) fn components(path: &str) -> Vec<&str> {
    path.split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect()
}

/// All files but those that an operating system leaves behind, by path.
pub(super) fn visible(paths: &[String]) -> Vec<Entry> {
    const LEFT_BEHIND: [&str; 3] = ["__MACOSX", "Thumbs.db", "desktop.ini"];
    let mut entries: Vec<Entry> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| Entry {
            index,
            components: components(path).into_iter().map(str::to_owned).collect(),
        })
        .filter(|entry| {
            let hidden = |part: &String| part.starts_with('.') || LEFT_BEHIND.contains(&&**part);
            !entry.components.is_empty() && !entry.components.iter().any(hidden)
        })
        .collect();
    entries.sort_by(|a, b| a.components.cmp(&b.components));
    entries
}

/// The uppermost `pack.json`: its number within the source and how many folders it lies below.
pub(super) fn find_list(entries: &[Entry]) -> Option<(usize, usize)> {
    entries
        .iter()
        .filter(|entry| entry.components.last().is_some_and(|name| name == NAME))
        .min_by_key(|entry| entry.components.len())
        .map(|entry| (entry.index, entry.components.len() - 1))
}

impl Plan {
    /// `list` with the depth of its folder.
    pub(super) fn new(
        entries: Vec<Entry>,
        list: Option<(&List, usize)>,
        roles: &[(String, FolderRole)],
    ) -> Result<Self, LoadError> {
        let depth = list.map_or_else(|| common_depth(&entries, 0, roles), |(_, depth)| depth);
        let root = entries
            .first()
            .and_then(|entry| entry.components.get(..depth));
        let root = root.and_then(<[String]>::last).cloned();
        let title = list.map(|(list, _)| list.title.clone());

        let mut planner = Planner::new(list.map(|(list, _)| list), roles);
        let (odd, films) = planner.take_odd(entries, depth);
        // Below a pack.json, the class folders may lie together in one more folder.
        let class_depth = match list {
            Some(_) => common_depth(&films, depth, roles),
            None => depth,
        };
        for film in films {
            planner.place(film, depth, class_depth);
        }
        planner.files.extend(odd);
        planner.finish(title.filter(|title| !title.is_empty()).or(root))
    }
}

/// How many folders all files share, beyond `from`, that are not themselves a class or a part.
fn common_depth(entries: &[Entry], from: usize, roles: &[(String, FolderRole)]) -> usize {
    let mut depth = from;
    loop {
        let mut within = entries
            .iter()
            .map(|entry| entry.components.as_slice())
            .filter(|components| components.len() > depth + 1);
        let Some(first) = within.next() else {
            return depth;
        };
        let name = &first[depth];
        let answered = roles.iter().any(|(folder, _)| fold(folder) == fold(name));
        let wraps = !answered && Reading::of(name, roles) == Reading::Class;
        let deeper = first.len() > depth + 2;
        let (mut shared, mut deeper) = (true, deeper);
        for components in within {
            shared &= components[depth] == *name;
            deeper |= components.len() > depth + 2;
        }
        if !(wraps && shared && deeper) {
            return depth;
        }
        depth += 1;
    }
}

struct Planner<'a> {
    list: Option<&'a List>,
    listed: BTreeMap<&'a str, &'a ListedFilm>,
    roles: &'a [(String, FolderRole)],
    /// Folded name to name as first met.
    classes: BTreeMap<String, String>,
    films: Vec<PlacedFilm>,
    files: Vec<PlannedFile>,
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
    fn new(list: Option<&'a List>, roles: &'a [(String, FolderRole)]) -> Self {
        let films = list.map_or(&[][..], |list| &list.films);
        let classes = list.map_or(&[][..], |list| &list.classes);
        Self {
            list,
            listed: films.iter().map(|film| (&*film.path, film)).collect(),
            roles,
            classes: classes
                .iter()
                .map(|name| (fold(name), name.clone()))
                .collect(),
            films: Vec::new(),
            files: Vec::new(),
            problems: Vec::new(),
            unsure: BTreeSet::new(),
            part_folders: BTreeMap::new(),
        }
    }

    /// Parts the odd films, in the order of the list, from the others; drops `pack.json`.
    fn take_odd(&mut self, entries: Vec<Entry>, depth: usize) -> (Vec<PlannedFile>, Vec<Entry>) {
        let Some(list) = self.list else {
            return (Vec::new(), entries);
        };
        let mut by_path: BTreeMap<String, Entry> = entries
            .into_iter()
            .map(|entry| (within(&entry, depth), entry))
            .collect();
        by_path.remove(NAME);
        let mut odd = Vec::new();
        for wanted in &list.odd {
            match by_path.remove(&wanted.path) {
                Some(entry) => odd.push(PlannedFile {
                    index: entry.index,
                    path: wanted.path.clone(),
                    purpose: Purpose::Odd {
                        key: wanted.key.clone(),
                    },
                }),
                None => self.skip(wanted.path.clone(), FileError::Missing),
            }
        }
        for film in &list.films {
            if !by_path.contains_key(&film.path) {
                self.skip(film.path.clone(), FileError::Missing);
            }
        }
        (odd, by_path.into_values().collect())
    }

    fn place(&mut self, entry: Entry, depth: usize, class_depth: usize) {
        let path = within(&entry, depth);
        let folders = entry.components.len() - 1;
        let folders = entry.components[..folders].get(class_depth..);
        let (mut class, mut part) = (None, None);
        let mut named_like_part = Vec::new();
        for folder in folders.unwrap_or_default() {
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

    fn finish(mut self, title: Option<String>) -> Result<Plan, LoadError> {
        // A folder "test" with films and no class in or above it may be a class of that name.
        let answered: BTreeSet<String> = self.roles.iter().map(|(name, _)| fold(name)).collect();
        for (key, (name, with_class)) in self.part_folders {
            if !with_class && !answered.contains(&key) {
                self.unsure.insert(name);
            }
        }
        if !self.unsure.is_empty() {
            let folders = self.unsure.into_iter().collect();
            return Err(LoadError::UnsureFolders { folders });
        }
        if self.films.len() > MAX_FILMS {
            return Err(LoadError::TooManyFilms {
                n: self.films.len(),
                limit: MAX_FILMS,
            });
        }
        if self.classes.len() > MAX_CLASSES {
            return Err(LoadError::TooManyClasses {
                n: self.classes.len(),
                limit: MAX_CLASSES,
            });
        }

        let order = class_order(self.list, &self.classes);
        let mut files: Vec<PlannedFile> = self
            .films
            .into_iter()
            .map(|film| PlannedFile {
                index: film.index,
                path: film.path,
                purpose: Purpose::Film {
                    class: order.iter().position(|key| *key == film.class).unwrap_or(0),
                    patient: film.patient,
                    part: film.part,
                },
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.append(&mut self.files);
        Ok(Plan {
            title: title.unwrap_or_default(),
            classes: order.iter().map(|key| self.classes[key].clone()).collect(),
            files,
            problems: self.problems,
        })
    }
}

/// The path from the pack's own folder; the whole path of a file outside of it.
fn within(entry: &Entry, depth: usize) -> String {
    let inner = entry
        .components
        .get(depth..)
        .filter(|rest| !rest.is_empty());
    inner.unwrap_or(&entry.components).join("/")
}

/// The listed classes in their order, then the others by name.
fn class_order(list: Option<&List>, classes: &BTreeMap<String, String>) -> Vec<String> {
    let mut order: Vec<String> = Vec::with_capacity(classes.len());
    let listed = list.map_or(&[][..], |list| &list.classes);
    for key in listed
        .iter()
        .map(|name| fold(name))
        .chain(classes.keys().cloned())
    {
        if !order.contains(&key) {
            order.push(key);
        }
    }
    order
}
