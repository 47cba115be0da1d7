//! The golden file that reference/metrics.py wrote, and how to compare with it.

use std::{fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

/// Both sides compute in 64 bit; the file has 12 digits.
pub const ROUNDING: f64 = 1e-10;

/// Where probabilities are 32 bit on our side.
pub const SINGLE: f64 = 1e-6;

/// One part of `../reference/metrics.json`.
pub fn golden<T: DeserializeOwned>(part: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../reference/metrics.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut parts: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(parts[part].take()).unwrap_or_else(|error| panic!("{part}: {error}"))
}

/// Fails unless the two are at most `tolerance` apart.
#[track_caller]
pub fn assert_near(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: {found} instead of {expected}, {tolerance:.0e} allowed"
    );
}

/// Fails unless all are.
#[track_caller]
pub fn assert_all_near(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}: numbers");
    for (at, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        assert_near(&format!("{what}, {at}"), found, expected, tolerance);
    }
}

/// Three classes, `truth` `[n]`, `probabilities` `[n][3]`.
#[derive(Deserialize)]
pub struct Classes {
    pub truth: Vec<usize>,
    pub probabilities: Vec<Vec<f32>>,
    pub confusion: Vec<Vec<usize>>,
    pub precision: Vec<f64>,
    pub recall: Vec<f64>,
    pub f1: Vec<f64>,
    pub balanced_accuracy: f64,
    pub brier: f64,
    pub log_loss: f64,
    pub expected_calibration_error: f64,
    pub temperature: f64,
    pub loss_at_temperature: f64,
}

/// Two scores of the same films, all `[n]`, with many ties.
#[derive(Deserialize)]
pub struct Curves {
    pub labels: Vec<bool>,
    pub first: Vec<f64>,
    pub second: Vec<f64>,
    pub chances: Vec<f64>,
    pub roc: RocGolden,
    pub precision_recall: PrecisionRecallGolden,
    pub average_precision: f64,
    pub auc: f64,
    pub standard_error: f64,
    pub interval: [f64; 2],
    pub comparison: Comparison,
    pub brier: f64,
    pub bins: Vec<BinGolden>,
}

#[derive(Deserialize)]
pub struct RocGolden {
    pub thresholds: Vec<f64>,
    pub sensitivity: Vec<f64>,
    pub false_alarms: Vec<f64>,
}

#[derive(Deserialize)]
pub struct PrecisionRecallGolden {
    pub thresholds: Vec<f64>,
    pub precision: Vec<f64>,
    pub recall: Vec<f64>,
}

#[derive(Deserialize)]
pub struct Comparison {
    pub difference: f64,
    pub standard_error: f64,
    pub interval: [f64; 2],
    pub p: f64,
}

#[derive(Deserialize)]
pub struct BinGolden {
    pub n: usize,
    pub hits: usize,
    pub predicted: f64,
}

/// Training films and others, `[n][24]`, and what is near them.
#[derive(Deserialize)]
pub struct Features {
    pub training: Vec<Vec<f32>>,
    pub others: Vec<Vec<f32>>,
    pub nearest: Vec<Vec<usize>>,
    pub distances: Vec<Vec<f64>>,
    pub percentiles: Vec<f64>,
    pub explained: Vec<f64>,
    pub places: Vec<[f64; 2]>,
    pub other_places: Vec<[f64; 2]>,
}
