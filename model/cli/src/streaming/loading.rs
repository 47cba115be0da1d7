//! A folder or a zip of films, loaded without their pixels.

use std::path::Path;

use imaging::{
    dataset::Dataset,
    pack::{Answers, Found, LoadError, Loader, Source},
    tools::Toolbox,
};

use super::{
    MOST_FILMS,
    cache::Cache,
    films::{Films, Shared},
    gists::{ReadFiles, Told},
};
use crate::{
    Problem,
    loading::{Guesses, open, said, sorted},
};

/// Loads a folder or a zip, and says what it leaves out. The dataset's films are one black pixel each; [`Loaded::films`] has them.
///
/// # Errors
/// A sentence on why nothing is left.
pub fn load(
    path: &Path,
    answers: &Answers,
    guesses: Guesses,
    cache: &Cache,
    finish: impl FnOnce(Loader<Box<dyn Source>>) -> Result<Dataset, LoadError>,
) -> Result<Loaded, Problem> {
    let source = open(path)?.map_err(|error| format!("{}: {error}", path.display()))?;
    let source = Shared::new(source);
    let read = ReadFiles::default();
    let loader = sorted(answers, guesses, |answers| {
        let own: Box<dyn Source> = Box::new(source.clone());
        let found = Found::of_at_most(own, MOST_FILMS)?;
        found.sorted(answers, Some(&mut Toolbox::default()))
    });
    let loader = loader.map(|mut loader| {
        let told = Told::of(&source, &loader.files_left(), cache, read.clone());
        loader.without_pixels(Box::new(told));
        loader
    });
    let dataset = said(path, loader.and_then(finish))?;
    Ok(Loaded {
        dataset,
        source,
        read,
    })
}

/// What was loaded; its dataset may be changed before the films are taken.
pub struct Loaded {
    pub dataset: Dataset,
    source: Shared,
    read: ReadFiles,
}

impl Loaded {
    /// The dataset, and its films.
    ///
    /// # Errors
    /// A fault of the program, see [`Films`].
    pub fn films(self) -> Result<(Dataset, Films), Problem> {
        let films = Films::of(self.source, &self.dataset, &self.read)?;
        Ok((self.dataset, films))
    }
}
