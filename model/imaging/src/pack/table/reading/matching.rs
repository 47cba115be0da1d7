//! Which film a cell means: by the name of its file, with or without folders and ending, or by a folder that it lies in.

use std::{cell::OnceCell, collections::HashMap};

use super::cells::bare;
use crate::pack::{
    name::fold,
    paths::{Entry, components, ending},
};

/// What the cells of a column name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Files,
    /// Of studies or patients.
    Folders,
}

/// How well a cell fits a film: folders in common, then the spelling of the name.
pub(super) type Fit = usize;

/// The films of a pack, to be found by name.
pub(super) struct Films {
    films: Vec<Film>,
    files: Index,
    /// Made when it is asked for: most tables name files.
    folders: OnceCell<Index>,
    /// How many folders lie around all films.
    around: usize,
}

struct Film {
    /// Number within the source.
    index: usize,
    name: String,
    /// Keys of the folders around it.
    folders: Vec<String>,
}

impl Films {
    /// Of all files that are not named like documents.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let pictures = entries.iter().filter(|entry| !entry.is_document());
        let films: Vec<Film> = pictures
            .map(|entry| Film {
                index: entry.index,
                name: entry.name().to_owned(),
                folders: entry.folders(0).iter().map(|name| folder(name)).collect(),
            })
            .collect();
        let around = in_common(films.iter().map(|film| film.folders.as_slice()));
        let mut files = Index::default();
        for (number, film) in films.iter().enumerate() {
            files.add(number, &film.folders, &file(&film.name), around);
        }
        files.sort();
        Self {
            films,
            files,
            folders: OnceCell::new(),
            around,
        }
    }

    /// Each folder names all films in it.
    fn folders(&self) -> &Index {
        self.folders.get_or_init(|| {
            let mut folders = Index::default();
            for (number, film) in self.films.iter().enumerate() {
                for (depth, name) in film.folders.iter().enumerate() {
                    folders.add(number, &film.folders[..depth], name, self.around);
                }
            }
            folders.sort();
            folders
        })
    }

    pub(super) fn len(&self) -> usize {
        self.films.len()
    }

    /// Number within the source of each film.
    pub(super) fn indexes(&self) -> impl Iterator<Item = usize> {
        self.films.iter().map(|film| film.index)
    }

    /// Whether a cell looks like the name of a file, or is the name of a film.
    pub(super) fn is_name(&self, cell: &str) -> bool {
        let parts = components(cell);
        let Some(last) = parts.last() else {
            return false;
        };
        PICTURES.contains(&&*ending(last))
            || self.files.has(&file(last))
            || parts.len() > 1 && self.folders().has(&folder(last))
    }

    /// The films that `cell` fits best. `outer`: folders that all cells of the column begin with.
    pub(super) fn named(&self, cell: &str, by: Names, outer: usize) -> Vec<(usize, Fit)> {
        let cell = bare(cell);
        let last = cell.trim_end_matches(['/', '\\']);
        let last = last.rsplit(['/', '\\']).next().unwrap_or(last);
        let (index, key) = match by {
            Names::Files => (&self.files, file(last)),
            // A word alone is rather the name of a class folder than of a study.
            Names::Folders if !last.contains(|c: char| c.is_ascii_digit()) => return Vec::new(),
            Names::Folders => (self.folders(), folder(last)),
        };
        // Most cells of a long table name no film here.
        if !index.has(&key) {
            return Vec::new();
        }
        let mut path: Vec<String> = components(cell).into_iter().map(folder).collect();
        path.pop();
        let (found, common) = index.find(&path, &key, path.len().saturating_sub(outer));
        let fits = found.iter().map(|&Place { film, .. }| {
            let spelled = spelling(last, &self.films[film].name, by);
            (film, 4 * common + spelled)
        });
        let fits: Vec<(usize, Fit)> = fits.collect();
        let best = fits.iter().map(|(_, fit)| *fit).max().unwrap_or(0);
        fits.into_iter().filter(|(_, fit)| *fit == best).collect()
    }
}

/// Films by their names, each with none, one, and up to so many of the folders around it: of thousands that are called
/// `view1.jpg`, a path finds one.
#[derive(Default)]
struct Index(HashMap<String, Vec<Place>>);

/// More folders are not compared.
const DEPTH: usize = 4;
/// A name that more films share means none of them.
const MOST_MEANT: usize = 500;

#[derive(Clone, Copy)]
struct Place {
    film: usize,
    /// Folders of the film that a cell must have too, or all that the cell has. What lies around all films is only the place
    /// where somebody has put them.
    wanted: usize,
}

impl Index {
    fn add(&mut self, film: usize, folders: &[String], name: &str, around: usize) {
        let depth = folders.len();
        let wanted = match depth > around {
            true => depth - around,
            false => depth,
        };
        let wanted = wanted.min(DEPTH);
        for common in 0..=depth.min(DEPTH) {
            let key = key_of(&folders[depth - common..], name);
            self.0.entry(key).or_default().push(Place { film, wanted });
        }
    }

    fn sort(&mut self) {
        for places in self.0.values_mut() {
            places.sort_by_key(|place| place.wanted);
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The films of this name with most folders in common with `path`, and how many these are. `wanted`: folders of the path
    /// that a film must have too, or all that the film has.
    fn find(&self, path: &[String], name: &str, wanted: usize) -> (&[Place], usize) {
        let depth = path.len();
        for common in (0..=depth.min(DEPTH)).rev() {
            let places = self.0.get(&key_of(&path[depth - common..], name));
            let places = places.map_or(&[][..], Vec::as_slice);
            let fitting = match wanted.min(DEPTH) <= common {
                true => places.len(),
                false => places.partition_point(|place| place.wanted <= common),
            };
            match fitting {
                0 => {}
                1..=MOST_MEANT => return (&places[..fitting], common),
                _ => break,
            }
        }
        (&[], 0)
    }
}

fn key_of(folders: &[String], name: &str) -> String {
    match folders.is_empty() {
        true => name.to_owned(),
        false => format!("{}/{name}", folders.join("/")),
    }
}

/// 2: as the file is called; 1: but for small and large letters; 0: but for the ending.
fn spelling(cell: &str, name: &str, by: Names) -> Fit {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match by {
        Names::Folders => 0,
        Names::Files if cell == name || cell == stem => 2,
        Names::Files if fold(cell) == fold(name) || fold(cell) == fold(stem) => 1,
        Names::Files => 0,
    }
}

/// Endings of pictures, which a table may have or lack, and which change when a picture is saved anew.
const PICTURES: [&str; 11] = [
    "png", "jpg", "jpeg", "dcm", "dicom", "tif", "tiff", "bmp", "gif", "webp", "jp2",
];

/// A file's name without the ending of a picture, folded.
fn file(name: &str) -> String {
    let name = name.trim();
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if PICTURES.contains(&&*ending(name)) => stem,
        _ => name,
    };
    key(stem)
}

/// A folder's name, folded; "s50414267" and "p10000032" are called by their number.
fn folder(name: &str) -> String {
    let key = key(name);
    let number = key.strip_prefix(['s', 'p']);
    let is_number =
        |rest: &&str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    match number.filter(is_number) {
        Some(number) => number.to_owned(),
        None => key,
    }
}

fn key(name: &str) -> String {
    match name.is_ascii() {
        true => name.trim().to_ascii_lowercase(),
        false => fold(name),
    }
}

/// How many elements all lists begin with in common.
fn in_common<'a>(mut lists: impl Iterator<Item = &'a [String]>) -> usize {
    let Some(first) = lists.next() else {
        return 0;
    };
    let same = |list: &[String]| {
        let pairs = first.iter().zip(list);
        pairs.take_while(|(a, b)| a == b).count()
    };
    lists.map(same).min().unwrap_or(first.len())
}

/// The folders that all cells of a column begin with, taken in one by one.
#[derive(Clone, Default)]
pub(super) struct Outer(Option<Vec<String>>);

impl Outer {
    pub(super) fn take(&mut self, cell: &str) {
        let short = self.0.as_ref().is_some_and(Vec::is_empty);
        if short || cell.trim().is_empty() {
            return;
        }
        let mut path = components(cell);
        path.pop();
        match &mut self.0 {
            Some(common) => {
                let pairs = common.iter().zip(path);
                let same = pairs
                    .take_while(|(own, part)| **own == folder(part))
                    .count();
                common.truncate(same);
            }
            None => self.0 = Some(path.into_iter().map(folder).collect()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }
}
