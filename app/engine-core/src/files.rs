//! The user's files, as the page hands them over.

use std::rc::Rc;

use imaging::pack::{FileError, LoadError, MAX_FILE, Source, ZipProblem, ZipSource};

use crate::host::UserFile;

/// A larger zip is not read into memory, bytes.
pub(crate) const MAX_ZIP: u64 = 1 << 30;

/// Dropped files with their paths, `/` between folders: what the browser has lent, without their bytes.
#[derive(Clone)]
pub(crate) struct DroppedFiles {
    paths: Rc<[String]>,
    files: Rc<[Box<dyn UserFile>]>,
}

impl DroppedFiles {
    pub(crate) fn new(paths: Vec<String>, files: Vec<Box<dyn UserFile>>) -> Self {
        Self {
            paths: paths.into(),
            files: files.into(),
        }
    }
}

/// The files, or what is in the zip if it is a single one.
///
/// # Errors
/// A zip that cannot be read.
pub(crate) fn open(dropped: DroppedFiles) -> Result<Box<dyn Source>, LoadError> {
    if let [file] = &*dropped.files
        && ZipSource::is_one(&file.name(), &file.start(4))
    {
        let bytes = read_zip(&**file).map_err(|error| LoadError::BadZip {
            detail: match error {
                FileError::Zip(problem) => problem,
                _ => ZipProblem::Damaged,
            },
        })?;
        return Ok(Box::new(ZipSource::open(bytes)?));
    }
    Ok(Box::new(dropped))
}

/// The whole content of a zip.
///
/// # Errors
/// [`FileError::Zip`] if it is too large, [`FileError::Unreadable`] if it has gone, or may not be read.
fn read_zip(file: &dyn UserFile) -> Result<Vec<u8>, FileError> {
    if file.size() > MAX_ZIP {
        let limit_mb = MAX_ZIP >> 20;
        return Err(FileError::Zip(ZipProblem::TooLarge { limit_mb }));
    }
    read(file)
}

/// The whole content of a file.
///
/// # Errors
/// [`FileError::Unreadable`] if it is too large, has gone, or may not be read.
pub(crate) fn read_film(file: &dyn UserFile) -> Result<Vec<u8>, FileError> {
    if file.size() > MAX_FILE {
        let detail = format!("larger than {} MB", MAX_FILE >> 20);
        return Err(FileError::Unreadable { detail });
    }
    read(file)
}

fn read(file: &dyn UserFile) -> Result<Vec<u8>, FileError> {
    file.read()
        .map_err(|detail| FileError::Unreadable { detail })
}

impl Source for DroppedFiles {
    fn paths(&self) -> Vec<String> {
        self.paths.to_vec()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        match self.files.get(index) {
            Some(file) => read_film(&**file),
            None => Err(FileError::Missing),
        }
    }

    fn read_zip(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        match self.files.get(index) {
            Some(file) => read_zip(&**file),
            None => Err(FileError::Missing),
        }
    }
}
