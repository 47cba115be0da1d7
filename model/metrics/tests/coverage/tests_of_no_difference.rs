//! How often a test calls two equally good networks different.

use metrics::{
    auc::compare,
    paired::{Agreement, sign_flip_p},
};
use rand_chacha::ChaCha8Rng;

use crate::{
    Tally,
    draw::{hits, normal, seeded},
    samples,
};

const SIGNIFICANT: f64 = 0.05;

/// Images of a patient that the first network alone, and the second alone, answers rightly: it depends on the patient
/// which of them is better.
fn disagreements(rng: &mut ChaCha8Rng, images: usize) -> (usize, usize) {
    let disagree = hits(rng, images, 0.3);
    let favored = if hits(rng, 1, 0.5) == 1 { 0.8 } else { 0.2 };
    let first = hits(rng, disagree, favored);
    (first, disagree - first)
}

/// McNemar's test over images, and its like over patients.
fn rejected(patients: usize, images: usize) -> [Tally; 2] {
    let mut rng = seeded(6);
    let mut rejected = [Tally::default(); 2];
    for _ in 0..samples() {
        let of: Vec<(usize, usize)> = (0..patients)
            .map(|_| disagreements(&mut rng, images))
            .collect();
        let surpluses: Vec<i32> = of
            .iter()
            .map(|&(first, second)| first as i32 - second as i32)
            .collect();
        let agreement = Agreement {
            both_right: 0,
            only_first_right: of.iter().map(|(first, _)| first).sum(),
            only_second_right: of.iter().map(|(_, second)| second).sum(),
            both_wrong: 0,
        };
        rejected[0].count(agreement.p() < SIGNIFICANT);
        rejected[1].count(sign_flip_p(&surpluses) < SIGNIFICANT);
    }
    rejected
}

#[test]
fn over_patients_equal_networks_are_called_different_at_most_5_times_in_100() {
    for (patients, images) in [(10, 5), (10, 20), (30, 5)] {
        let [_, over_patients] = rejected(patients, images);
        let situation = format!("P over patients: {patients} patients, {images} images each");
        over_patients.told(&situation, 0.0, 0.05);
    }
}

/// Why the page gives no P over images where images of a patient are known to be alike.
#[test]
fn over_images_equal_networks_are_called_different_too_often() {
    for (patients, images, low, high) in [(5, 11, 0.1, 0.2), (10, 20, 0.2, 0.4)] {
        let [over_images, _] = rejected(patients, images);
        let situation = format!("McNemar over images: {patients} patients, {images} images each");
        over_images.told(&situation, low, high);
    }
}

/// DeLong's paired test, of two scores that correlate by one half.
#[test]
fn equal_rankings_are_called_different_at_most_5_times_in_100() {
    for (area, point) in [(0.9, 1.281_552), (0.95, 1.644_854)] {
        for n in [[19, 19], [32, 24]] {
            let mut rng = seeded(7);
            let mut rejected = Tally::default();
            let labels: Vec<bool> = (0..n[0] + n[1]).map(|image| image < n[0]).collect();
            for _ in 0..samples() {
                let (first, second): (Vec<f64>, Vec<f64>) = labels
                    .iter()
                    .map(|&label| {
                        let shared = normal(&mut rng) + if label { 2.0 * point } else { 0.0 };
                        (shared + normal(&mut rng), shared + normal(&mut rng))
                    })
                    .unzip();
                let test = compare(&first, &second, &labels).unwrap().test;
                rejected.count(test.is_some_and(|test| test.p < SIGNIFICANT));
            }
            let [a, b] = n;
            let situation = format!("DeLong's P: {a} + {b} images, AUC {area}");
            rejected.told(&situation, 0.0, 0.05);
        }
    }
}
