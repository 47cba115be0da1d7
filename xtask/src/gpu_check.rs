//! `cargo xtask gpu-check`: whether WebGPU computes rightly on this computer, and how fast, in a browser and natively.

use std::{fs, process::Command};

use crate::{
    browser,
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{cargo, node, output},
    tools,
};

/// What a piece of work took.
#[derive(Debug, PartialEq)]
struct Row {
    name: String,
    /// Milliseconds.
    usual: f64,
    /// The first time, with the kernels compiled that nothing before needed.
    first: f64,
}

/// One way to the graphics processor.
#[derive(Debug, Default, PartialEq)]
struct Way {
    adapter: String,
    rows: Vec<Row>,
}

/// `--native` leaves out the browser, `--browser` what is native; `--software` takes the browser's emulation of a graphics
/// processor.
pub fn gpu_check(places: &Places, arguments: &[String]) -> Outcome {
    let mut ways = (true, true);
    let mut software = false;
    for argument in arguments {
        match argument.as_str() {
            "--native" => ways = (true, false),
            "--browser" => ways = (false, true),
            "--software" => software = true,
            other => {
                return Err(Trouble(format!(
                    "`gpu-check` knows `--native`, `--browser` and `--software`, not `{other}`."
                )));
            }
        }
    }
    let native = ways.0.then(|| native(places)).transpose()?;
    let browser = ways.1.then(|| in_browser(places, software)).transpose()?;
    let peer = ways.1.then(|| tensorflow(places, software)).transpose()?;
    let found = [
        ("native", native),
        ("browser", browser),
        ("TensorFlow.js in the browser", peer),
    ];
    let found: Vec<(&str, Way)> = found
        .into_iter()
        .filter_map(|(name, way)| Some((name, way?)))
        .collect();
    print!("{}", markdown(&found));
    let file = places.cache.join("gpu-check.json");
    fs::write(&file, json(&found)).map_err(trouble(format!("Writing {}", file.display())))?;
    say(format_args!("The same as JSON: {}", file.display()));
    Ok(())
}

fn native(places: &Places) -> Outcome<Way> {
    say("Natively; the first time compiles burn, some minutes");
    let mut check = cargo(places);
    check
        .args(["run", "--release", "--package", "benchmark"])
        .args([
            "--features",
            "gpu",
            "--",
            "public/weights/mobilenetv2.safetensors",
            "check",
        ]);
    told(&output(&mut check)?)
}

/// Beside it, on the same recipes; the head and fine-tuning with average pooling, which it reads as ours does.
fn tensorflow(places: &Places, software: bool) -> Outcome<Way> {
    tools::node_packages(places)?;
    tools::npm_install(places, &places.e2e().join("bench"))?;
    let weights = places.root.join("public/weights/mobilenetv2.safetensors");
    let mut check = node(places);
    check.arg("bench/webgpu.mjs").arg("--weights").arg(weights);
    check.args(software.then_some("--software"));
    told(&output(&mut check)?)
}

fn in_browser(places: &Places, software: bool) -> Outcome<Way> {
    say("In Chromium; the first time compiles burn, some minutes");
    let runner = tools::wasm_bindgen_test_runner(places)?;
    let chromium = browser::chromium(places)?;
    let driver = browser::chromedriver(chromium.as_deref())?;
    let settings = if software {
        browser::webdriver_settings(places, chromium.as_deref())
    } else {
        browser::webdriver_settings_of_hardware(places, chromium.as_deref())
    };
    let mut check: Command = cargo(places);
    check
        .args(["test", "--release", "--package", "engine-gpu"])
        .args(["--features", "speed", "--test", "speed"])
        .args(["--target", tools::WASM_TARGET, "--", "--nocapture"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "1200")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    told(&output(&mut check)?)
}

/// Reads lines of names, milliseconds and milliseconds of the first time, with tabs between; what else is said is passed over.
fn told(said: &str) -> Outcome<Way> {
    let mut way = Way::default();
    for line in said.lines() {
        let cells: Vec<&str> = line.trim().split('\t').collect();
        match cells[..] {
            ["adapter", name] => way.adapter = name.to_owned(),
            [name, usual, first] => {
                if let (Ok(usual), Ok(first)) = (usual.parse(), first.parse()) {
                    way.rows.push(Row {
                        name: name.to_owned(),
                        usual,
                        first,
                    });
                }
            }
            _ => {}
        }
    }
    if way.rows.is_empty() {
        return Err(Trouble(format!("Nothing was measured:\n{said}")));
    }
    Ok(way)
}

fn markdown(ways: &[(&str, Way)]) -> String {
    let mut text = String::new();
    for (name, way) in ways {
        text += &format!("{name}: {}\n\n", way.adapter);
        text += "| | ms | the first time, ms |\n| --- | ---: | ---: |\n";
        for row in &way.rows {
            text += &format!("| {} | {:.1} | {:.1} |\n", row.name, row.usual, row.first);
        }
        text.push('\n');
    }
    text
}

fn json(ways: &[(&str, Way)]) -> String {
    let ways: Vec<String> = ways
        .iter()
        .map(|(name, way)| {
            let rows: Vec<String> = way
                .rows
                .iter()
                .map(|row| {
                    format!(
                        "{:?}: {{ \"ms\": {}, \"first_ms\": {} }}",
                        row.name, row.usual, row.first
                    )
                })
                .collect();
            format!(
                "{name:?}: {{ \"adapter\": {:?}, \"times\": {{ {} }} }}",
                way.adapter,
                rows.join(", ")
            )
        })
        .collect();
    format!("{{ {} }}\n", ways.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_among_what_else_is_said() {
        let said =
            "running 1 test\nadapter\tllvmpipe (Vulkan)\nself-test\t12.5\t300\ntest steps ... ok\n";
        let way = told(said).ok().unwrap_or_default();
        assert_eq!(way.adapter, "llvmpipe (Vulkan)");
        let [row] = &way.rows[..] else {
            panic!("{way:?}");
        };
        assert_eq!((row.usual, row.first), (12.5, 300.0));
        assert!(told("nothing").is_err());
        let ways = [("native", way)];
        assert!(markdown(&ways).contains("| self-test | 12.5 | 300.0 |"));
        assert!(json(&ways).contains("\"self-test\": { \"ms\": 12.5, \"first_ms\": 300 }"));
    }
}
