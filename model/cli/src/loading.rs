//! Films from a folder or a zip.

use std::{fs, path::Path, rc::Rc};

use imaging::{
    dataset::Dataset,
    dicom::OwnReader,
    pack::{Answers, FolderSource, LoadError, Loader, Source, ZipSource},
};

use crate::Problem;

/// Reads a folder or a zip of films, and says what it leaves out.
///
/// # Errors
/// A sentence on why nothing is left.
pub fn load(
    path: &Path,
    answers: &Answers,
    finish: impl FnOnce(Loader<Box<dyn Source>>) -> Result<Dataset, LoadError>,
) -> Result<Dataset, Problem> {
    let source: Result<Box<dyn Source>, LoadError> = if path.is_dir() {
        Ok(Box::new(FolderSource::open(path)?))
    } else {
        let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        ZipSource::open(bytes).map(|zip| Box::new(zip) as Box<dyn Source>)
    };
    let loaded = source.and_then(|source| Loader::new(source, answers));
    let loaded = loaded.map(|mut loader| {
        loader.read_dicom_with(Rc::new(OwnReader));
        loader
    });
    let mut dataset = loaded.and_then(finish).map_err(|error| {
        for skipped in error.problems() {
            println!("left out {}: {}", skipped.path, skipped.error);
        }
        format!("{}: {error}", path.display())
    })?;
    for skipped in dataset.skipped.drain(..) {
        println!("left out {}: {}", skipped.path, skipped.error);
    }
    println!(
        "{}: {} films of {:?}",
        path.display(),
        dataset.samples.len(),
        dataset.classes
    );
    Ok(dataset)
}
