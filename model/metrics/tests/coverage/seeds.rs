//! Means over seeds and over learners.

use metrics::{
    mean::{Mean, of_differences, of_shares},
    strata::{Stratum, effect},
};
use rand_chacha::ChaCha8Rng;

use crate::{
    Tally,
    draw::{alike_hits, seeded},
    samples,
};

/// The accuracies of `seeds` runs on `images` images: networks that differ by a standard deviation `apart` around `share`.
fn accuracies(
    rng: &mut ChaCha8Rng,
    seeds: usize,
    images: usize,
    share: f64,
    apart: f64,
) -> Vec<f64> {
    let correlation = apart * apart / (share * (1.0 - share));
    let run = |_| alike_hits(rng, images, share, correlation) as f64 / images as f64;
    (0..seeds).map(run).collect()
}

/// Of the samples that have an interval.
fn count(held: &mut Tally, found: Option<Mean>, truth: f64) {
    if let Some(interval) = found.and_then(|mean| mean.interval) {
        held.count((interval.low..=interval.high).contains(&truth));
    }
}

#[test]
fn the_accuracy_of_a_mean_network_is_held_95_times_in_100() {
    let levels = [
        (0.7, 0.05),
        (0.9, 0.03),
        (0.95, 0.02),
        (0.98, 0.01),
        (0.99, 0.01),
    ];
    for (seeds, most) in [(3, 1.0), (5, 0.99), (10, 0.98), (20, 0.98)] {
        for images in [38, 56] {
            for (share, apart) in levels {
                let mut rng = seeded(3);
                let mut held = Tally::default();
                for _ in 0..samples() {
                    let shares = accuracies(&mut rng, seeds, images, share, apart);
                    count(&mut held, of_shares(&shares), share);
                }
                let situation = format!("{seeds} seeds, {images} images, {share}");
                held.told(&situation, 0.94, most);
            }
        }
    }
}

#[test]
fn a_difference_of_two_conditions_is_held_95_times_in_100() {
    let pairs = [
        (0.9, 0.9, 0.03),
        (0.95, 0.9, 0.03),
        (0.98, 0.95, 0.02),
        (0.98, 0.98, 0.01),
        (0.99, 0.98, 0.01),
    ];
    for (seeds, most) in [(3, 1.0), (5, 0.98), (10, 0.97), (20, 0.97)] {
        for (from, to, apart) in pairs {
            let mut rng = seeded(4);
            let mut held = Tally::default();
            for _ in 0..samples() {
                let [before, after] =
                    [from, to].map(|share| accuracies(&mut rng, seeds, 38, share, apart));
                let differences: Vec<f64> = after
                    .iter()
                    .zip(before)
                    .map(|(to, from)| to - from)
                    .collect();
                count(&mut held, of_differences(&differences), to - from);
            }
            held.told(&format!("{seeds} seeds, {from} to {to}"), 0.93, most);
        }
    }
}

#[test]
fn an_effect_in_a_room_is_held_95_times_in_100() {
    for learners in [2, 3, 5, 10] {
        let mut rng = seeded(5);
        let mut held = Tally::default();
        for _ in 0..samples() {
            let arms = [0.98, 0.95, 0.97, 0.94]
                .map(|share| accuracies(&mut rng, learners, 38, share, 0.02));
            let [both, one, other, neither] = &arms;
            let strata = [
                Stratum {
                    with: both,
                    without: one,
                },
                Stratum {
                    with: other,
                    without: neither,
                },
            ];
            if let Some(interval) = effect(&strata).and_then(|effect| effect.interval) {
                held.count((interval.low..=interval.high).contains(&0.03));
            }
        }
        held.told(&format!("4 arms of {learners} learners"), 0.93, 0.97);
    }
}
