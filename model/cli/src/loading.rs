//! Films from a folder or a zip.

use std::{fs, path::Path, rc::Rc};

use imaging::{
    dataset::Dataset,
    pack::{Answers, FolderSource, LoadError, Loader, Source, ZipSource, with_zips_open},
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
    finish: impl FnOnce(Loader<Box<dyn Source + Send>>) -> Result<Dataset, LoadError>,
) -> Result<Dataset, Problem> {
    let mut source = Some(open(path)?);
    let loaded = sorted(answers, guesses, |answers| {
        // A question takes the source along.
        let source = match source.take() {
            Some(source) => source,
            None => open(path).map_err(|_| LoadError::Empty)?,
        };
        Loader::new(source?, answers)
    });
    let loaded = loaded.map(|mut loader| {
        loader.read_formats_with(Rc::new(OwnReader));
        loader
    });
    said(path, loaded.and_then(finish))
}

/// Asks again with what is guessed, as long as there is a question and somebody has answered it beforehand.
pub(crate) fn sorted<S>(
    answers: &Answers,
    guesses: Guesses,
    mut sort: impl FnMut(&Answers) -> Result<Loader<S>, LoadError>,
) -> Result<Loader<S>, LoadError> {
    let mut answers = answers.clone();
    loop {
        let sorted = sort(&answers);
        let answer = match (&sorted, guesses) {
            (Ok(_), _) | (_, Guesses::Ask) => None,
            (Err(error), Guesses::Accept) => error.accepted(),
            (Err(error), Guesses::Ignore) => error.declined(),
        };
        match answer {
            Some(answer) => answers = answers.and(answer),
            None => return sorted,
        }
    }
}

/// Says what came of loading.
///
/// # Errors
/// A sentence on why nothing is left.
pub(crate) fn said(path: &Path, loaded: Result<Dataset, LoadError>) -> Result<Dataset, Problem> {
    let mut dataset = loaded.map_err(|error| {
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

/// A folder, or a zip, with the zips within them open.
///
/// # Errors
/// A sentence when there is nothing that can be read.
pub(crate) fn open(path: &Path) -> Result<Result<Box<dyn Source + Send>, LoadError>, Problem> {
    let said = |error| format!("{}: {error}", path.display());
    if path.is_dir() {
        let folder = FolderSource::open(path).map_err(said)?;
        return Ok(Ok(Box::new(with_zips_open(folder))));
    }
    let bytes = fs::read(path).map_err(said)?;
    Ok(ZipSource::open(bytes).map(|zip| Box::new(with_zips_open(zip)) as Box<dyn Source + Send>))
}
