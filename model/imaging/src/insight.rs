//! What can be learnt about a trained network beyond its answers: plain data, without tensors.

use serde::{Deserialize, Serialize};

/// Where a network looked when it weighed one class for one film.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    pub width: usize,
    pub height: usize,
    /// Row-major over the square that the network sees, 0 to 1; 1 is the film's own strongest place.
    /// All 0 when no place speaks for the class.
    pub values: Vec<f32>,
    /// What the network gives the class for the whole film.
    pub probability: f32,
}

impl HeatMap {
    /// Pearson's correlation with another map, -1 to 1; `None` where one is the same everywhere, or their sizes differ.
    pub fn correlation(&self, other: &Self) -> Option<f64> {
        let n = self.values.len();
        if n == 0 || n != other.values.len() {
            return None;
        }
        let mean = |map: &Self| map.values.iter().map(|&v| f64::from(v)).sum::<f64>() / n as f64;
        let (mean_own, mean_other) = (mean(self), mean(other));
        let (mut both, mut own, mut others) = (0.0, 0.0, 0.0);
        for (&a, &b) in self.values.iter().zip(&other.values) {
            let (a, b) = (f64::from(a) - mean_own, f64::from(b) - mean_other);
            both += a * b;
            own += a * a;
            others += b * b;
        }
        let scale = (own * others).sqrt();
        (scale > 0.0).then(|| both / scale)
    }
}

/// The networks whose heat maps are compared: a map that stays the same while what was learnt is
/// destroyed does not show what was learnt (Adebayo 2018, arXiv 1810.03292).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SanityCheck {
    /// As it was trained.
    Trained,
    /// Its backbone below a head of random weights.
    RandomHead,
    /// Random weights everywhere.
    RandomNetwork,
    /// Trained anew by the same recipe, with the classes of the training films shuffled, until it knows them by heart.
    ShuffledLabels,
}

/// The share of its training films that a network answers by shuffled labels, from which on it knows them: as in Adebayo 2018.
pub const KNOWN_BY_HEART: f64 = 0.95;

impl SanityCheck {
    pub const ALL: [Self; 4] = [
        Self::Trained,
        Self::RandomHead,
        Self::RandomNetwork,
        Self::ShuffledLabels,
    ];
}

/// A training film and how far it is, in the space of features.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    pub sample: usize,
    /// From 0, the same, to 2, the opposite: Euclidean, between features of length 1.
    pub distance: f32,
}

/// How like the training films a film is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OodScore {
    /// The nearest training films, nearest first.
    pub neighbours: Vec<Neighbour>,
    /// Mean distance to them.
    pub distance: f32,
    /// Share of the training films that lie nearer to those of other patients than this film does to all, 0 to 1: at 1 it is
    /// farther out than every one of them. Where patients are not known, of those that lie nearer to the other training films.
    pub rank: f32,
}

impl OodScore {
    /// Whether the film lies farther out than `percent` of the training films, so that the network should rather
    /// abstain than answer. At 100 it must lie farther out than all. A rank that is not a number is farthest out.
    pub fn abstains(&self, percent: u8) -> bool {
        self.rank.is_nan() || self.rank >= f32::from(percent) / 100.0
    }
}

/// A map of all films by what the backbone makes of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmbeddingMap {
    /// First two principal components of the features, one pair a film.
    pub places: Vec<[f32; 2]>,
    /// Share of the variance that each of the two explains.
    pub explained: [f32; 2],
    /// One a film, among the training films other than itself.
    pub ood_score: Vec<OodScore>,
}

/// What is painted over on a film.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mask {
    /// Cells along a side of the square that the network sees.
    pub cells: usize,
    /// Row-major, `cells * cells`.
    pub painted: Vec<bool>,
}
