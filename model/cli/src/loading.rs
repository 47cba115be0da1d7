//! Films from a folder or a zip.

use std::{fs, path::Path, rc::Rc};

use imaging::{
    dataset::Dataset,
    pack::{Answers, FolderSource, LoadError, Loader, Source, ZipSource},
    reader::OwnReader,
};

use crate::Problem;

/// What becomes of tables, and of names, that seem to tell classes.
#[derive(Clone, Copy, Debug)]
pub enum Guesses {
    /// They are asked about, which ends the program.
    Ask,
    Accept,
    Ignore,
}

/// Reads a folder or a zip of films, and says what it leaves out.
///
/// # Errors
/// A sentence on why nothing is left.
pub fn load(
    path: &Path,
    answers: &Answers,
    guesses: Guesses,
    finish: impl FnOnce(Loader<Box<dyn Source>>) -> Result<Dataset, LoadError>,
) -> Result<Dataset, Problem> {
    let mut answers = answers.clone();
    let loaded = loop {
        let loaded = open(path)?.and_then(|source| Loader::new(source, &answers));
        let answer = match (&loaded, guesses) {
            (Ok(_), _) | (_, Guesses::Ask) => None,
            (Err(error), Guesses::Accept) => error.accepted(),
            (Err(error), Guesses::Ignore) => error.declined(),
        };
        match answer {
            Some(answer) => answers = answers.and(answer),
            None => break loaded,
        }
    };
    let loaded = loaded.map(|mut loader| {
        loader.read_formats_with(Rc::new(OwnReader));
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

/// A folder, or a zip.
fn open(path: &Path) -> Result<Result<Box<dyn Source>, LoadError>, Problem> {
    if path.is_dir() {
        return Ok(Ok(Box::new(FolderSource::open(path)?)));
    }
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ZipSource::open(bytes).map(|zip| Box::new(zip) as Box<dyn Source>))
}
