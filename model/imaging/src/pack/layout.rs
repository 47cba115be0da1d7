//! From the paths of a pack to what each file is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::dicom::Refusal;

use super::{
    Answers, ByHand, FileError, FileProblem, FolderRole, LoadError, MAX_CLASSES, MAX_FILMS,
    UnsureFolder,
    list::{List, ListedFilm, ListedOdd, NAME},
    name::{composed, fold},
    paths::{Entry, common_depth},
    role::masked,
    structure::{Path, Structure},
};
use crate::{dicom, split::Subset};

/// Everything that is known before the first film is decoded.
pub(super) struct Plan {
    pub title: String,
    pub classes: Vec<String>,
    /// By path.
    pub files: Vec<PlannedFile>,
    pub problems: Vec<FileProblem>,
    /// Tables, in which labels may stand.
    pub tables: Vec<String>,
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
    /// `list` with the folders that it lies in.
    pub(super) fn new(
        entries: Vec<Entry>,
        list: Option<(&List, &[String])>,
        answers: &Answers,
    ) -> Result<Self, LoadError> {
        let (roles, by_hand) = (&*answers.roles, answers.by_hand.as_ref());
        let Some((list, base)) = list else {
            let entries = not_ignored(entries, 0, roles);
            let depth = common_depth(&entries, 0, roles);
            let title = entries
                .iter()
                .find_map(|entry| entry.folders(0).get(..depth)?.last().cloned());
            let planner = Planner::new(&[], &[], roles, by_hand);
            return planner
                .place_all(entries, depth, depth)?
                .finish(title.unwrap_or_default());
        };

        // What the list calls a class needs no question.
        let named = list.classes.iter().cloned();
        let mut roles = roles.to_vec();
        roles.extend(named.map(|name| (name, FolderRole::Class)));
        let mut planner = Planner::new(&list.classes, &list.films, &roles, by_hand);
        let depth = base.len();
        let (within, outside): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.folders(0).starts_with(base));
        for entry in outside {
            planner.skip(entry.components.join("/"), FileError::NoClass);
        }
        planner.report_missing(list, &within, depth);
        let films = planner.take_odd(&list.odd, within, depth);
        let films = not_ignored(films, depth, &roles);
        // The class folders may lie together in one more folder.
        let class_depth = common_depth(&films, depth, &roles);
        let planner = planner.place_all(films, depth, class_depth)?;
        planner.finish(list.title.clone())
    }
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
    by_hand: Option<HandClasses<'a>>,
    /// Folded name to name as first met.
    classes: BTreeMap<String, String>,
    films: Vec<PlacedFilm>,
    odd: Vec<PlannedFile>,
    /// Files that are named like pictures: of the others only reading tells whether they are films.
    promised: usize,
    problems: Vec<FileProblem>,
    tables: Vec<String>,
    unsure: BTreeMap<String, FolderRole>,
    /// Folders named like a part, by folded name: as spelled, and whether a class was found with one.
    part_folders: BTreeMap<String, (String, bool)>,
    /// Folded names of the folders of pictures, if they are two or more.
    picture_classes: Option<BTreeSet<String>>,
    /// Pictures in no class: their parts, and the folders that say nothing.
    unlabelled: Vec<(Option<Subset>, Option<String>)>,
}

/// Classes given by hand, to be looked up.
struct HandClasses<'a> {
    classes: &'a [String],
    /// `None` where all films are in the one class.
    class_of: Option<HashMap<&'a str, usize>>,
}

/// Films that are yet to be sorted have to have some class.
static UNSORTED: [String; 1] = [String::new()];

impl<'a> HandClasses<'a> {
    fn new(by_hand: &'a ByHand) -> Self {
        match by_hand {
            ByHand::Gather => Self {
                classes: &UNSORTED,
                class_of: None,
            },
            ByHand::Sorted { classes, class_of } => Self {
                classes,
                class_of: Some(
                    class_of
                        .iter()
                        .map(|(path, class)| (&**path, *class))
                        .collect(),
                ),
            },
        }
    }

    fn class_of(&self, path: &str) -> Option<&'a str> {
        let class = match &self.class_of {
            None => 0,
            Some(class_of) => *class_of.get(path)?,
        };
        self.classes.get(class).map(String::as_str)
    }
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
        by_hand: Option<&'a ByHand>,
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
            listed: films.iter().map(|film| (&*film.path, film)).collect(),
            roles,
            by_hand,
            classes: named.collect(),
            films: Vec::new(),
            odd: Vec::new(),
            promised: 0,
            problems: Vec::new(),
            tables: Vec::new(),
            unsure: BTreeMap::new(),
            part_folders: BTreeMap::new(),
            picture_classes: None,
            unlabelled: Vec::new(),
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

    /// Sorts all files. Names begin below `depth` folders, and classes are looked for below `class_depth`.
    fn place_all(
        mut self,
        entries: Vec<Entry>,
        depth: usize,
        class_depth: usize,
    ) -> Result<Self, LoadError> {
        let structure = Structure::of(&entries, class_depth, self.roles);
        if self.by_hand.is_none() {
            self.unsure = structure.unsure.clone();
        }
        let tables = entries.iter().filter(|entry| entry.is_table());
        self.tables = tables.map(|entry| entry.below(depth)).collect();
        let masks = masks(&entries, depth);
        let pictures = entries.iter().filter(|entry| !entry.is_document());
        let classes: BTreeSet<String> = pictures
            .filter_map(|entry| {
                let path = Path::of(entry.folders(class_depth), self.roles);
                structure.class(&path).map(fold)
            })
            .collect();
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
        if self.by_hand.is_some() {
            self.place_by_hand(entry, name, path.part);
            return;
        }
        if let Some((folder, role)) = path.unsure {
            if entry.is_document() {
                self.skip(name, FileError::NoClass);
            } else {
                self.unsure.insert(folder.to_owned(), role);
            }
            return;
        }
        let known = self.picture_classes.as_ref();
        let is_class = |class: &&str| known.is_none_or(|known| known.contains(&fold(class)));
        let class = structure.class(&path).filter(is_class);
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
            self.skip(name, FileError::NoClass);
            return;
        };
        let class_key = fold(class);
        self.classes
            .entry(class_key.clone())
            .or_insert_with(|| composed(class.trim()));
        self.place_film(entry.index, name, class_key, path.part);
    }

    fn place_by_hand(&mut self, entry: &Entry, name: String, part: Option<Subset>) {
        let by_hand = self.by_hand.as_ref();
        let class = by_hand
            .and_then(|by_hand| by_hand.class_of(&name))
            .map(fold);
        match class {
            _ if entry.is_document() => self.skip(name, FileError::NoClass),
            None => self.skip(name, FileError::NotSorted),
            Some(class) => self.place_film(entry.index, name, class, part),
        }
    }

    fn place_film(&mut self, index: usize, path: String, class: String, part: Option<Subset>) {
        let listed = self.listed.get(&*path);
        self.films.push(PlacedFilm {
            index,
            class,
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
        let answered: BTreeSet<String> = self.roles.iter().map(|(name, _)| fold(name)).collect();
        if self.films.is_empty() && self.unsure.is_empty() && !self.unlabelled.is_empty() {
            let mut folders: Vec<String> = Vec::new();
            folders.extend(
                self.unlabelled
                    .iter()
                    .filter_map(|(_, folder)| folder.clone()),
            );
            folders.sort();
            folders.dedup();
            return Err(LoadError::NoLabels {
                n: self.unlabelled.len(),
                folders,
                tables: self.tables.clone(),
            });
        }
        // A folder "test" with films and no class in or above it holds films to try, or is a class of that name.
        let likeliest = match self
            .part_folders
            .values()
            .any(|(_, with_class)| *with_class)
        {
            true => FolderRole::Try,
            false => FolderRole::Class,
        };
        for (key, (name, with_class)) in &self.part_folders {
            if !with_class && !answered.contains(key) {
                self.unsure.insert(name.clone(), likeliest);
            }
        }
        // Films in "images" beside films in "chest" and "abdomen".
        for (_, folder) in self.unlabelled.iter().filter(|(part, _)| part.is_none()) {
            if let Some(folder) = folder
                && !answered.contains(&fold(folder))
                && !self.part_folders.contains_key(&fold(folder))
            {
                self.unsure.insert(folder.clone(), FolderRole::Try);
            }
        }
        if !self.unsure.is_empty() {
            let unsure = self.unsure.clone().into_iter();
            let folders = unsure.map(|(name, likeliest)| UnsureFolder { name, likeliest });
            return Err(LoadError::UnsureFolders {
                folders: folders.collect(),
            });
        }
        let planned = self.films.len() + self.odd.len();
        let (n, limit) = (planned.min(self.promised), MAX_FILMS);
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
            tables: self.tables,
        })
    }
}

/// Files whose names say that they are the masks of others beside them, by number: the other's path.
fn masks(entries: &[Entry], depth: usize) -> HashMap<usize, String> {
    let stem = |entry: &Entry| {
        let name = entry.name();
        let stem = name
            .rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned();
        let folders = entry.components.len() - 1;
        (entry.components[..folders].to_vec(), stem)
    };
    let films: HashMap<_, _> = entries
        .iter()
        .filter(|entry| !entry.is_document())
        .map(|entry| (stem(entry), entry))
        .collect();
    let mut masks = HashMap::new();
    for entry in films.values() {
        let (folders, own) = stem(entry);
        let other = masked(&own).and_then(|other| films.get(&(folders, other.to_owned())));
        if let Some(other) = other {
            masks.insert(entry.index, other.below(depth));
        }
    }
    masks
}
