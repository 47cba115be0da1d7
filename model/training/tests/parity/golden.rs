//! The golden files that `../reference/network.py` wrote, its two formulas, and how to compare with them.

use std::{fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

/// Features of the film by the weights as they were trained, and by the folded and rounded ones.
#[derive(Deserialize)]
pub struct BackboneGolden {
    pub original: FeaturesGolden,
    pub folded: FoldedGolden,
}

#[derive(Deserialize)]
pub struct FeaturesGolden {
    pub pooled: Vec<f32>,
    pub grid: Vec<f32>,
}

#[derive(Deserialize)]
pub struct FoldedGolden {
    pub pooled: Vec<f32>,
    pub grid: Vec<f32>,
    pub stages: Vec<StageGolden>,
}

/// Output of one stage.
#[derive(Deserialize)]
pub struct StageGolden {
    pub mean: f32,
    pub deviation: f32,
    pub output: Sample,
}

/// Logits and gradients before the first step, then ten steps of Adam.
#[derive(Deserialize)]
pub struct TrainingGolden {
    pub learning_rate: f64,
    pub logits: Vec<f32>,
    /// Before each step.
    pub losses: Vec<f32>,
    pub parameters: Vec<ParameterGolden>,
}

#[derive(Deserialize)]
pub struct ParameterGolden {
    pub name: String,
    pub gradient: Sample,
    /// Norm of the change over all steps.
    pub moved: f32,
}

/// A tensor's norm and every `every`-th of its numbers, row-major.
#[derive(Deserialize)]
pub struct Sample {
    pub shape: Vec<usize>,
    norm: f32,
    every: usize,
    values: Vec<f32>,
}

impl Sample {
    pub fn norm(&self) -> f32 {
        self.norm
    }

    /// How many the tensor has.
    pub fn numbers(&self) -> usize {
        self.shape.iter().product()
    }

    pub fn assert_close(&self, what: &str, values: &[f32], tolerance: f64) {
        assert_eq!(
            values.len(),
            self.shape.iter().product::<usize>(),
            "{what}: numbers"
        );
        let sampled: Vec<f32> = values.iter().copied().step_by(self.every).collect();
        assert_close(what, &sampled, &self.values, tolerance);
        assert_close(
            &format!("{what}, norm"),
            &[norm(values.iter().copied())],
            &[self.norm],
            tolerance,
        );
    }
}

/// Reads `../reference/NAME.json`.
pub fn golden<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../reference/{name}.json"));
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A grey test film of `side` x `side`, row-major.
pub fn film(side: usize) -> Vec<f32> {
    let pixel = |x: usize, y: usize| ((7 * x + 13 * y + x * y % 31) % 256) as f32 / 255.0;
    (0..side * side)
        .map(|i| pixel(i % side, i / side))
        .collect()
}

/// Number `n` of the noise of this seed, from -1 to 1.
pub fn noise(seed: u32, n: usize) -> f64 {
    let mut h = (n as u32 + 1)
        .wrapping_mul(2_654_435_761)
        .wrapping_add(seed.wrapping_mul(2_246_822_519));
    h = (h ^ (h >> 16)).wrapping_mul(3_266_489_917);
    h ^= h >> 13;
    f64::from(h >> 8) / f64::from(1 << 23) - 1.0
}

/// The first `n` numbers of this seed, times `scale`.
pub fn noises(seed: u32, n: usize, scale: f64) -> Vec<f32> {
    (0..n).map(|i| (noise(seed, i) * scale) as f32).collect()
}

/// Fails unless the distance of the two is at most `tolerance` times the norm of `expected`.
pub fn assert_close(what: &str, found: &[f32], expected: &[f32], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}: numbers");
    let pairs = || {
        found
            .iter()
            .zip(expected)
            .map(|(found, expected)| (found - expected).abs())
    };
    let distance = f64::from(norm(pairs())) / f64::from(norm(expected.iter().copied()));
    let worst = pairs()
        .enumerate()
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
        .map_or(0, |(index, _)| index);
    println!("{what}: {distance:.1e} off, {tolerance:.0e} allowed");
    assert!(
        distance <= tolerance,
        "{what}: {distance:.1e} off, {tolerance:.0e} allowed; most at {worst}: {} instead of {}",
        found[worst],
        expected[worst],
    );
}

/// Euclidean norm.
pub fn norm(values: impl Iterator<Item = f32>) -> f32 {
    values
        .map(|value| f64::from(value).powi(2))
        .sum::<f64>()
        .sqrt() as f32
}

/// Cosine of the angle between two vectors.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let product: f64 = a
        .iter()
        .zip(b)
        .map(|(a, b)| f64::from(*a) * f64::from(*b))
        .sum();
    product / f64::from(norm(a.iter().copied())) / f64::from(norm(b.iter().copied()))
}
