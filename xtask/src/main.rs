//! `cargo xtask`: the project's tasks. Each says what it does, skips what is done, and names what is missing.

mod bench;
mod browser;
mod checks;
mod console;
mod fingerprint;
mod gpu_check;
mod places;
mod process;
mod references;
mod release;
mod site;
mod size;
mod tools;

use std::{
    env,
    ffi::OsStr,
    process::{Command, ExitCode},
};

use console::{Outcome, Trouble, say, table_of_steps};
use places::Places;
use process::{cargo, node, run};
use site::Form;

const USAGE: &str = "\
cargo xtask TASK

  serve [--open] [--port N]   build what has changed and serve it on this computer
  build                       build the site into dist/, optimised as it is handed on
  dist                        what is handed on, into release/: the site for a host, one HTML file, the kiosk's program
  test                        every check, as in continuous integration
  train FOLDER [--device cpu|wgpu] [OPTIONS]
                              train natively on a folder of films; --help lists the options
  serve-worker [OPTIONS]      compute steps of a training that another process or computer drives; --help lists the options
  sweep FOLDER PLAN --into FOLDER [OPTIONS]
                              train with several settings, seeds and splits, and compare them; --help lists the options
  predict NETWORK IMAGES [--csv FILE]
                              ask a network that was taken along about a folder of images; --help lists the options
  pack FOLDER [OPTIONS]       put a folder of films into one zip for the app; --help lists the options
  lesson-check [--short] [--experiment NAME]
                              carry out the lesson's experiments and check what its text claims
  recipe-check [--seeds N]    ask networks of several recipes about real radiographs of another origin
  assets [--check]            make the built-in films and weights anew, or compare them
  references [--check] [metrics] [network]
                              make the golden files of other implementations anew, or compare them
  size                        what a first visit downloads, against the limits
  bench [--short]             speed, memory and bytes beside the other libraries, in the browser and natively
  bench --own-images          time and memory of many and of large images of a visitor's own
  gpu-check [--native | --browser] [--software] [--small]
                              whether WebGPU computes rightly on this computer, and how fast, in Chromium and natively
  audit                       advisories, licences and sources of all dependencies
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match start(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("error: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &[String]) -> Outcome {
    let Some((task, rest)) = arguments.split_first() else {
        print!("{USAGE}");
        return Ok(());
    };
    let takes_arguments = [
        "serve",
        "train",
        "serve-worker",
        "sweep",
        "predict",
        "pack",
        "lesson-check",
        "recipe-check",
        "assets",
        "references",
        "bench",
        "gpu-check",
    ]
    .contains(&task.as_str());
    if !takes_arguments && let Some(unknown) = rest.first() {
        return Err(Trouble(format!("`{task}` does not know `{unknown}`.")));
    }
    let places = Places::find()?;
    match task.as_str() {
        "serve" => serve(&places, rest),
        "build" => build(&places, Form::Release),
        "dist" => release::dist(&places),
        "test" => checks::test(&places),
        "train" => train(&places, rest),
        "serve-worker" => serve_worker(&places, rest),
        "sweep" => sweep(&places, rest),
        "predict" => predict(&places, rest),
        "pack" => pack(&places, rest),
        "lesson-check" => lesson_check(&places, rest),
        "recipe-check" => recipe_check(&places, rest),
        "assets" => assets(&places, rest),
        "references" => references::references(&places, rest),
        "size" => size::size(&places),
        "bench" => bench::bench(&places, rest),
        "gpu-check" => gpu_check::gpu_check(&places, rest),
        "audit" => audit(&places),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(Trouble(format!("There is no task `{task}`.\n\n{USAGE}"))),
    }
}

fn serve(places: &Places, rest: &[String]) -> Outcome {
    build(places, Form::Serve)?;
    say("Serving dist/, until Ctrl+C");
    run(node(places).arg("serve.mjs").args(rest))
}

fn build(places: &Places, form: Form) -> Outcome {
    let outcome = site::build(places, form);
    table_of_steps();
    outcome
}

fn train(places: &Places, rest: &[String]) -> Outcome {
    say("Training natively; the first time compiles burn, some minutes");
    run(cargo(places)
        .args(["run", "--release", "--package", "cli"])
        .args(device_features(rest))
        .args(["--bin", "train", "--"])
        .args(rest))
}

fn serve_worker(places: &Places, rest: &[String]) -> Outcome {
    say("The first time compiles burn, some minutes");
    run(cargo(places)
        .args(["run", "--release", "--package", "cli"])
        .args(["--bin", "serve_worker", "--"])
        .args(rest))
}

/// What the program has to be built with for the device that is asked for: nothing for the processor.
fn device_features(rest: &[String]) -> Vec<String> {
    let named = rest.iter().enumerate().find_map(|(place, argument)| {
        let after = argument.strip_prefix("--device")?;
        match after.strip_prefix('=') {
            Some(name) => Some(name),
            None if after.is_empty() => rest.get(place + 1).map(String::as_str),
            None => None,
        }
    });
    match named {
        Some("wgpu") => vec!["--features".into(), "wgpu".into()],
        _ => Vec::new(),
    }
}

/// The program that sweeps starts the one that trains: both are built.
fn sweep(places: &Places, rest: &[String]) -> Outcome {
    say("Training natively; the first time compiles burn, some minutes");
    run(cargo(places).args(["build", "--release", "--package", "cli", "--bin", "train"]))?;
    run(cargo(places)
        .args(["run", "--release", "--package", "cli"])
        .args(["--bin", "sweep", "--"])
        .args(rest))
}

fn predict(places: &Places, rest: &[String]) -> Outcome {
    run(cargo(places)
        .args(["run", "--release", "--package", "predict-cli", "--"])
        .args(rest))
}

fn pack(places: &Places, rest: &[String]) -> Outcome {
    run(cargo(places)
        .args(["run", "--release", "--package", "pack-cli", "--"])
        .args(rest))
}

/// The short form is one of the checks of `cargo xtask test`.
fn lesson_check(places: &Places, rest: &[impl AsRef<OsStr>]) -> Outcome {
    say("Checking the lesson's claims natively; the first time compiles burn, some minutes");
    run(cargo(places)
        .args(["run", "--release", "--package", "cli"])
        .args(["--bin", "lesson_check", "--"])
        .args(rest))
}

fn recipe_check(places: &Places, rest: &[String]) -> Outcome {
    say(
        "Asking networks of several recipes about other films; the first time compiles burn, some minutes",
    );
    run(cargo(places)
        .args(["run", "--release", "--package", "cli"])
        .args(["--bin", "recipe_check", "--"])
        .args(rest))
}

fn assets(places: &Places, rest: &[String]) -> Outcome {
    run(cargo(places)
        .args(["run", "--release", "--package", "assets", "--"])
        .args(rest))
}

fn audit(places: &Places) -> Outcome {
    audit_offline(places)?;
    // Last, as it needs the database of advisories from github.com.
    deny(places, &["check", "advisories"])
}

/// What of the audit needs no network; one of the checks of `cargo xtask test`.
fn audit_offline(places: &Places) -> Outcome {
    tools::crates_of_all_targets(places)?;
    deny(
        places,
        &["--offline", "check", "licenses", "bans", "sources"],
    )
}

fn deny(places: &Places, what: &[&str]) -> Outcome {
    let cargo_deny = tools::cargo_deny(places)?;
    say("Auditing the dependencies");
    run(Command::new(cargo_deny)
        .args(["--workspace", "--all-features"])
        .args(what)
        .current_dir(&places.root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_asked_for_is_built_in() {
        let of = |words: &str| {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            device_features(&words).join(" ")
        };
        assert_eq!(of("films --device wgpu --seed 2"), "--features wgpu");
        assert_eq!(of("films --device=wgpu"), "--features wgpu");
        assert_eq!(of("films --device cpu"), "");
        assert_eq!(of("films --device"), "");
        assert_eq!(of("films"), "");
    }
}
