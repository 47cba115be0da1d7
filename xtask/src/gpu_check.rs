//! `cargo xtask gpu-check`: whether WebGPU computes rightly on this computer, and how fast, in a browser and natively, beside other
//! libraries. docs/decisions/webgpu-speed.md.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bench::measuring,
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{cargo, run},
    tools,
};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Wanted {
    native: bool,
    browser: bool,
    /// The browser's emulation of a graphics processor.
    software: bool,
    /// Small images and few rounds: whether it works, and not how fast.
    small: bool,
}

impl Wanted {
    fn told(arguments: &[String]) -> Outcome<Self> {
        let mut wanted = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--native" => wanted.native = true,
                "--browser" => wanted.browser = true,
                "--software" => wanted.software = true,
                "--small" => wanted.small = true,
                other => {
                    return Err(Trouble(format!(
                        "`gpu-check` knows `--native`, `--browser`, `--software` and `--small`, not `{other}`."
                    )));
                }
            }
        }
        if !wanted.native && !wanted.browser {
            (wanted.native, wanted.browser) = (true, true);
        }
        Ok(wanted)
    }
}

/// `--native` leaves out the browser, `--browser` what is native.
pub fn gpu_check(places: &Places, arguments: &[String]) -> Outcome {
    carry_out(places, Wanted::told(arguments)?)
}

/// In the browser alone, on its emulation, with small images.
pub fn gpu_check_small(places: &Places) -> Outcome {
    let wanted = Wanted {
        native: false,
        browser: true,
        software: true,
        small: true,
    };
    carry_out(places, wanted)
}

fn carry_out(places: &Places, wanted: Wanted) -> Outcome {
    tools::node_packages(places)?;
    tools::npm_install(places, &places.e2e().join("bench"))?;
    tools::crates(places)?;
    let folder = places.cache.join("gpu-check");
    fs::create_dir_all(&folder).map_err(trouble(format!("Creating {}", folder.display())))?;
    let mut check = measuring(places)?;
    check.arg("bench/gpu.mjs");
    check.arg("--weights");
    check.arg(places.root.join("public/weights/mobilenetv2.safetensors"));
    check.arg("--out").arg(&folder);
    if wanted.browser {
        engine(places, &folder, wanted.small)?;
        check.arg("--engine").arg(&folder);
    }
    if wanted.native {
        check.arg("--native").arg(native(places)?);
    }
    check.args(wanted.software.then_some("--software"));
    check.args(wanted.small.then_some("--small"));
    say("Measuring");
    run(&mut check)?;
    let written = folder.join("gpu.md");
    say(format_args!(
        "Written to {} and gpu.json beside it",
        written.display()
    ));
    Ok(())
}

/// In the profile and with the features of the engine, so that burn is compiled once for both.
fn engine(places: &Places, folder: &Path, small: bool) -> Outcome {
    say("Building what is measured in the browser; the first time compiles burn, some minutes");
    tools::wasm_target(places)?;
    run(cargo(places)
        .args(["build", "--release"])
        .args(["--package", "engine-gpu", "--bin", "gpu-bench"])
        .args(["--target", tools::WASM_TARGET, "--features", "bench"]))?;
    let compiled = places.target.join(tools::WASM_TARGET).join("release");
    tools::bindgen(
        places,
        &compiled.join("gpu-bench.wasm"),
        "web",
        folder,
        None,
    )?;
    if small {
        return Ok(()); // wasm-opt takes minutes, for speed alone
    }
    let wasm = folder.join("gpu-bench_bg.wasm");
    tools::wasm_opt(places, "3", &wasm, &wasm)
}

fn native(places: &Places) -> Outcome<PathBuf> {
    say("Building what is measured natively; the first time compiles burn, some minutes");
    run(cargo(places).args([
        "build",
        "--release",
        "--package",
        "benchmark",
        "--features",
        "gpu",
    ]))?;
    let program = places.target.join("release").join("benchmark");
    Ok(program.with_extension(std::env::consts::EXE_EXTENSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(arguments: &[&str]) -> Option<Wanted> {
        let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
        Wanted::told(&arguments).ok()
    }

    #[test]
    fn without_a_choice_both_ways_are_taken() {
        let both = Wanted {
            native: true,
            browser: true,
            ..Wanted::default()
        };
        assert_eq!(told(&[]), Some(both));
        let software = Wanted {
            software: true,
            ..both
        };
        assert_eq!(told(&["--software"]), Some(software));
        let native = Wanted {
            native: true,
            ..Wanted::default()
        };
        assert_eq!(told(&["--native"]), Some(native));
        assert_eq!(told(&["--fast"]), None);
    }
}
