//! Seeded draws.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A standard normal deviate: Box and Muller, Ann Math Stat 29:610-611 (1958), doi 10.1214/aoms/1177706645.
pub fn normal(rng: &mut ChaCha8Rng) -> f64 {
    // Never 0, of which there is no logarithm.
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.random::<f64>()).cos()
}

pub fn hits(rng: &mut ChaCha8Rng, n: usize, share: f64) -> usize {
    (0..n).filter(|_| rng.random_bool(share)).count()
}

/// Hits of `n` whose share is itself drawn, from a beta distribution with this mean, so that two of the `n` correlate
/// by `correlation`: Polya's urn.
pub fn alike_hits(rng: &mut ChaCha8Rng, n: usize, mean: f64, correlation: f64) -> usize {
    let weight = (1.0 - correlation) / correlation;
    let mut hits = 0;
    for drawn in 0..n {
        let chance = (mean * weight + hits as f64) / (weight + drawn as f64);
        hits += usize::from(rng.random_bool(chance));
    }
    hits
}
