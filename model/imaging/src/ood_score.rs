//! Which training films a film is like, by what the backbone makes of them.

use crate::insight::{EmbeddingMap, Neighbour, OodScore};
use metrics::{
    embedding::{EmbeddingError, Plane},
    neighbours::{self, NEIGHBOURS, NeighbourError, TrainingSpread},
};

/// Groups of the training films by their patients, one number a film; a film of an unknown patient is a group of its own. `None`
/// where no patient is known, or there is one alone: nothing tells then how far apart patients lie.
pub fn by_patient<'a>(patients: impl IntoIterator<Item = Option<&'a str>>) -> Option<Vec<usize>> {
    let patients: Vec<Option<&str>> = patients.into_iter().collect();
    let first_of = |(at, patient): (usize, &Option<&str>)| match patient {
        Some(_) => patients.iter().position(|other| other == patient),
        None => Some(at),
    };
    let groups: Option<Vec<usize>> = patients.iter().enumerate().map(first_of).collect();
    let told = patients.iter().any(Option::is_some);
    groups.filter(|groups| told && groups.iter().any(|&group| group != 0))
}

/// The training films of a run, to compare others with.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Their numbers in the data.
    samples: Vec<usize>,
    spread: TrainingSpread,
}

impl Trained {
    /// Of the training films' numbers in the data, their embeddings, `[n][embedding]`, and their groups by patient, `[n]`, as
    /// [`by_patient`] makes them; without, each is measured by all others.
    ///
    /// # Errors
    /// [`NeighbourError`] when there are fewer than two films or groups, or their embeddings make no sense.
    pub fn fit<F: AsRef<[f32]>>(
        samples: Vec<usize>,
        embeddings: &[F],
        by_patient: Option<&[usize]>,
    ) -> Result<Self, NeighbourError> {
        let spread = match by_patient {
            Some(groups) => TrainingSpread::fit_across(embeddings, groups)?,
            None => TrainingSpread::fit(embeddings)?,
        };
        Ok(Self { samples, spread })
    }

    /// How like the training films a film of this embedding is. `sample` is its number in the data, if it
    /// has one: a training film has its neighbours among the others, of its patient too, and its rank by those of other patients.
    ///
    /// # Errors
    /// [`NeighbourError`] when the embedding makes no sense.
    pub fn ood_score(
        &self,
        embedding: &[f32],
        sample: Option<usize>,
    ) -> Result<OodScore, NeighbourError> {
        let own = sample.and_then(|sample| self.samples.iter().position(|own| *own == sample));
        let k = NEIGHBOURS.min(self.samples.len() - 1);
        let nearest = match own {
            Some(own) => self.spread.nearest_others(own, k),
            None => self.spread.nearest(embedding, k)?,
        };
        let sum: f64 = nearest.iter().map(|near| near.distance).sum();
        let distance = sum / nearest.len() as f64;
        let neighbour = |near: &neighbours::Neighbour| Neighbour {
            sample: self.samples[near.film],
            distance: near.distance as f32,
        };
        let ranked = own.map_or(distance, |own| self.spread.own_distance(own));
        Ok(OodScore {
            neighbours: nearest.iter().map(neighbour).collect(),
            distance: distance as f32,
            rank: self.spread.percentile(ranked) as f32,
        })
    }

    /// A map of all films of the data from their embeddings, `[n][embedding]`.
    ///
    /// # Errors
    /// A sentence when the embeddings make no sense, or do not differ.
    pub fn embedding_map<F: AsRef<[f32]>>(&self, embeddings: &[F]) -> Result<EmbeddingMap, String> {
        let flat = |error: EmbeddingError| error.to_string();
        let plane = Plane::fit(embeddings).map_err(flat)?;
        let mut embedding_map = EmbeddingMap {
            places: Vec::with_capacity(embeddings.len()),
            explained: plane.explained.map(|share| share as f32),
            ood_score: Vec::with_capacity(embeddings.len()),
        };
        for (sample, embedding) in embeddings.iter().enumerate() {
            let place = plane.place(embedding.as_ref()).map_err(flat)?;
            embedding_map.places.push(place.map(|along| along as f32));
            let ood_score = self.ood_score(embedding.as_ref(), Some(sample));
            embedding_map
                .ood_score
                .push(ood_score.map_err(|error| error.to_string())?);
        }
        Ok(embedding_map)
    }
}
