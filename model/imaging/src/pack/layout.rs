//! From the paths of a pack to what each file is.

mod by_hand;
mod check;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::dicom::Refusal;

use super::{
    Answers, BadTable, ByHand, FileError, FileProblem, FolderRole, LoadError,
    list::{List, ListedFilm, ListedOdd, NAME},
    masks::by_name,
    name::{composed, fold},
    paths::{Entry, common_depth},
    structure::{Path, Structure},
    table::{FolderClasses, Label, Labels},
};
use crate::{
    decode::DecodeError,
    dicom,
    order::{gathered, sort_by, sort_by_key},
    split::Subset,
};
use by_hand::HandClasses;

/// Everything that is known before the first film is decoded.
pub(super) struct Plan {
    pub title: String,
    pub classes: Vec<String>,
    /// By path.
    pub files: Vec<PlannedFile>,
    pub problems: Vec<FileProblem>,
    /// Tables that tell nothing.
    pub tables: Vec<BadTable>,
    /// The patients that tables tell, by the film's name.
    pub patients: HashMap<String, String>,
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
        part: Option<Subset>,
    },
    Odd {
        key: String,
    },
}

impl Plan {
    /// `list` with the folders that it lies in; `labels` as tables and names have them; `most` films are loaded.
    pub(super) fn new(
        entries: Vec<Entry>,
        list: Option<(&List, &[String])>,
        answers: &Answers,
        labels: &Labels,
        most: usize,
    ) -> Result<Self, LoadError> {
        let (roles, by_hand) = (&*answers.roles, answers.by_hand.as_ref());
        let Some((list, base)) = list else {
            let entries = not_ignored(entries, 0, roles);
            let depth = common_depth(&entries, 0, roles);
            let title = entries
                .iter()
                .find_map(|entry| entry.folders(0).get(..depth)?.last().cloned());
            // A pile is called as the one folder that it lies in, which for others may be a class.
            let title = title.or_else(|| by_hand.and_then(|_| one_folder(&entries)));
            let planner = Planner::new(&[], &[], roles, labels, by_hand, most);
            return planner
                .place_all(entries, depth, depth)?
                .finish(title.unwrap_or_default());
        };

        // What the list calls a class needs no question.
        let named = list.classes.iter().cloned();
        let mut roles = roles.to_vec();
        roles.extend(named.map(|name| (name, FolderRole::Class)));
        let mut planner = Planner::new(&list.classes, &list.films, &roles, labels, by_hand, most);
        let depth = base.len();
        let (within, outside): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.folders(0).starts_with(base));
        for entry in outside {
            planner.skip(entry.components.join("/"), without_class(&entry));
        }
        planner.report_missing(list, &within, depth);
        let films = planner.take_odd(&list.odd, within, depth);
        let films = not_ignored(films, depth, &roles);
        // The class folders may lie together in one more folder.
        let class_depth = common_depth(&films, depth, &roles);
        let planner = planner.place_all(films, depth, class_depth)?;
        planner.finish(list.title.clone())
    }

    /// The class of each film, if there are two or more.
    pub(super) fn folder_classes(&self) -> Option<FolderClasses> {
        let films = self.files.iter().filter_map(|file| match file.purpose {
            Purpose::Film { class, .. } => {
                let class = self.classes.get(class)?.clone();
                Some((file.index, (file.path.clone(), class)))
            }
            Purpose::Odd { .. } => None,
        });
        (self.classes.len() > 1).then(|| films.collect())
    }
}

/// The folder that everything lies in.
fn one_folder(entries: &[Entry]) -> Option<String> {
    let first = |entry: &Entry| entry.folders(0).first().cloned();
    let name = entries.first().and_then(first)?;
    let same = |entry: &Entry| first(entry).as_ref() == Some(&name);
    entries.iter().all(same).then_some(name)
}

/// All but what lies in a folder that the user wants left out.
fn not_ignored(entries: Vec<Entry>, depth: usize, roles: &[(String, FolderRole)]) -> Vec<Entry> {
    let ignored = |entry: &Entry| Path::of(entry.folders(depth), roles).ignored;
    let rest = entries.into_iter().filter(|entry| !ignored(entry));
    rest.collect()
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
    /// Files that are named like pictures: of the others only reading tells whether they are films.
    promised: usize,
    /// Films that are loaded at most.
    most: usize,
    problems: Vec<FileProblem>,
    labels: &'a Labels,
    by_hand: Option<HandClasses<'a>>,
    patients: HashMap<String, String>,
    unsure: BTreeMap<String, FolderRole>,
    /// Folders named like a part, by folded name: as spelled, and whether a class was found with one.
    part_folders: BTreeMap<String, (String, bool)>,
    /// Folded names of the folders of pictures, if they are two or more.
    picture_classes: Option<BTreeSet<String>>,
    /// Pictures in no class: their parts, and the folders that say nothing.
    unlabelled: Vec<(Option<Subset>, Option<String>)>,
}

/// A film whose class is still a name.
struct PlacedFilm {
    index: usize,
    path: String,
    class: String,
    patient: Option<String>,
    part: Option<Subset>,
}

impl<'a> Planner<'a> {
    fn new(
        classes: &'a [String],
        films: &'a [ListedFilm],
        roles: &'a [(String, FolderRole)],
        labels: &'a Labels,
        by_hand: Option<&'a ByHand>,
        most: usize,
    ) -> Self {
        let by_hand = by_hand.map(HandClasses::new);
        let classes = by_hand.as_ref().map_or(classes, |by_hand| by_hand.classes);
        let named = classes.iter().map(|name| (fold(name), name.clone()));
        let mut first_classes: Vec<String> = Vec::with_capacity(classes.len());
        for class in classes.iter().map(|name| fold(name)) {
            if !first_classes.contains(&class) {
                first_classes.push(class);
            }
        }
        Self {
            first_classes,
            listed: gathered(films.iter().map(|film| (&*film.path, film))),
            roles,
            classes: gathered(named),
            films: Vec::new(),
            odd: Vec::new(),
            promised: 0,
            most,
            problems: Vec::new(),
            labels,
            by_hand,
            patients: HashMap::new(),
            unsure: BTreeMap::new(),
            part_folders: BTreeMap::new(),
            picture_classes: None,
            unlabelled: Vec::new(),
        }
    }

    fn report_missing(&mut self, list: &List, entries: &[Entry], depth: usize) {
        let there: BTreeSet<String> = gathered(entries.iter().map(|entry| entry.below(depth)));
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
        sort_by_key(&mut self.odd, place);
        rest
    }

    /// Sorts all files. Names begin below `depth` folders, and classes are looked for below `class_depth`.
    fn place_all(
        mut self,
        entries: Vec<Entry>,
        depth: usize,
        class_depth: usize,
    ) -> Result<Self, LoadError> {
        let structure = Structure::of(&entries, class_depth, self.roles);
        if !self.labels.tell_classes && self.by_hand.is_none() {
            self.unsure = structure.unsure.clone();
        }
        let masks = by_name(&entries, depth);
        let pictures = entries.iter().filter(|entry| !entry.is_document());
        let classes: BTreeSet<String> = gathered(pictures.filter_map(|entry| {
            let path = Path::of(entry.folders(class_depth), self.roles);
            structure.class(&path).map(fold)
        }));
        // Where there are classes enough, a folder of texts and tables alone is none.
        self.picture_classes = (classes.len() > 1).then_some(classes);
        for entry in entries {
            match masks.get(&entry.index) {
                Some(path) => {
                    let path = path.clone();
                    self.skip(entry.below(depth), FileError::MaskOf { path });
                }
                None => self.place(&entry, &structure, depth, class_depth),
            }
        }
        self.check()?;
        Ok(self)
    }

    fn place(&mut self, entry: &Entry, structure: &Structure, depth: usize, class_depth: usize) {
        let name = entry.below(depth);
        if entry.is_dicom_index() {
            self.skip(name, dicom::refused(Refusal::Index));
            return;
        }
        if entry.is_table() {
            let path = entry.below(0);
            if self.labels.used.contains(&path) {
                return;
            }
            if let Some(problem) = self.labels.problem(&path) {
                self.skip(name, FileError::Table(problem));
                return;
            }
        }
        self.promised += usize::from(entry.is_named_picture());
        let path = Path::of(entry.folders(class_depth), self.roles);
        if path.tried {
            self.odd.push(PlannedFile {
                index: entry.index,
                purpose: Purpose::Odd { key: name.clone() },
                path: name,
            });
            return;
        }
        // Where classes do not come from folders, a folder matters only if its films may be none.
        let matters = |role: FolderRole| match self.by_hand {
            Some(_) => false,
            None => !self.labels.tell_classes || role == FolderRole::Ignore,
        };
        if let Some((folder, role)) = path.unsure.filter(|&(_, role)| matters(role)) {
            if entry.is_document() {
                self.skip(name, without_class(entry));
            } else {
                self.unsure.insert(folder.to_owned(), role);
            }
            return;
        }
        let known = self.picture_classes.as_ref();
        let is_class = |class: &&str| known.is_none_or(|known| known.contains(&fold(class)));
        let label = self.labels.films.get(&entry.index);
        let elsewhere = match &self.by_hand {
            Some(by_hand) => Some(by_hand.class_of(&name)),
            None => self.labels.tell_classes.then(|| told(label)),
        };
        let class = match elsewhere {
            None => structure.class(&path).filter(is_class),
            Some(_) if entry.is_document() => None,
            Some(Ok(class)) => Some(class),
            Some(Err(error)) => {
                self.skip(name, error);
                return;
            }
        };
        if let Some(folder) = path.part_folder
            && !entry.is_document()
        {
            let seen = self.part_folders.entry(fold(folder));
            seen.or_insert_with(|| (folder.to_owned(), false)).1 |= class.is_some();
        }
        let Some(class) = class else {
            if !entry.is_document() {
                let silent = path.neutral.or(path.above).map(str::to_owned);
                self.unlabelled.push((path.part, silent));
            }
            self.skip(name, without_class(entry));
            return;
        };
        let class_key = fold(class);
        self.classes
            .entry(class_key.clone())
            .or_insert_with(|| composed(class.trim()));
        let listed = self.listed.get(&*name);
        self.films.push(PlacedFilm {
            index: entry.index,
            class: class_key,
            patient: listed.and_then(|film| film.patient.clone()),
            part: listed
                .and_then(|film| film.part)
                .or(label.and_then(|label| label.part))
                .or(path.part),
            path: name.clone(),
        });
        if let Some(patient) = label.and_then(|label| label.patient.clone()) {
            self.patients.insert(name, patient);
        }
    }

    fn skip(&mut self, path: String, error: FileError) {
        self.problems.push(FileProblem { path, error });
    }

    fn finish(mut self, title: String) -> Result<Plan, LoadError> {
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
        sort_by(&mut files, |a, b| a.path.cmp(&b.path));
        files.append(&mut self.odd);
        Ok(Plan {
            title,
            classes: order
                .iter()
                .filter_map(|key| self.classes.remove(key))
                .collect(),
            files,
            problems: self.problems,
            tables: self.labels.bad.clone(),
            patients: self.patients,
        })
    }
}

/// Why a file that lies in no class is left out: of one that is named as no picture, not for where it lies.
fn without_class(entry: &Entry) -> FileError {
    match entry.is_document() {
        true => FileError::Decode(DecodeError::NotAnImage),
        false => FileError::NoClass,
    }
}

/// The class that a table or a name tells.
fn told(label: Option<&Label>) -> Result<&str, FileError> {
    match label.map(|label| &label.class) {
        Some(Some(Ok(class))) => Ok(class),
        Some(Some(Err(reason))) => Err(reason.clone().into()),
        Some(None) | None => Err(FileError::NotInTable),
    }
}
