//! Zips among the files: a download often is a zip of zips, or two zips side by side.

use super::{
    FileError, Source, ZipProblem, ZipSource,
    archive::MAX_TOTAL,
    paths::{components, is_hidden},
};

/// Zips within zips are opened this far.
const MAX_DEPTH: usize = 3;
/// More zips are not opened.
const MAX_ZIPS: usize = 64;

/// A source together with what its zips hold, each as a folder of the zip's name.
pub(super) struct Unpacked<S> {
    outer: S,
    zips: Vec<ZipSource>,
    files: Vec<File>,
}

struct File {
    path: String,
    place: Result<FileLocation, ZipProblem>,
}

/// Where a file lies.
#[derive(Clone, Copy)]
struct FileLocation {
    /// Number of the zip; `None` for the outer source.
    zip: Option<usize>,
    index: usize,
}

impl<S: Source> Unpacked<S> {
    /// Opens all zips; one that cannot be opened stays a file that cannot be read, with the reason.
    pub(super) fn new(outer: S) -> Self {
        let paths = outer.paths();
        let mut unpacked = Self {
            outer,
            zips: Vec::new(),
            files: Vec::with_capacity(paths.len()),
        };
        let mut left = MAX_TOTAL;
        unpacked.add(paths, None, "", MAX_DEPTH, &mut left);
        unpacked
    }

    /// `prefix`: the folder of this zip. `left`: bytes that zips may still unpack to.
    fn add(
        &mut self,
        paths: Vec<String>,
        zip: Option<usize>,
        prefix: &str,
        depth: usize,
        left: &mut u64,
    ) {
        for (index, path) in paths.into_iter().enumerate() {
            let place = FileLocation { zip, index };
            let visible = components(&path).iter().all(|part| !is_hidden(part));
            let path = format!("{prefix}{path}");
            if !visible || !ZipSource::is_one(&path, &[]) {
                let place = Ok(place);
                self.files.push(File { path, place });
                continue;
            }
            match self.open(place, depth, *left) {
                Ok(inner) => {
                    *left = left.saturating_sub(inner.total());
                    let paths = inner.paths();
                    self.zips.push(inner);
                    let folder = format!("{}/", &path[..path.len() - ".zip".len()]);
                    self.add(paths, Some(self.zips.len() - 1), &folder, depth - 1, left);
                }
                Err(problem) => {
                    let place = Err(problem);
                    self.files.push(File { path, place });
                }
            }
        }
    }

    /// Why this file, if it is a zip, could not be opened.
    pub(super) fn zip_problem(&self, index: usize) -> Option<ZipProblem> {
        self.files.get(index)?.place.clone().err()
    }

    fn open(
        &mut self,
        place: FileLocation,
        depth: usize,
        left: u64,
    ) -> Result<ZipSource, ZipProblem> {
        if depth == 0 || self.zips.len() == MAX_ZIPS {
            return Err(ZipProblem::TooDeep);
        }
        let bytes = match place.zip {
            None => self.outer.read_zip(place.index),
            Some(zip) => self.zips[zip].read(place.index),
        };
        match bytes {
            Ok(bytes) => ZipSource::open_within(bytes, left),
            Err(FileError::Zip(problem)) => Err(problem),
            Err(_) => Err(ZipProblem::Damaged),
        }
    }
}

impl<S: Source> Source for Unpacked<S> {
    fn paths(&self) -> Vec<String> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        let file = self.files.get(index).ok_or(FileError::Missing)?;
        match file.place.clone().map_err(FileError::Zip)? {
            FileLocation { zip: None, index } => self.outer.read(index),
            FileLocation {
                zip: Some(zip),
                index,
            } => match self.zips.get_mut(zip) {
                Some(zip) => zip.read(index),
                None => Err(FileError::Missing),
            },
        }
    }
}
