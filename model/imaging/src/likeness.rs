//! Which training films a film is like, by what the backbone makes of them.

use crate::insight::{Atlas, Likeness, Neighbour};
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
    /// Of the training films' numbers in the data and their readings, `[n][reading]`.
    ///
    /// # Errors
    /// [`NeighbourError`] when there are fewer than two films, or their readings make no sense.
    pub fn fit<F: AsRef<[f32]>>(
        samples: Vec<usize>,
        readings: &[F],
    ) -> Result<Self, NeighbourError> {
        let spread = TrainingSpread::fit(readings)?;
        Ok(Self { samples, spread })
    }

    /// How like the training films a film of this reading is. `sample` is its number in the data, if it
    /// has one: a training film is compared with the others.
    ///
    /// # Errors
    /// [`NeighbourError`] when the reading makes no sense.
    pub fn likeness(
        &self,
        reading: &[f32],
        sample: Option<usize>,
    ) -> Result<Likeness, NeighbourError> {
        let own = sample.and_then(|sample| self.samples.iter().position(|own| *own == sample));
        let k = NEIGHBOURS.min(self.samples.len() - 1);
        let nearest = match own {
            Some(own) => self.spread.nearest_others(own, k),
            None => self.spread.nearest(reading, k)?,
        };
        let sum: f64 = nearest.iter().map(|near| near.distance).sum();
        let distance = sum / nearest.len() as f64;
        let neighbour = |near: &neighbours::Neighbour| Neighbour {
            sample: self.samples[near.film],
            distance: near.distance as f32,
        };
        Ok(Likeness {
            neighbours: nearest.iter().map(neighbour).collect(),
            distance: distance as f32,
            rank: self.spread.percentile(distance) as f32,
        })
    }

    /// A map of all films of the data from their readings, `[n][reading]`.
    ///
    /// # Errors
    /// A sentence when the readings make no sense, or do not differ.
    pub fn atlas<F: AsRef<[f32]>>(&self, readings: &[F]) -> Result<Atlas, String> {
        let flat = |error: EmbeddingError| error.to_string();
        let plane = Plane::fit(readings).map_err(flat)?;
        let mut atlas = Atlas {
            places: Vec::with_capacity(readings.len()),
            explained: plane.explained.map(|share| share as f32),
            likeness: Vec::with_capacity(readings.len()),
        };
        for (sample, reading) in readings.iter().enumerate() {
            let place = plane.place(reading.as_ref()).map_err(flat)?;
            atlas.places.push(place.map(|along| along as f32));
            let likeness = self.likeness(reading.as_ref(), Some(sample));
            atlas
                .likeness
                .push(likeness.map_err(|error| error.to_string())?);
        }
        Ok(atlas)
    }
}
