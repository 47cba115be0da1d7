//! Which film a cell means: by the name of its file, with or without folders and ending, or by a folder that it lies in.

use std::collections::HashMap;

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
pub struct Films {
    films: Vec<Film>,
    by_file: HashMap<String, Vec<usize>>,
    /// Films, with the number of folders down to the named one.
    by_folder: HashMap<String, Vec<(usize, usize)>>,
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
    pub(in crate::pack) fn of(entries: &[Entry]) -> Self {
        let mut found = Self {
            films: Vec::new(),
            by_file: HashMap::new(),
            by_folder: HashMap::new(),
            around: 0,
        };
        for entry in entries.iter().filter(|entry| !entry.is_document()) {
            let number = found.films.len();
            let folders: Vec<String> = entry.folders(0).iter().map(|name| folder(name)).collect();
            let files = found.by_file.entry(file(entry.name())).or_default();
            files.push(number);
            for (depth, name) in folders.iter().enumerate() {
                let films = found.by_folder.entry(name.clone()).or_default();
                films.push((number, depth));
            }
            found.films.push(Film {
                index: entry.index,
                name: entry.name().to_owned(),
                folders,
            });
        }
        let all = found.films.iter().map(|film| film.folders.as_slice());
        found.around = in_common(all);
        found
    }

    pub(in crate::pack) fn len(&self) -> usize {
        self.films.len()
    }

    /// Number within the source of each film.
    pub(in crate::pack) fn indexes(&self) -> impl Iterator<Item = usize> {
        self.films.iter().map(|film| film.index)
    }

    /// Whether a cell looks like the name of a file, or is the name of a film.
    pub(super) fn is_name(&self, cell: &str) -> bool {
        let parts = components(cell);
        let Some(last) = parts.last() else {
            return false;
        };
        PICTURES.contains(&&*ending(last))
            || self.by_file.contains_key(&file(last))
            || parts.len() > 1 && self.by_folder.contains_key(&folder(last))
    }

    /// The films that `cell` fits best. `outer`: folders that all cells of the column begin with.
    pub(super) fn named(&self, cell: &str, by: Names, outer: usize) -> Vec<(usize, Fit)> {
        // Most cells of a long table name no film here.
        let cell = bare(cell);
        let last = cell.trim_end_matches(['/', '\\']);
        let last = last.rsplit(['/', '\\']).next().unwrap_or(last);
        let films = match by {
            Names::Files => self.by_file.get(&file(last)).map(|films| {
                let films = films.iter();
                let all = films.map(|&film| (film, self.films[film].folders.len()));
                all.collect::<Vec<_>>()
            }),
            // A word alone is rather the name of a class folder than of a study.
            Names::Folders => match last.contains(|c: char| c.is_ascii_digit()) {
                true => self.by_folder.get(&folder(last)).cloned(),
                false => None,
            },
        };
        let Some(films) = films else {
            return Vec::new();
        };
        let mut path: Vec<String> = components(cell).into_iter().map(folder).collect();
        path.pop();
        let fits = films.into_iter().filter_map(|(film, depth)| {
            let own = &self.films[film];
            let folders = &own.folders[..depth];
            let pairs = path.iter().rev().zip(folders.iter().rev());
            let common = pairs.take_while(|(a, b)| a == b).count();
            // What lies around all rows, or all films, is the place where somebody has put them.
            let inner = match depth > self.around {
                true => depth - self.around,
                false => depth,
            };
            let least = path.len().saturating_sub(outer).min(inner);
            (common >= least).then(|| (film, 4 * common + spelling(last, &own.name, by)))
        });
        let fits: Vec<(usize, Fit)> = fits.collect();
        let best = fits.iter().map(|(_, fit)| *fit).max().unwrap_or(0);
        fits.into_iter().filter(|(_, fit)| *fit == best).collect()
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
