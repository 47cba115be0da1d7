//! `cargo xtask bench`: measures in a browser, on an otherwise idle computer.

use std::process::Command;

use crate::{
    browser,
    console::{Outcome, say},
    places::Places,
    process::{cargo, node, run},
    tools,
};

/// The backbone beside TensorFlow.js, image by image in turn.
pub fn bench(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    tools::wasm_target(places)?;
    tools::wasm_bindgen(places)?;

    say("Building what is measured, in the profile of the engine");
    run(cargo(places)
        .args(["build", "--release", "--package", "app", "--bin", "bench"])
        .args(["--target", "wasm32-unknown-unknown", "--features", "bench"]))?;
    let folder = places.cache.join("bench");
    run(Command::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&folder)
        .arg(
            places
                .target
                .join("wasm32-unknown-unknown/release/bench.wasm"),
        )
        .env("PATH", places.search_path()?))?;
    let wasm = folder.join("bench_bg.wasm");
    run(Command::new("wasm-opt")
        .arg("-O3")
        .arg(&wasm)
        .arg("--output")
        .arg(&wasm)
        .env("PATH", places.search_path()?))?;

    say("Measuring");
    let mut measure = node(places);
    measure
        .arg("bench/run.mjs")
        .arg(&folder)
        .arg(places.root.join("public/weights/mobilenetv2.safetensors"));
    if let Some(chromium) = browser::chromium(places)? {
        measure.env("CHROMIUM", chromium);
    }
    run(&mut measure)
}
