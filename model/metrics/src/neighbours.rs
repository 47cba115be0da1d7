//! Films that look alike to the network, and films that look like none of the training films.
//!
//! Features are brought to length 1 and compared by Euclidean distance, 0 to 2: the square is 2 less twice
//! the cosine, so that the order is that of the angle, whatever the brightness of a film adds to all features.
//! The rule is that of Sun et al. (2022), "Out-of-distribution detection with deep nearest neighbors",
//! arXiv 2204.06507, with the mean of a few distances in place of the last one.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How many neighbours a film is judged by.
pub const NEIGHBOURS: usize = 5;

/// Sums that are kept at once, so that a processor can add them side by side.
const LANES: usize = 8;

/// Why there is nothing to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum NeighbourError {
    #[error("at least two training films are needed")]
    TooFew,
    /// Films with different numbers of features.
    #[error("the films do not have equally many features")]
    Uneven,
    #[error("a feature is not a number")]
    NotANumber,
}

/// A training film and how far away it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Index into the training films.
    pub film: usize,
    /// 0 to 2.
    pub distance: f64,
}

/// The training films as the network sees them.
#[derive(Clone, Debug)]
pub struct TrainingSpread {
    /// Of length 1 each; `[n][features]`
    films: Vec<Vec<f32>>,
    /// Mean distance of each film to its neighbours among those of other groups; `[n]`
    distances: Vec<f64>,
    /// The same, ascending.
    ascending: Vec<f64>,
}

impl TrainingSpread {
    /// Of the features of the training films, `[n][features]`, at least two: how far each lies from the others. Every pair is
    /// compared once: n^2 / 2 x features multiplications.
    ///
    /// # Errors
    /// [`NeighbourError`] when there is nothing to compare with.
    pub fn fit<F: AsRef<[f32]>>(training: &[F]) -> Result<Self, NeighbourError> {
        let each_its_own: Vec<usize> = (0..training.len()).collect();
        Self::fit_across(training, &each_its_own)
    }

    /// The same, of how far each lies from those of other `groups`, `[n]`, of which there are at least two. Films of one patient
    /// resemble each other more than any film of another patient resembles them: by distances among all films, whoever comes
    /// next would be unlike all that trained.
    ///
    /// # Errors
    /// [`NeighbourError`] when there is nothing to compare with.
    pub fn fit_across<F: AsRef<[f32]>>(
        training: &[F],
        groups: &[usize],
    ) -> Result<Self, NeighbourError> {
        if training.len() != groups.len() {
            return Err(NeighbourError::Uneven);
        }
        if groups.iter().all(|group| Some(group) == groups.first()) {
            return Err(NeighbourError::TooFew);
        }
        let features = training[0].as_ref().len();
        let films = training
            .iter()
            .map(|film| unit(film.as_ref(), features))
            .collect::<Result<Vec<_>, _>>()?;
        let mut nearest = vec![Nearest::new(NEIGHBOURS); films.len()];
        for (at, film) in films.iter().enumerate() {
            for (other, other_film) in films.iter().enumerate().skip(at + 1) {
                if groups[at] == groups[other] {
                    continue;
                }
                let distance = distance(film, other_film);
                nearest[at].offer(other, distance);
                nearest[other].offer(at, distance);
            }
        }
        let distances: Vec<f64> = nearest.iter().map(Nearest::mean).collect();
        let mut ascending = distances.clone();
        ascending.sort_by(f64::total_cmp);
        Ok(Self {
            films,
            distances,
            ascending,
        })
    }

    /// Mean distance of the training film `at` to its neighbours among those of other groups, 0 to 2.
    pub fn own_distance(&self, at: usize) -> f64 {
        self.distances[at]
    }

    /// The `k` training films nearest to one of these `features`, nearest first; a training film is its
    /// own nearest.
    pub fn nearest(&self, features: &[f32], k: usize) -> Result<Vec<Neighbour>, NeighbourError> {
        let film = unit(features, self.films[0].len())?;
        let mut nearest = Nearest::new(k);
        for (at, other) in self.films.iter().enumerate() {
            nearest.offer(at, distance(&film, other));
        }
        Ok(nearest.films)
    }

    /// The `k` nearest others of the training film `at`, nearest first.
    pub fn nearest_others(&self, at: usize, k: usize) -> Vec<Neighbour> {
        let mut nearest = Nearest::new(k);
        for (other, film) in self.films.iter().enumerate() {
            if other != at {
                nearest.offer(other, distance(&self.films[at], film));
            }
        }
        nearest.films
    }

    /// Share of the training films, 0 to 1, whose mean distance to their neighbours of other groups is less than `distance`.
    pub fn percentile(&self, distance: f64) -> f64 {
        let nearer = self.ascending.partition_point(|&other| other < distance);
        nearer as f64 / self.ascending.len() as f64
    }
}

/// The nearest so far, nearest first.
#[derive(Clone)]
struct Nearest {
    k: usize,
    films: Vec<Neighbour>,
}

impl Nearest {
    fn new(k: usize) -> Self {
        Self {
            k,
            films: Vec::new(),
        }
    }

    /// Of equally near films the first is kept.
    fn offer(&mut self, film: usize, distance: f64) {
        let place = self.films.partition_point(|near| near.distance <= distance);
        if place < self.k {
            self.films.truncate(self.k - 1);
            self.films.insert(place, Neighbour { film, distance });
        }
    }

    fn mean(&self) -> f64 {
        let sum: f64 = self.films.iter().map(|near| near.distance).sum();
        sum / self.films.len() as f64
    }
}

/// Brought to length 1; a film without any feature stays at 0.
fn unit(film: &[f32], features: usize) -> Result<Vec<f32>, NeighbourError> {
    if film.len() != features {
        return Err(NeighbourError::Uneven);
    }
    let squares: f64 = film.iter().map(|&feature| f64::from(feature).powi(2)).sum();
    if !squares.is_finite() {
        return Err(NeighbourError::NotANumber);
    }
    let length = if squares > 0.0 { squares.sqrt() } else { 1.0 };
    let share = |&feature: &f32| (f64::from(feature) / length) as f32;
    Ok(film.iter().map(share).collect())
}

/// Euclidean, of two films with equally many features.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0.0_f32; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    for (a, b) in a.remainder().iter().zip(b.remainder()) {
        sums[0] += (a - b).powi(2);
    }
    for (a, b) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += (a[lane] - b[lane]).powi(2);
        }
    }
    f64::from(sums.iter().sum::<f32>()).sqrt()
}
