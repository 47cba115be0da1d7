//! `cargo xtask test`: every check of the project, the cheap ones first.

use std::{fs, time::Instant};

use crate::{
    browser,
    console::{Outcome, Trouble, say, table_of_steps, trouble},
    fingerprint::Fingerprint,
    places::Places,
    process::{cargo, node, output, run},
    release, site, size,
    tools::{self, Targets},
};

struct Check {
    name: &'static str,
    run: fn(&Places) -> Outcome,
    /// The name of an earlier check without which this one makes no sense.
    needs: Option<&'static str>,
}

const TOOLS: &str = "tools";
const BUILD: &str = "build";

const CHECKS: [Check; 21] = [
    check(TOOLS, everything_is_there, None),
    check(
        "offline builds from an empty cargo home",
        from_nothing,
        None,
    ),
    check("formatting", formatting, None),
    check("TypeScript", type_script, None),
    check("clippy, native", clippy_native, None),
    check("clippy, page", clippy_page, None),
    check("clippy, engine", clippy_engine, None),
    check("clippy, scanner", clippy_scanner, None),
    check("clippy, feature worker", clippy_feature_worker, None),
    check("clippy, side programs", clippy_side_programs, None),
    check("documentation", documentation, None),
    check(
        "licences and sources of dependencies",
        crate::audit_offline,
        None,
    ),
    check("native tests", native_tests, None),
    check("claims of the lesson", claims, None),
    check(BUILD, release_build, None),
    check("size", size::size, Some(BUILD)),
    check("release", release::dist, Some(BUILD)),
    check("wasm tests in the browser", wasm_tests, Some(TOOLS)),
    check(
        "WebGPU beside the CPU and other libraries",
        crate::gpu_check::gpu_check_small,
        Some(TOOLS),
    ),
    check(
        "end-to-end tests",
        browser::end_to_end_chromium,
        Some(BUILD),
    ),
    check(
        "end-to-end tests in Firefox",
        browser::end_to_end_firefox,
        Some(BUILD),
    ),
];

const fn check(
    name: &'static str,
    run: fn(&Places) -> Outcome,
    needs: Option<&'static str>,
) -> Check {
    Check { name, run, needs }
}

/// Runs every check even after one has failed, then tells how each went.
pub fn test(places: &Places) -> Outcome {
    let mut failed: Vec<&str> = Vec::new();
    let mut summary = Vec::new();
    for check in &CHECKS {
        say(format_args!("Check: {}", check.name));
        let begin = Instant::now();
        let outcome = match check.needs.filter(|needed| failed.contains(needed)) {
            Some(needed) => Err(Trouble(format!("Not run, as {needed} failed."))),
            None => (check.run)(places),
        };
        let seconds = begin.elapsed().as_secs();
        match outcome {
            Ok(()) => summary.push(format!("  passed  {} ({seconds} s)", check.name)),
            Err(trouble) => {
                eprintln!("{trouble}");
                failed.push(check.name);
                summary.push(format!("  FAILED  {} ({seconds} s): {trouble}", check.name));
            }
        }
    }
    table_of_steps();
    println!("\n{}\n", summary.join("\n"));
    println!(
        "{} passed, {} failed",
        CHECKS.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        return Ok(());
    }
    Err(Trouble(format!("Failed: {}.", failed.join("; "))))
}

/// First, so that what is missing is said now and not after half an hour.
fn everything_is_there(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    tools::wasm_target(places)?;
    let chromium = browser::chromium(places)?;
    browser::chromedriver(chromium.as_deref())?;
    browser::firefox()?;
    tools::crates(places)?;
    tools::wasm_bindgen_test_runner(places).map(drop)
}

/// What a new computer sees: no crate is there, one fetching step brings all, and then each program resolves offline; a second
/// step brings what only the audit reads. On a computer whose cargo home is full, nothing else would find a crate that they
/// forget.
fn from_nothing(places: &Places) -> Outcome {
    let home = places.cache.join("empty-cargo-home");
    let emptied = |error| trouble(format!("Emptying {}", home.display()))(error);
    if home.exists() {
        fs::remove_dir_all(&home).map_err(emptied)?;
    }
    fs::create_dir_all(&home).map_err(emptied)?;
    // A registry of one's own, where that is how this computer reaches one.
    for settings in ["config.toml", "credentials.toml"] {
        if let Some(own) = places.cargo_home().map(|own| own.join(settings))
            && own.exists()
        {
            fs::copy(own, home.join(settings)).map_err(emptied)?;
        }
    }
    let from_nothing = || {
        let mut cargo = cargo(places);
        cargo.env("CARGO_HOME", &home);
        cargo
    };
    tools::fetch(&from_nothing, Targets::Built)?;
    let native = ["xtask", "assets", "bindgen", "kiosk-server", "cli"];
    for (package, target) in site::programs(places)?
        .iter()
        .map(|package| (&**package, Some(tools::WASM_TARGET)))
        .chain(native.map(|package| (package, None)))
    {
        let mut resolve = from_nothing();
        resolve.args(["tree", "--locked", "--offline", "--package", package]);
        if let Some(target) = target {
            resolve.args(["--target", target]);
        }
        output(&mut resolve)?;
    }
    tools::fetch(&from_nothing, Targets::All)?;
    // What the audit asks Cargo for before it begins.
    output(from_nothing().args(["metadata", "--locked", "--offline", "--format-version=1"]))?;
    fs::remove_dir_all(&home).map_err(emptied)
}

fn formatting(places: &Places) -> Outcome {
    run(cargo(places).args(["fmt", "--all", "--check"]))
}

fn type_script(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    run(node(places).args(["node_modules/typescript/bin/tsc", "--noEmit"]))
}

// In groups: features that another package asks of a shared dependency would compile burn once more. In release mode, to share procedural macros and build scripts with the build.

/// What is compiled for this computer; burn with its CPU backend comes with the last.
const NATIVE: [&[&str]; 3] = [
    &["xtask", "assets", "bindgen", "kiosk-server"],
    &[
        "checkpoint",
        "dicom",
        "fuzzing",
        "imaging",
        "jpeg-entropy",
        "metrics",
        "mobilenet",
        "model-card",
        "model-files",
        "pack-cli",
        "picture-formats",
        "predict-cli",
        "experiments",
        "protocol",
        "text",
        "plots",
        "feature-pool",
        "dataset-tools",
        "format-reader",
        "network-files",
        "network-page",
        "reader-answers",
        "side-program",
        "ui-core",
        "scanner",
    ],
    &["training", "benchmark", "cli", "engine-core"],
];

fn packages(group: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    group.iter().flat_map(|package| ["--package", *package])
}

fn clippy_native(places: &Places) -> Outcome {
    for group in NATIVE {
        run(cargo(places)
            .args(["clippy", "--release", "--all-targets"])
            .args(packages(group))
            .args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn clippy_page(places: &Places) -> Outcome {
    clippy_wasm(places, "page")
}

fn clippy_engine(places: &Places) -> Outcome {
    clippy_wasm(places, "engine-cpu")?;
    clippy_wasm(places, "engine-gpu")
}

fn clippy_feature_worker(places: &Places) -> Outcome {
    clippy_wasm(places, "feature-worker")
}

fn clippy_side_programs(places: &Places) -> Outcome {
    for program in [
        "format-reader",
        "dataset-tools",
        "network-files",
        "network-page",
    ] {
        clippy_wasm(places, program)?;
    }
    Ok(())
}

fn clippy_scanner(places: &Places) -> Outcome {
    clippy_wasm(places, "scanner")
}

/// With bans of its own, on what compiles for WebAssembly but panics or hangs there.
fn clippy_wasm(places: &Places, package: &str) -> Outcome {
    tools::wasm_target(places)?;
    run(cargo(places)
        .args(["clippy", "--release", "--all-targets", "--package", package])
        .args(["--target", tools::WASM_TARGET])
        .args(["--", "-D", "warnings"])
        .env(
            "CLIPPY_CONF_DIR",
            places.root.join("xtask").join("clippy-wasm"),
        ))
}

/// Comments that the documentation is made of: links that lead nowhere, code that is taken for HTML.
fn documentation(places: &Places) -> Outcome {
    for group in NATIVE {
        run(cargo(places)
            .args(["doc", "--release", "--no-deps", "--document-private-items"])
            .args(packages(group))
            .env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

fn native_tests(places: &Places) -> Outcome {
    for group in NATIVE {
        run(cargo(places)
            .args(["test", "--release"])
            .args(packages(group)))?;
    }
    Ok(())
}

/// Only as many seeds as each experiment needs; `cargo xtask lesson-check` is the whole.
fn claims(places: &Places) -> Outcome {
    crate::lesson_check(places, &["--short"])
}

fn release_build(places: &Places) -> Outcome {
    site::build(places, site::Form::Release)
}

/// In the features and the profile of the build, so that burn is compiled once for both.
fn wasm_tests(places: &Places) -> Outcome {
    let runner = tools::wasm_bindgen_test_runner(places)?;
    let chromium = browser::chromium(places)?;
    let driver = browser::chromedriver(chromium.as_deref())?;
    let settings = browser::webdriver_settings(places, chromium.as_deref())?;
    run(cargo(places)
        .args(["test", "--release", "--package", "engine-gpu", "--tests"])
        .args(["--target", tools::WASM_TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
        .env(
            site::BUILD_VARIABLE,
            Fingerprint::of_engine(places)?.to_string(),
        ))
}
