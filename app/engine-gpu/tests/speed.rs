//! How long steps take by WebGPU in a browser, a line each; no test that could fail for being slow.
//!
//! `cargo xtask gpu-check` runs it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use benchmark::{Time, check};
use burn::tensor::Device;
use mobilenet::weights::Weights;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const WEIGHTS: &[u8] = include_bytes!("../../../public/weights/mobilenetv2.safetensors");

/// Of each piece, after one that compiles the kernels.
const ROUNDS: usize = 3;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

#[wasm_bindgen_test]
async fn steps() {
    engine::run_constructors();
    let (device, setup) = Device::wgpu_options()
        .init_with_setup_async()
        .await
        .unwrap();
    let facts = setup.adapter.get_info();
    console_log!(
        "adapter\t{} {} ({:?})",
        facts.name,
        facts.driver,
        facts.backend
    );
    let weights = Weights::parse(WEIGHTS).unwrap();
    let told = |time: Time| console_log!("{}\t{:.1}\t{:.1}", time.name, time.usual, time.first);
    check(&device, &weights, ROUNDS, now, told).await.unwrap();
}
