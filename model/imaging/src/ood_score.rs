//! Which training films a film is like, by what the backbone makes of them.

use crate::insight::{EmbeddingMap, Neighbour, OodScore};
use metrics::{
    embedding::{EmbeddingError, Plane},
    neighbours::{self, NEIGHBOURS, NeighbourError, TrainingSpread},
};

/// The training films of a run, to compare others with.
#[derive(Clone, Debug)]
pub struct Trained {
    /// Their numbers in the data.
    samples: Vec<usize>,
    spread: TrainingSpread,
}

impl Trained {
    /// Of the training films' numbers in the data and their embeddings, `[n][embedding]`.
    ///
    /// # Errors
    /// [`NeighbourError`] when there are fewer than two films, or their embeddings make no sense.
    pub fn fit<F: AsRef<[f32]>>(
        samples: Vec<usize>,
        embeddings: &[F],
    ) -> Result<Self, NeighbourError> {
        let spread = TrainingSpread::fit(embeddings)?;
        Ok(Self { samples, spread })
    }

    /// How like the training films a film of this embedding is. `sample` is its number in the data, if it
    /// has one: a training film is compared with the others.
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
        Ok(OodScore {
            neighbours: nearest.iter().map(neighbour).collect(),
            distance: distance as f32,
            rank: self.spread.percentile(distance) as f32,
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
