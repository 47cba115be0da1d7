//! Mean losses: why the page shows no interval of them.

use metrics::mean::of_differences;
use rand_chacha::ChaCha8Rng;

use crate::{
    Tally,
    draw::{hits, normal, seeded},
    samples,
};

/// Images enough for the truth.
const MANY: usize = 500_000;

/// The probability of the right class of an image: calibrated scores of two classes whose normal distributions are
/// `apart`, sharpened by `sharpness`.
fn probability(rng: &mut ChaCha8Rng, apart: f64, sharpness: f64) -> f64 {
    let label = hits(rng, 1, 0.5) as f64;
    let score = normal(rng) + apart * label;
    let logit = sharpness * (apart * score - apart * apart / 2.0);
    let of_second = 1.0 / (1.0 + (-logit).exp());
    let of_right = if label == 1.0 {
        of_second
    } else {
        1.0 - of_second
    };
    // As small as a probability gets in a log loss.
    of_right.max(1e-12)
}

fn brier(probability: f64) -> f64 {
    (1.0 - probability).powi(2)
}

fn log_loss(probability: f64) -> f64 {
    -probability.ln()
}

/// How often Student's interval holds the true mean.
fn coverage(loss: fn(f64) -> f64, images: usize, apart: f64, sharpness: f64) -> Tally {
    let mut rng = seeded(8);
    let mut draw = |n: usize| -> Vec<f64> {
        (0..n)
            .map(|_| loss(probability(&mut rng, apart, sharpness)))
            .collect()
    };
    let truth = draw(MANY).iter().sum::<f64>() / MANY as f64;
    let mut held = Tally::default();
    for _ in 0..samples() {
        let interval = of_differences(&draw(images)).and_then(|mean| mean.interval);
        held.count(interval.is_some_and(|ends| (ends.low..=ends.high).contains(&truth)));
    }
    held
}

#[test]
fn no_students_interval_holds_a_mean_loss_of_the_lesson() {
    // So far apart are the classes at an AUC of .98.
    let apart = 2.053_749 * 2.0_f64.sqrt();
    for (name, loss) in [
        ("Brier score", brier as fn(f64) -> f64),
        ("log loss", log_loss),
    ] {
        for images in [19, 38, 60] {
            for (sharpness, network) in [(1.0, "calibrated"), (2.0, "overconfident")] {
                let situation = format!("{name}, {images} images, AUC 0.98, {network}");
                coverage(loss, images, apart, sharpness).told(&situation, 0.5, 0.92);
            }
        }
    }
}
