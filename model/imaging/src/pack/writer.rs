//! Writing a pack as a zip that [`Loader`](super::Loader) reads back to the same films, classes, patients and parts.
//!
//! The files go in as they are. What their bytes say of a patient, as DICOM files do, stays in them: see
//! [`PackWriter::dicom_files`].

mod names;

use std::{
    collections::{BTreeMap, HashMap},
    io::{Seek, Write},
};

use serde::Serialize;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{About, MAX_CLASSES, MAX_FILE, MAX_FILMS, WriteError, archive::MAX_TOTAL, list};
use crate::{decode::is_dicom, split::Subset};
use names::{Names, film_name, folder_name};

/// The folder of films of no class.
const ODD: &str = "odd";

/// What is said of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The file's name or path, of which the name is kept as far as it is safe, and unlike the others.
    pub name: &'a str,
    /// Index into the classes.
    pub class: usize,
    /// Any name that is the same for all films of one person. It is not written: patients are numbered as they come.
    pub patient: Option<&'a str>,
    pub part: Option<Subset>,
}

/// Writes one film after the other. Where `W` is memory, that holds the whole zip: the films' files, and some 150 bytes for each.
pub struct PackWriter<W: Write + Seek> {
    zip: ZipWriter<W>,
    list: Written,
    /// Of each class.
    folders: Vec<String>,
    names: Names,
    patients: HashMap<String, usize>,
    bytes: u64,
    films: usize,
    dicom_files: usize,
}

/// The `pack.json` of it: what is read by [`list`].
#[derive(Serialize)]
struct Written {
    format: u32,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<String>,
    /// Their folders.
    classes: Vec<String>,
    /// Of folders that cannot be called as their class.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<String, String>,
    films: Vec<WrittenFilm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    odd: Vec<WrittenOdd>,
}

#[derive(Serialize)]
struct WrittenFilm {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
}

#[derive(Serialize)]
struct WrittenOdd {
    path: String,
    key: String,
}

impl<W: Write + Seek> PackWriter<W> {
    /// # Errors
    /// [`WriteError::TooManyClasses`].
    pub fn new(to: W, about: About) -> Result<Self, WriteError> {
        if about.classes.len() > MAX_CLASSES {
            return Err(WriteError::TooManyClasses { limit: MAX_CLASSES });
        }
        let mut names = Names::default();
        names.take("", list::NAME);
        names.take("", ODD);
        let mut folders = Vec::with_capacity(about.classes.len());
        let mut renamed = BTreeMap::new();
        for class in &about.classes {
            let folder = names.take("", &folder_name(class));
            if folder != *class {
                renamed.insert(folder.clone(), class.clone());
            }
            folders.push(folder);
        }
        Ok(Self {
            zip: ZipWriter::new(to),
            list: Written {
                format: list::FORMAT,
                title: about.title,
                licence: about.licence,
                attribution: about.attribution,
                classes: folders.clone(),
                names: renamed,
                films: Vec::new(),
                odd: Vec::new(),
            },
            folders,
            names,
            patients: HashMap::new(),
            bytes: 0,
            films: 0,
            dicom_files: 0,
        })
    }

    /// `bytes`: the film's file.
    ///
    /// # Errors
    /// What the loader would not take, or what `W` says.
    pub fn add(&mut self, film: Entry, bytes: &[u8]) -> Result<(), WriteError> {
        let class = film.class;
        let folder = self.folders.get(class).cloned();
        let folder = folder.ok_or(WriteError::NoSuchClass { class })?;
        let path = self.store(&folder, film.name, bytes)?;
        let patient = film.patient.map(|patient| {
            let next = self.patients.len() + 1;
            let number = self.patients.entry(patient.to_owned()).or_insert(next);
            number.to_string()
        });
        let part = film.part.map(|part| match part {
            Subset::Train => "train",
            Subset::Validation => "validation",
            Subset::Test => "test",
        });
        if patient.is_some() || part.is_some() {
            self.list.films.push(WrittenFilm {
                path,
                patient,
                part,
            });
        }
        Ok(())
    }

    /// A film of no class, to try the trained network on.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_odd(&mut self, key: &str, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = self.store(ODD, name, bytes)?;
        let key = key.to_owned();
        self.list.odd.push(WrittenOdd { path, key });
        Ok(())
    }

    /// How many of the files so far are DICOM files, which name their patients unless somebody has taken the names out.
    pub fn dicom_files(&self) -> usize {
        self.dicom_files
    }

    /// Bytes of the films so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes what the zip ends with, and gives back what it was written to.
    ///
    /// # Errors
    /// What `W` says.
    pub fn finish(mut self) -> Result<W, WriteError> {
        let list = serde_json::to_vec_pretty(&self.list).map_err(unwritable)?;
        let options = options(CompressionMethod::Stored);
        self.zip
            .start_file(list::NAME, options)
            .map_err(unwritable)?;
        self.zip.write_all(&list).map_err(unwritable)?;
        self.zip.finish().map_err(unwritable)
    }

    /// The path of the file in the pack.
    fn store(&mut self, folder: &str, name: &str, bytes: &[u8]) -> Result<String, WriteError> {
        let size = bytes.len() as u64;
        if self.films == MAX_FILMS {
            return Err(WriteError::TooManyFilms { limit: MAX_FILMS });
        }
        if size > MAX_FILE {
            return Err(too_large(MAX_FILE));
        }
        if self.bytes + size > MOST_BYTES {
            return Err(too_large(MOST_BYTES));
        }
        let name = self.names.take(folder, &film_name(name, bytes));
        let path = format!("{folder}/{name}");
        // Films are compressed already.
        let options = options(CompressionMethod::Stored);
        self.zip.start_file(&*path, options).map_err(unwritable)?;
        self.zip.write_all(bytes).map_err(unwritable)?;
        self.bytes += size;
        self.films += 1;
        self.dicom_files += usize::from(is_dicom(bytes));
        Ok(path)
    }
}

/// Of all films: what the loader unpacks, less 16 MB for `pack.json`. A zip of this size needs none of the fields of 64 bits.
const MOST_BYTES: u64 = MAX_TOTAL - (16 << 20);

fn options(method: CompressionMethod) -> SimpleFileOptions {
    // The same films give the same bytes: no clock is read.
    let options = SimpleFileOptions::default().compression_method(method);
    options.last_modified_time(zip::DateTime::default())
}

fn too_large(limit: u64) -> WriteError {
    WriteError::TooLarge {
        limit_mb: limit >> 20,
    }
}

fn unwritable(detail: impl ToString) -> WriteError {
    WriteError::Unwritable {
        detail: detail.to_string(),
    }
}
