//! The AUC of few images.

use metrics::auc::{AucSpread, auc};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::{
    Tally,
    draw::{normal, seeded},
    samples,
};

/// How the scores of images are distributed.
#[derive(Clone, Copy, Debug)]
enum Scores {
    /// Normal, equally wide in both classes.
    Normal,
    /// Normal, twice as wide among the positive images.
    Wide,
    /// Exponential.
    Exponential,
    /// All images are far on the right side, but for a few positive ones that score lowest: mistakes in the labels, say.
    Misplaced,
}

/// Normal deviates of these standard deviations whose means are so far apart have an AUC of .95 and .98:
/// the 95 % and 98 % points of the normal distribution.
const POINTS: [(f64, f64); 4] = [
    (0.8, 0.841_621),
    (0.9, 1.281_552),
    (0.95, 1.644_854),
    (0.98, 2.053_749),
];

impl Scores {
    /// Scores and labels of `n` positive and negative images with this AUC.
    fn draw(
        self,
        rng: &mut ChaCha8Rng,
        n: [usize; 2],
        (area, point): (f64, f64),
    ) -> (Vec<f64>, Vec<bool>) {
        let labels: Vec<bool> = (0..n[0] + n[1]).map(|image| image < n[0]).collect();
        let exponential = |rng: &mut ChaCha8Rng| -(1.0 - rng.random::<f64>()).ln();
        let score = |&label: &bool| match (self, label) {
            (Self::Normal, true) => point * 2.0_f64.sqrt() + normal(rng),
            (Self::Wide, true) => point * 5.0_f64.sqrt() + 2.0 * normal(rng),
            (Self::Normal | Self::Wide | Self::Misplaced, false) => normal(rng),
            (Self::Exponential, true) => area / (1.0 - area) * exponential(rng),
            (Self::Exponential, false) => exponential(rng),
            (Self::Misplaced, true) => {
                normal(rng) + if rng.random_bool(area) { 30.0 } else { -30.0 }
            }
        };
        let scores = labels.iter().map(score).collect();
        (scores, labels)
    }
}

/// Of the samples with an interval, which is all of them.
fn coverage(scores: Scores, n: [usize; 2], at: (f64, f64)) -> Tally {
    let mut rng = seeded(1);
    let mut held = Tally::default();
    for _ in 0..samples() {
        let (scores, labels) = scores.draw(&mut rng, n, at);
        let (AucSpread::DeLong { interval, .. } | AucSpread::Separated { interval, .. }) =
            auc(&scores, &labels).unwrap().spread
        else {
            panic!("two images or more of either kind, with different scores");
        };
        held.count((interval.low..=interval.high).contains(&at.0));
    }
    held
}

fn rows(scores: Scores, n: [usize; 2], low: f64, high: f64) {
    for at in POINTS {
        let [a, b] = n;
        let situation = format!("{scores:?}, {a} + {b} images, AUC {}", at.0);
        coverage(scores, n, at).told(&situation, low, high);
    }
}

#[test]
fn an_auc_of_the_lesson_is_held_95_times_in_100() {
    for n in [[19, 19], [32, 24], [30, 30]] {
        rows(Scores::Normal, n, 0.94, 0.98);
    }
    // Of fewer images, more often.
    for n in [[5, 5], [10, 10]] {
        rows(Scores::Normal, n, 0.95, 1.0);
    }
}

#[test]
fn an_auc_of_other_scores_is_held_nearly_as_often() {
    for scores in [Scores::Wide, Scores::Exponential, Scores::Misplaced] {
        for n in [[10, 10], [19, 19], [32, 24], [30, 30]] {
            rows(scores, n, 0.92, 1.0);
        }
    }
}
