//! `cargo xtask bench`: measures in a browser, on an otherwise idle computer.

use std::path::Path;

use crate::{
    browser,
    console::{Outcome, say},
    places::Places,
    process::{cargo, node, run},
    site, tools,
};

/// The backbone beside TensorFlow.js, image by image in turn; then the way from opening the page to a tested network.
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

    site::build(places, site::Form::Release)?;

    say("Measuring");
    let chromium = browser::chromium(places)?;
    let measure = |arguments: &[&Path]| {
        let mut measure = node(places);
        measure.args(arguments);
        if let Some(chromium) = &chromium {
            measure.env("CHROMIUM", chromium);
        }
        run(&mut measure)
    };
    let weights = places.root.join("public/weights/mobilenetv2.safetensors");
    measure(&[Path::new("bench/run.mjs"), &folder, &weights])?;
    measure(&[Path::new("bench/opening.mjs"), &places.dist()])
}
