//! Accuracy in other patients.

use metrics::{
    Proportion,
    patients::{OverPatients, share_over_patients},
};

use crate::{
    Tally,
    draw::{alike_hits, seeded},
    samples,
};

/// Correlation of two images of a patient.
const ALIKE: f64 = 0.3;

/// How often the interval over patients holds the share, and the one that takes images for independent.
fn coverage(patients: usize, images: usize, share: f64) -> [Tally; 2] {
    let mut rng = seeded(2);
    let mut held = [Tally::default(); 2];
    for _ in 0..samples() {
        let hits: Vec<usize> = (0..patients)
            .map(|_| alike_hits(&mut rng, images, share, ALIKE))
            .collect();
        let image = |(patient, &hits): (usize, &usize)| {
            (0..images).map(move |image| (image < hits, patient))
        };
        let (right, of): (Vec<bool>, Vec<usize>) = hits.iter().enumerate().flat_map(image).unzip();
        let OverPatients::Interval { interval, .. } = share_over_patients(&right, &of) else {
            panic!("{patients} patients are enough");
        };
        held[0].count((interval.low..=interval.high).contains(&share));
        let over_images = Proportion::new(hits.iter().sum(), patients * images);
        held[1].count((over_images.low..=over_images.high).contains(&share));
    }
    held
}

#[test]
fn accuracy_in_other_patients_is_held_95_times_in_100() {
    for patients in [10, 15, 20, 30] {
        for images in [5, 20] {
            for share in [0.7, 0.85, 0.95] {
                let [over_patients, _] = coverage(patients, images, share);
                let situation = format!("{patients} patients, {images} images each, {share}");
                over_patients.told(&situation, 0.94, 0.98);
            }
            // Here most samples have one patient with errors, or none.
            let [over_patients, _] = coverage(patients, images, 0.98);
            let situation = format!("{patients} patients, {images} images each, 0.98");
            over_patients.told(&situation, 0.92, 0.98);
        }
    }
}

/// Why the page does not take an interval over images for one over patients.
#[test]
fn an_interval_over_images_misses_accuracy_in_other_patients() {
    for (images, low, high) in [(5, 0.75, 0.9), (20, 0.5, 0.65)] {
        let [_, over_images] = coverage(10, images, 0.85);
        let situation = format!("over images: 10 patients, {images} images each, 0.85");
        over_images.told(&situation, low, high);
    }
}
