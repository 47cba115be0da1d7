//! The user's files, as the page hands them over.

use js_sys::Uint8Array;
use model::pack::{FileError, LoadError, MAX_FILE, Source, ZipProblem, ZipSource};
use web_sys::{File, FileReaderSync};

use super::scope::describe;

/// A larger zip is not read into memory, bytes.
const MAX_ZIP: u64 = 1 << 30;

/// How every zip begins: with a file, or with the end of its list if it has none.
const ZIP_MARKS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Dropped files with their paths, `/` between folders.
pub struct DroppedFiles {
    paths: Vec<String>,
    files: Vec<File>,
}

/// The files, or what is in the zip if it is a single one, told by its content.
///
/// # Errors
/// A zip that cannot be read.
pub fn open(paths: Vec<String>, files: Vec<File>) -> Result<Box<dyn Source>, LoadError> {
    if let [file] = files.as_slice()
        && is_zip(file)
    {
        let damaged = |_| LoadError::BadZip {
            detail: ZipProblem::Damaged,
        };
        if file.size() > MAX_ZIP as f64 {
            return Err(LoadError::BadZip {
                detail: ZipProblem::TooLarge {
                    limit_mb: MAX_ZIP >> 20,
                },
            });
        }
        return Ok(Box::new(ZipSource::open(read(file).map_err(damaged)?)?));
    }
    Ok(Box::new(DroppedFiles { paths, files }))
}

fn is_zip(file: &File) -> bool {
    let start = file.slice_with_f64_and_f64(0.0, 4.0);
    let start = start.and_then(|start| FileReaderSync::new()?.read_as_array_buffer(&start));
    start.is_ok_and(|start| ZIP_MARKS.contains(&Uint8Array::new(&start).to_vec().as_slice()))
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
}
