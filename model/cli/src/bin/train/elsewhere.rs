//! The test on films of another folder.

use std::path::Path;

use cli::{
    Problem,
    arguments::Arguments,
    streaming::{Preparation, loading::load},
};
use imaging::{
    dataset::Dataset,
    pack::{FolderRole, fold},
    report::{TestFilm, TestReport},
};
use metrics::scores;
use training::{
    features::{FeatureSource, View},
    run::Run,
};

use crate::training::whole;

/// What the other films are compared and prepared with.
pub struct Elsewhere<'a> {
    pub arguments: &'a Arguments,
    pub trained_on: &'a Dataset,
    /// That of the films which were trained on.
    pub preparation: Preparation<'a>,
}

impl Elsewhere<'_> {
    /// Scores the network on films of another folder, whose classes have the same names; the names of the films come with it.
    ///
    /// # Errors
    /// A sentence when they cannot be loaded, or are of other classes.
    pub fn test(&self, run: &Run, folder: &Path) -> Result<(TestReport, Vec<String>), Problem> {
        let mut answers = self.arguments.answers();
        // A folder that holds films of one class only must not count as what lies around the classes.
        let classes = self.trained_on.classes.iter().cloned();
        answers
            .roles
            .extend(classes.map(|class| (class, FolderRole::Class)));
        let guesses = self.arguments.guesses();
        let depth = self.trained_on.depth;
        let loaded = load(folder, &answers, guesses, self.preparation.cache, |films| {
            films.finish_test(depth)
        })?;
        let (other, films) = loaded.films()?;
        let classes = other
            .samples
            .iter()
            .map(|film| self.class(&other.classes[film.class]));
        let truth = classes.collect::<Result<Vec<usize>, _>>()?;
        let preparation = Preparation {
            films: &films,
            ..self.preparation
        };
        let store = preparation.prepare(&whole(&films))?;
        let mut probabilities = Vec::with_capacity(truth.len());
        for sample in 0..films.n() {
            let features = store.features(View { sample, view: 0 });
            let features = features.map_err(|error| match store.problem() {
                Some(problem) => problem,
                None => error.to_string(),
            })?;
            probabilities.extend(pollster::block_on(run.predict(&[&features]))?);
        }
        let scores = scores(self.trained_on.classes.len(), &truth, &probabilities, None);
        let answered = truth.into_iter().zip(probabilities).enumerate();
        let films = answered.map(|(sample, (class, probabilities))| TestFilm {
            sample,
            class,
            probabilities,
        });
        let films = films.collect();
        let names = other.samples.iter().map(|sample| sample.name.clone());
        Ok((TestReport { films, scores }, names.collect()))
    }

    /// By its name, among those that the network knows.
    fn class(&self, name: &str) -> Result<usize, Problem> {
        let known = &self.trained_on.classes;
        let found = known.iter().position(|own| fold(own) == fold(name));
        found.ok_or_else(|| format!("the network knows no class {name}, only {known:?}").into())
    }
}
