//! The images, one at a time: however many there are, as many are in memory as there are threads.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use imaging::{
    decode,
    film::Film,
    pack::{FileError, FolderSource, MAX_FILE, Source, ZipSource},
    reader::{FormatReader, OwnReader},
};

use crate::Problem;

/// Where they come from. The disk is read by one thread at a time, all else is done by each for itself.
pub struct Images {
    source: Mutex<Box<dyn Source + Send>>,
    paths: Vec<String>,
}

/// What a file turned out to be.
pub enum Opened {
    Image(Film),
    /// Not of any kind that is read as an image: a table, a note.
    Other,
}

impl Images {
    /// # Errors
    /// A sentence when there is no such folder, zip or file.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let source: Box<dyn Source + Send> = if path.is_dir() {
            Box::new(FolderSource::open(path)?)
        } else if begins_as_zip(path)? {
            let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            Box::new(ZipSource::open(bytes)?)
        } else {
            Box::new(OneFile(path.to_owned()))
        };
        let paths = source.paths();
        Ok(Self {
            source: Mutex::new(source),
            paths,
        })
    }

    /// All files, by path.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// # Errors
    /// Why the file cannot be read, or there is no image in it.
    pub fn read(&self, index: usize) -> Result<Opened, FileError> {
        let bytes = {
            // A thread that ended in the middle of a file has left the others as they were.
            let source = self.source.lock();
            source.unwrap_or_else(PoisonError::into_inner).read(index)?
        };
        if decode::is_dicom(&bytes) {
            return Ok(Opened::Image(OwnReader.film(&bytes, 0)?.film));
        }
        if decode::needs_reader(&bytes) {
            return Ok(Opened::Image(OwnReader.picture(&bytes)?.film));
        }
        match decode::format_of(&bytes) {
            None => Ok(Opened::Other),
            Some(_) => match decode::decode(&bytes) {
                Ok(film) => Ok(Opened::Image(film)),
                Err(error) => Err(FileError::Decode(error)),
            },
        }
    }
}

fn begins_as_zip(path: &Path) -> Result<bool, Problem> {
    let said = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut start = Vec::new();
    let file = File::open(path).map_err(said)?;
    file.take(4).read_to_end(&mut start).map_err(said)?;
    Ok(start == *b"PK\x03\x04")
}

/// An image by itself.
struct OneFile(PathBuf);

impl Source for OneFile {
    fn paths(&self) -> Vec<String> {
        let name = self.0.file_name().unwrap_or_default();
        vec![name.to_string_lossy().into_owned()]
    }

    fn read(&mut self, _: usize) -> Result<Vec<u8>, FileError> {
        let unreadable = |detail: String| FileError::Unreadable { detail };
        let file = File::open(&self.0).map_err(|error| unreadable(error.to_string()))?;
        let mut bytes = Vec::new();
        let read = file.take(MAX_FILE + 1).read_to_end(&mut bytes);
        read.map_err(|error| unreadable(error.to_string()))?;
        match bytes.len() as u64 > MAX_FILE {
            true => Err(unreadable(format!("larger than {} MB", MAX_FILE >> 20))),
            false => Ok(bytes),
        }
    }
}
