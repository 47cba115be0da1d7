//! A graphics processor trains as the processor does, if only an emulated one: Mesa's lavapipe will do.
//!
//! `cargo test --release -p benchmark --features gpu --test losses`
#![cfg(feature = "gpu")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{fs, path::Path};

use benchmark::{Course, difference_from_cpu};
use mobilenet::weights::Weights;
use pollster::block_on;
use training::graphics_processor;

/// Between two losses of the same step.
const TOLERANCE: f32 = 2e-3;

#[test]
fn the_losses_are_those_of_the_processor() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/weights/mobilenetv2.safetensors");
    let weights = Weights::parse(&fs::read(file).unwrap()).unwrap();
    let (gpu, name) = graphics_processor::open().unwrap();
    println!("{name}");
    block_on(graphics_processor::tested(&gpu, &name)).unwrap();
    for course in Course::ALL {
        let worst = block_on(difference_from_cpu(course, &weights, &gpu)).unwrap();
        let name = course.name();
        println!("{name}: losses differ by {worst:.1e} at most");
        assert!(worst <= TOLERANCE, "{name}: {worst}");
    }
}
