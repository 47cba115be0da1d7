//! The network against PyTorch: features, gradients and learning curves by the golden files of
//! `../reference`, whose README says how they are made.

mod features;
mod golden;
mod learning;

use mobilenet::weights::Weights;
use std::{fs, path::Path};

use burn::tensor::Tensor;

/// The same weights on both sides, 32 bit against 64: distance of features and gradients as a share
/// of the expected numbers' norm.
const ROUNDING: f64 = 1e-5;

fn weights() -> Weights {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/weights/mobilenetv2.safetensors");
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Weights::parse(&bytes).expect("a file of weights")
}

fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_to_vec().expect("32-bit numbers")
}
