//! `cargo xtask bench`: measures in a browser, on an otherwise idle computer.

use crate::{
    browser,
    console::{Outcome, say},
    places::Places,
    process::{cargo, node, run},
    site, tools,
};

/// The backbone beside TensorFlow.js, image by image in turn.
pub fn bench(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    tools::wasm_target(places)?;
    tools::crates(places)?;

    say("Building what is measured, in the profile of the engine");
    run(cargo(places)
        .args([
            "build",
            "--release",
            "--package",
            "engine-cpu",
            "--bin",
            "bench",
        ])
        .args(["--target", tools::WASM_TARGET, "--features", "bench"]))?;
    let folder = places.cache.join("bench");
    let compiled = places.target.join(tools::WASM_TARGET).join("release");
    tools::bindgen(places, &compiled.join("bench.wasm"), "web", &folder, None)?;
    let wasm = folder.join("bench_bg.wasm");
    tools::wasm_opt(places, "3", &wasm, &wasm)?;
    site::feature_workers(places, &folder)?;

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
