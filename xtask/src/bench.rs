//! `cargo xtask bench`: measures in a browser and natively, on an otherwise idle computer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    browser,
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{cargo, node, run},
    site, tools,
};

/// Ours and every other library, or a visitor's own images in number and in size: docs/decisions/speed.md.
pub fn bench(places: &Places, arguments: &[String]) -> Outcome {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => whole_field(places, false),
        ["--short"] => whole_field(places, true),
        ["--own-images"] => own_images(places),
        _ => Err(Trouble(
            "`bench` knows `--short` and `--own-images`, one of them at a time.".into(),
        )),
    }
}

fn own_images(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    site::build(places, site::Form::Release)?;
    say("Measuring");
    let mut measure = measuring(places)?;
    measure
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(["--config", "bench.config.ts"]);
    run(&mut measure)
}

/// Node.js, told which browser to take.
pub fn measuring(places: &Places) -> Outcome<Command> {
    let mut measure = node(places);
    if let Some(chromium) = browser::chromium(places)? {
        measure.env("CHROMIUM", chromium);
    }
    Ok(measure)
}

fn whole_field(places: &Places, short: bool) -> Outcome {
    tools::node_packages(places)?;
    tools::npm_install(places, &places.e2e().join("bench"))?;
    tools::wasm_target(places)?;
    tools::crates(places)?;

    let folder = places.cache.join("bench");
    fs::create_dir_all(&folder).map_err(trouble(format!("Creating {}", folder.display())))?;
    engine(places, &folder)?;
    site::feature_workers(places, &folder)?;
    let native = native(places)?;
    site::build(places, site::Form::Release)?;

    say("Measuring");
    let mut measure = measuring(places)?;
    let weights = places.root.join("public/weights/mobilenetv2.safetensors");
    let given: [(&str, &Path); 6] = [
        ("--engine", &folder),
        ("--native", &native),
        ("--weights", &weights),
        ("--dist", &places.dist()),
        ("--cache", &places.compressed()),
        ("--out", &folder),
    ];
    measure.arg("bench/bench.mjs");
    for (name, path) in given {
        measure.arg(name).arg(path);
    }
    measure.args(short.then_some("--short"));
    run(&mut measure)?;
    say(format_args!(
        "Written to {} and bench.json beside it",
        folder.join("bench.md").display()
    ));
    Ok(())
}

/// In the profile and with the features of the engine, so that burn is compiled once for both.
fn engine(places: &Places, folder: &Path) -> Outcome {
    say("Building what is measured in the browser");
    run(cargo(places)
        .args(["build", "--release"])
        .args(["--package", "engine-cpu", "--bin", "bench"])
        .args(["--target", tools::WASM_TARGET, "--features", "bench"]))?;
    let compiled = places.target.join(tools::WASM_TARGET).join("release");
    tools::bindgen(places, &compiled.join("bench.wasm"), "web", folder, None)?;
    let wasm = folder.join("bench_bg.wasm");
    tools::wasm_opt(places, "3", &wasm, &wasm)
}

fn native(places: &Places) -> Outcome<PathBuf> {
    say("Building what is measured natively");
    run(cargo(places).args(["build", "--release", "--package", "benchmark"]))?;
    let program = places.target.join("release").join("benchmark");
    Ok(program.with_extension(std::env::consts::EXE_EXTENSION))
}
