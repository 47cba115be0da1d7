//! What the network of a run makes of films.

use super::{Run, features_of, lost};
use crate::features::{FeatureSource, Features, View};
use imaging::{
    film::Film,
    report::{TestFilm, TestReport, TrainError},
    split::Subset,
};
use metrics::scores;

/// Films that are judged together; small enough to stay in the processor's cache.
const JUDGED_TOGETHER: usize = 16;

impl Run {
    /// Judges the films of a part as they are. For [`Subset::Test`] this opens the locked films.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails, [`TrainError::Missing`] when the store lacks a film of the part.
    pub async fn score(
        &self,
        part: Subset,
        store: &dyn FeatureSource,
    ) -> Result<TestReport, TrainError> {
        let members = self.members(part);
        let probabilities = self.predict_stored(&members, store).await?;
        Ok(self.report(&members, probabilities))
    }

    /// Probabilities of the classes for any film.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn classify(&self, film: &Film) -> Result<Vec<f32>, TrainError> {
        let side = self.settings.film_side;
        let features = self.extractor.extract(&film.input(side)).await?;
        let predicted = self.predict(&[&features]).await?;
        predicted.into_iter().next().ok_or_else(lost)
    }

    /// What the frozen part makes of an input of `side * side` grey values.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn features(&self, input: &[f32]) -> Result<Features, TrainError> {
        self.extractor.extract(input).await
    }

    /// Probabilities of the classes, a row for each film's features.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device fails.
    pub async fn predict(&self, films: &[&Features]) -> Result<Vec<Vec<f32>>, TrainError> {
        let trainable = self.trainable()?;
        let mut predicted = Vec::with_capacity(films.len());
        for chunk in films.chunks(JUDGED_TOGETHER) {
            let side = self.settings.film_side;
            predicted.extend(trainable.predict(chunk, side, &self.device).await?);
        }
        Ok(predicted)
    }

    /// The report of films that were judged, by their numbers in the data.
    pub fn report(&self, samples: &[usize], probabilities: Vec<Vec<f32>>) -> TestReport {
        let truth: Vec<usize> = samples.iter().map(|&sample| self.class(sample)).collect();
        let patients = self.films.patients_of(samples);
        let scores = scores(self.films.classes.len(), &truth, &probabilities, patients);
        let films = samples
            .iter()
            .zip(probabilities)
            .map(|(&sample, probabilities)| TestFilm {
                sample,
                class: self.class(sample),
                probabilities,
            })
            .collect();
        TestReport { films, scores }
    }

    /// Probabilities of films as they are.
    pub(super) async fn predict_stored(
        &self,
        samples: &[usize],
        store: &dyn FeatureSource,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        let mut predicted = Vec::with_capacity(samples.len());
        for chunk in samples.chunks(JUDGED_TOGETHER) {
            let views = chunk.iter().map(|&sample| View { sample, view: 0 });
            let features = features_of(store, views)?;
            let features: Vec<&Features> = features.iter().map(|one| &**one).collect();
            predicted.extend(self.predict(&features).await?);
        }
        Ok(predicted)
    }
}
