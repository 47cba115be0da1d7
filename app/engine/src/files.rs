//! The user's files, as the page hands them over.

use imaging::pack::{FileError, LoadError, MAX_FILE, Source, ZipProblem, ZipSource};
use js_sys::Uint8Array;
use web_sys::{File, FileReaderSync};

use super::scope::describe;

/// A larger zip is not read into memory, bytes.
const MAX_ZIP: u64 = 1 << 30;

/// Dropped files with their paths, `/` between folders.
pub struct DroppedFiles {
    paths: Vec<String>,
    files: Vec<File>,
}

/// The files, or what is in the zip if it is a single one.
///
/// # Errors
/// A zip that cannot be read.
pub fn open(paths: Vec<String>, files: Vec<File>) -> Result<Box<dyn Source>, LoadError> {
    if let [file] = files.as_slice()
        && ZipSource::is_one(&file.name(), &start(file))
    {
        let bytes = read_zip(file).map_err(|error| LoadError::BadZip {
            detail: match error {
                FileError::Zip(problem) => problem,
                _ => ZipProblem::Damaged,
            },
        })?;
        return Ok(Box::new(ZipSource::open(bytes)?));
    }
    Ok(Box::new(DroppedFiles { paths, files }))
}

/// The first bytes of a file; none if it cannot be read.
fn start(file: &File) -> Vec<u8> {
    let start = file.slice_with_f64_and_f64(0.0, 4.0);
    let start = start.and_then(|start| FileReaderSync::new()?.read_as_array_buffer(&start));
    start.map_or_else(|_| Vec::new(), |start| Uint8Array::new(&start).to_vec())
}

/// The whole content of a zip.
///
/// # Errors
/// [`FileError::Zip`] if it is too large, [`FileError::Unreadable`] if it has gone, or may not be read.
fn read_zip(file: &File) -> Result<Vec<u8>, FileError> {
    if file.size() > MAX_ZIP as f64 {
        let limit_mb = MAX_ZIP >> 20;
        return Err(FileError::Zip(ZipProblem::TooLarge { limit_mb }));
    }
    read(file).map_err(|detail| FileError::Unreadable { detail })
}

/// The whole content of a file.
///
/// # Errors
/// [`FileError::Unreadable`] if it is too large, has gone, or may not be read.
pub fn read_film(file: &File) -> Result<Vec<u8>, FileError> {
    if file.size() > MAX_FILE as f64 {
        let detail = format!("larger than {} MB", MAX_FILE >> 20);
        return Err(FileError::Unreadable { detail });
    }
    read(file).map_err(|detail| FileError::Unreadable { detail })
}

fn read(file: &File) -> Result<Vec<u8>, String> {
    let reader = FileReaderSync::new().map_err(|error| describe(&error))?;
    let buffer = reader
        .read_as_array_buffer(file)
        .map_err(|error| describe(&error))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

impl Source for DroppedFiles {
    fn paths(&self) -> Vec<String> {
        self.paths.clone()
    }

    fn read(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        match self.files.get(index) {
            Some(file) => read_film(file),
            None => Err(FileError::Missing),
        }
    }

    fn read_zip(&mut self, index: usize) -> Result<Vec<u8>, FileError> {
        match self.files.get(index) {
            Some(file) => read_zip(file),
            None => Err(FileError::Missing),
        }
    }
}
