//! `cargo xtask test`: every check of the project, the cheap ones first.

use std::time::Instant;

use crate::{
    browser,
    console::{Outcome, Trouble, say},
    fingerprint::Fingerprint,
    places::Places,
    process::{cargo, node, run},
    release, site, size, tools,
};

struct Check {
    name: &'static str,
    run: fn(&Places) -> Outcome,
    /// The name of an earlier check without which this one makes no sense.
    needs: Option<&'static str>,
}

const BUILD: &str = "build";

const CHECKS: [Check; 14] = [
    check("formatting", formatting, None),
    check("TypeScript", type_script, None),
    check("clippy, native", clippy_native, None),
    check("clippy, page", clippy_page, None),
    check("clippy, engine", clippy_engine, None),
    check("clippy, scanner", clippy_scanner, None),
    check("native tests", native_tests, None),
    check("claims of the lesson", claims, None),
    check(BUILD, site::build, None),
    check("size", size::size, Some(BUILD)),
    check("release", release::dist, Some(BUILD)),
    check("wasm tests in the browser", wasm_tests, None),
    check("end-to-end tests", end_to_end, Some(BUILD)),
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

fn formatting(places: &Places) -> Outcome {
    run(cargo(places).args(["fmt", "--all", "--check"]))
}

fn type_script(places: &Places) -> Outcome {
    tools::node_packages(places)?;
    run(node(places).args(["node_modules/typescript/bin/tsc", "--noEmit"]))
}

// Each package by itself: features that another package asks of a shared dependency would compile
// burn once more. In release mode, to share procedural macros and build scripts with the build.

fn clippy_native(places: &Places) -> Outcome {
    for package in [
        &["model", "--features", "native"][..],
        &["app"],
        &["xtask", "--features", "booth"],
    ] {
        run(cargo(places)
            .args(["clippy", "--release", "--all-targets", "--package"])
            .args(package)
            .args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn clippy_page(places: &Places) -> Outcome {
    clippy_wasm(places, "page")
}

fn clippy_engine(places: &Places) -> Outcome {
    clippy_wasm(places, "engine")
}

fn clippy_scanner(places: &Places) -> Outcome {
    clippy_wasm(places, "scanner")
}

/// With bans of its own, on what compiles for WebAssembly but panics or hangs there.
fn clippy_wasm(places: &Places, feature: &str) -> Outcome {
    tools::wasm_target(places)?;
    run(cargo(places)
        .args(["clippy", "--release", "--all-targets", "--package", "app"])
        .args(["--target", "wasm32-unknown-unknown", "--features", feature])
        .args(["--", "-D", "warnings"])
        .env(
            "CLIPPY_CONF_DIR",
            places.root.join("xtask").join("clippy-wasm"),
        ))
}

fn native_tests(places: &Places) -> Outcome {
    for package in [
        &["xtask", "--features", "booth"][..],
        &["app"],
        &["model", "--features", "native"],
    ] {
        run(cargo(places)
            .args(["test", "--release", "--package"])
            .args(package))?;
    }
    Ok(())
}

/// Few seeds and a wide tolerance; `cargo xtask lesson-check` is the whole.
fn claims(places: &Places) -> Outcome {
    crate::lesson_check(places, &["--short"])
}

/// In the features and the profile of the build, so that burn is compiled once for both.
fn wasm_tests(places: &Places) -> Outcome {
    tools::wasm_target(places)?;
    tools::wasm_bindgen(places)?;
    let chromium = browser::chromium(places)?;
    let driver = browser::chromedriver()?;
    let settings = browser::webdriver_settings(places, chromium)?;
    run(cargo(places)
        .args(["test", "--release", "--package", "app", "--tests"])
        .args(["--target", "wasm32-unknown-unknown", "--features", "engine"])
        .env("PATH", places.search_path()?)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
        .env(
            site::BUILD_VARIABLE,
            Fingerprint::of_engine(places)?.to_string(),
        ))
}

fn end_to_end(places: &Places) -> Outcome {
    let mut playwright = node(places);
    playwright.args(["node_modules/@playwright/test/cli.js", "test"]);
    playwright.args(["--project", "cpu", "--project", "webgpu"]);
    if let Some(chromium) = browser::chromium(places)? {
        playwright.env("CHROMIUM", chromium);
    }
    run(&mut playwright)
}
