//! Loading a pack file by file, so that the caller can report progress and let others work.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    vec,
};

use super::{
    FileError, FileProblem, FolderRole, LoadError, MAX_FILMS, MIN_FILMS, Source,
    layout::{Plan, PlannedFile, Purpose},
    list::{List, bad},
    paths::{Entry, find_list, visible},
};
use crate::{
    dataset::{Dataset, OddFilmSource, Sample},
    decode::decode,
};

/// Paths beyond this many per film that may be loaded are not even looked at.
const PATHS_PER_FILM: usize = 10;

/// Reads and decodes one file at each [`advance`](Self::advance).
pub struct Loader<S> {
    source: S,
    files: vec::IntoIter<PlannedFile>,
    total: usize,
    /// Length and hash of each film so far, with its path.
    seen: HashMap<(usize, u64), String>,
    dataset: Dataset,
}

impl<S: Source> Loader<S> {
    /// Sorts the files by what their folders and `pack.json` say; decodes nothing yet.
    ///
    /// `roles` are the user's answers to an earlier [`LoadError::UnsureFolders`].
    ///
    /// # Errors
    /// No files, too many, a bad `pack.json`, or folders whose meaning must be asked for.
    pub fn new(mut source: S, roles: &[(String, FolderRole)]) -> Result<Self, LoadError> {
        let paths = source.paths();
        if paths.len() > PATHS_PER_FILM * MAX_FILMS {
            return Err(LoadError::TooManyFilms {
                n: paths.len(),
                limit: MAX_FILMS,
            });
        }
        let entries = visible(&paths);
        if entries.is_empty() {
            return Err(LoadError::Empty);
        }
        let place = find_list(&entries);
        let base = place.map(|entry| entry.folders(0).to_vec());
        let list = match place {
            Some(entry) => Some(read_list(&mut source, entry)?),
            None => None,
        };
        let plan = Plan::new(entries, list.as_ref().zip(base.as_deref()), roles)?;
        let (licence, attribution) =
            list.map_or((None, None), |list| (list.licence, list.attribution));
        Ok(Self {
            source,
            total: plan.files.len(),
            files: plan.files.into_iter(),
            seen: HashMap::new(),
            dataset: Dataset {
                title: plan.title,
                licence,
                attribution,
                classes: plan.classes,
                samples: Vec::new(),
                odd: Vec::new(),
                skipped: plan.problems,
            },
        })
    }

    /// Files to read in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Files read so far.
    pub fn done(&self) -> usize {
        self.total - self.files.len()
    }

    /// Reads the next file; `false` if there was none left.
    pub fn advance(&mut self) -> bool {
        let Some(file) = self.files.next() else {
            return false;
        };
        let path = file.path.clone();
        if let Err(error) = self.take(file) {
            self.dataset.skipped.push(FileProblem { path, error });
        }
        true
    }

    fn take(&mut self, file: PlannedFile) -> Result<(), FileError> {
        let bytes = self.source.read(file.index)?;
        match file.purpose {
            Purpose::Film {
                class,
                patient,
                part,
            } => {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                let key = (bytes.len(), hasher.finish());
                if let Some(path) = self.seen.get(&key) {
                    return Err(FileError::DuplicateOf { path: path.clone() });
                }
                let film = decode(&bytes).map_err(FileError::Decode)?;
                self.seen.insert(key, file.path.clone());
                self.dataset.samples.push(Sample {
                    name: file.path,
                    class,
                    patient,
                    part,
                    width: film.width(),
                    height: film.height(),
                    film: film.reduced(),
                });
            }
            Purpose::Odd { key } => {
                let film = decode(&bytes).map_err(FileError::Decode)?.reduced();
                self.dataset.odd.push(OddFilmSource { key, film });
            }
        }
        Ok(())
    }

    /// The dataset of all files; reads those that are left.
    ///
    /// # Errors
    /// No film at all, a single class, or a class with too few films.
    pub fn finish(mut self) -> Result<Dataset, LoadError> {
        while self.advance() {}
        let mut dataset = self.dataset;
        dataset.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        if dataset.samples.is_empty() {
            return Err(LoadError::NoFilms {
                problems: dataset.skipped,
            });
        }
        drop_empty_classes(&mut dataset);
        let mut counts = vec![0; dataset.classes.len()];
        for sample in &dataset.samples {
            counts[sample.class] += 1;
        }
        if dataset.classes.len() == 1 {
            let n = dataset.samples.len();
            let class = dataset.classes.swap_remove(0);
            return Err(LoadError::OneClass { class, n });
        }
        let small = counts.iter().position(|&n| n < MIN_FILMS);
        match small {
            Some(class) => Err(LoadError::TooFewFilms {
                class: dataset.classes.swap_remove(class),
                n: counts[class],
            }),
            None => Ok(dataset),
        }
    }
}

fn read_list(source: &mut impl Source, entry: &Entry) -> Result<List, LoadError> {
    match source.read(entry.index) {
        Ok(bytes) => List::parse(&bytes),
        Err(FileError::Unreadable { detail }) => Err(bad(detail)),
        Err(_) => Err(bad("cannot be read")),
    }
}

/// Drops the classes whose files were all left out, and numbers the others anew.
fn drop_empty_classes(dataset: &mut Dataset) {
    let mut kept = Vec::new();
    for class in 0..dataset.classes.len() {
        if dataset.samples.iter().any(|sample| sample.class == class) {
            kept.push(class);
        }
    }
    for sample in &mut dataset.samples {
        sample.class = kept.partition_point(|&class| class < sample.class);
    }
    dataset.classes = kept
        .iter()
        .map(|&class| dataset.classes[class].clone())
        .collect();
}
