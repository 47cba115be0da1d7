//! Random numbers that are the same on every machine.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use sha2::{Digest, Sha256};

pub struct Random(ChaCha8Rng);

impl Random {
    /// A stream of its own for each name.
    pub fn named(name: &str) -> Self {
        Self(ChaCha8Rng::from_seed(Sha256::digest(name).into()))
    }

    /// Evenly between `low` and `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
        low + (high - low) * ((self.0.next_u64() >> 11) as f64 * UNIT)
    }

    /// From the normal distribution of mean 0, by the method of Box and Muller
    /// (doi 10.1214/aoms/1177706645), with `libm` because each system's own logarithm differs.
    pub fn normal(&mut self, deviation: f64) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.between(0.0, 1.0))).sqrt();
        deviation * radius * libm::cos(std::f64::consts::TAU * self.between(0.0, 1.0))
    }

    /// Normal, drawn again until within two deviations.
    pub fn mild(&mut self, deviation: f64) -> f64 {
        loop {
            let drawn = self.normal(deviation);
            if drawn.abs() <= 2.0 * deviation {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_normal_and_repeatable() {
        let draw = || {
            let mut random = Random::named("test");
            (0..4000).map(|_| random.normal(2.0)).collect::<Vec<f64>>()
        };
        let drawn = draw();
        assert_eq!(drawn, draw());
        let mean = drawn.iter().sum::<f64>() / 4000.0;
        let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4000.0;
        assert!(mean.abs() < 0.1, "{mean}");
        assert!((variance - 4.0).abs() < 0.4, "{variance}");
    }
}
