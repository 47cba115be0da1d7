//! The frozen backbone against PyTorch, by the golden file `../reference/backbone.json`, whose README says how it is made;
//! against plain loops in double precision, for other sizes; and against itself.

mod close;
mod golden;
mod memory;
mod plain;
mod refusals;
mod sizes;

use std::{fs, path::Path};

use mobilenet::{
    frozen::{Features, FrozenBackbone, Reading, Request},
    weights::Weights,
};

/// The same weights on both sides, 32 bit against 64: distance as a share of the expected numbers' norm.
const ROUNDING: f64 = 1e-5;

const READINGS: [Reading; 2] = [Reading::GlobalAverage, Reading::Grid];

fn weights() -> Weights {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/weights/mobilenetv2.safetensors");
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Weights::parse(&bytes).expect("a file of weights")
}

fn backbone() -> FrozenBackbone {
    FrozenBackbone::new(&weights()).expect("weights that fit")
}

/// Of the test film.
fn compute(backbone: &mut FrozenBackbone, side: usize, reading: Reading, cut: usize) -> Features {
    let request = Request { side, reading, cut };
    backbone
        .compute(&request, &film(side))
        .expect("a film of the request's size")
}

/// A grey test film of `side` x `side`, row-major; at 224 that of the golden file.
fn film(side: usize) -> Vec<f32> {
    let pixel = |x: usize, y: usize| ((7 * x + 13 * y + x * y % 31) % 256) as f32 / 255.0;
    (0..side * side)
        .map(|i| pixel(i % side, i / side))
        .collect()
}
