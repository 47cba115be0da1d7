//! What other libraries are given to do the same is what ours do.

use benchmark::{Exercise, Recipe};
use burn::tensor::Device;
use mobilenet::weights::Weights;

const SCRIPT: &str = include_str!("../../../e2e/bench/webgpu.mjs");
const WEIGHTS: &[u8] = include_bytes!("../../../public/weights/mobilenetv2.safetensors");

#[test]
fn the_script_beside_webgpu_has_our_sizes() {
    let weights = Weights::parse(WEIGHTS).expect("our own weights");
    let device = Device::flex();
    let exercise = Exercise::new(Recipe::FineTuningStep, weights, &device).expect("a run");
    let own = exercise.sizes();
    let line = format!(
        "training: {}, validation: {}, batch: {}, classes: {}, side: {}, unfrozen: {}",
        own.training_films,
        own.validation_films,
        own.batch_size,
        own.classes,
        own.side,
        own.unfrozen
    );
    assert!(SCRIPT.contains(&line), "{line}");
}
