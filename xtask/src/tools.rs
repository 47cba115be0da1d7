//! Gets what is missing: the WebAssembly target, crates, tools that Cargo compiles, npm packages. What is started
//! later is started by its path, so that no other version that happens to be on the search path takes its place.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    console::{Outcome, Trouble, say, step, trouble},
    places::Places,
    process::{cargo, node, output, run},
};

const CARGO_DENY: &str = "0.20.2";
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// The WebAssembly target of the pinned toolchain.
pub fn wasm_target(places: &Places) -> Outcome {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .current_dir(&places.root);
    if fs::exists(output(&mut rustc)?.trim()).unwrap_or(false) {
        return Ok(());
    }
    say(format_args!("Adding the Rust target {WASM_TARGET}"));
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", WASM_TARGET])
        .current_dir(&places.root);
    step("add the WebAssembly target", || run(&mut rustup)).map_err(|_| {
        Trouble(format!(
            "The Rust target {WASM_TARGET} is missing, and rustup could not add it. With rustup: \
             `rustup target add {WASM_TARGET}` with a network; without rustup: https://rustup.rs"
        ))
    })
}

/// All crates that `Cargo.lock` names for this computer and for WebAssembly, so that every later step works offline.
pub fn crates(places: &Places) -> Outcome {
    fetch(&|| cargo(places), Targets::Built)
}

/// The same for every target that a dependency could be compiled for: an audit reads them all.
pub fn crates_of_all_targets(places: &Places) -> Outcome {
    fetch(&|| cargo(places), Targets::All)
}

/// The targets whose crates are fetched.
#[derive(Clone, Copy)]
pub enum Targets {
    /// This computer's and the browser's.
    Built,
    /// Also those that nobody builds here; twice as much to fetch.
    All,
}

/// The same with a Cargo of the caller's; where everything is there already, the network is not asked.
pub fn fetch(cargo: &dyn Fn() -> Command, targets: Targets) -> Outcome {
    let host = host_target()?;
    let fetching = |more: &[&str]| {
        let mut fetch = cargo();
        fetch.args(["fetch", "--locked"]).args(more);
        if let Targets::Built = targets {
            fetch.args(["--target", WASM_TARGET, "--target", &host]);
        }
        fetch
    };
    if output(&mut fetching(&["--offline", "--quiet"])).is_ok() {
        return Ok(());
    }
    say("Fetching the crates that Cargo.lock names");
    step("fetch crates", || run(&mut fetching(&[])))
        .map_err(|_| Trouble("Cargo could not fetch the crates: is there a network?".into()))
}

/// The target triple of this computer.
fn host_target() -> Outcome<String> {
    let version = output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Trouble("`rustc -vV` does not name this computer's target.".into()))
}

/// Writes the JavaScript of a compiled program and the program that goes with it into a folder.
///
/// `target`: `web` or `no-modules`.
pub fn bindgen(
    places: &Places,
    program: &Path,
    target: &str,
    folder: &Path,
    arithmetic: Option<&str>,
) -> Outcome {
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    step(format_args!("wasm-bindgen {name}"), || {
        run(cargo(places)
            .args(["run", "--quiet", "--locked", "--offline"])
            .args(["--profile", "serve", "--package", "bindgen", "--"])
            .arg(program)
            .arg(target)
            .arg(folder)
            .args(arithmetic))
    })
}

/// Optimises a program; needs [`node_packages`].
pub fn wasm_opt(places: &Places, level: &str, program: &Path, optimised: &Path) -> Outcome {
    // Under its last name only when it is whole.
    let unfinished = optimised.with_extension("tmp");
    run(node(places)
        .arg(places.npm_package("binaryen").join("bin/wasm-opt"))
        .arg(format!("-O{level}"))
        .arg(program)
        .arg("--output")
        .arg(&unfinished))?;
    fs::rename(&unfinished, optimised).map_err(trouble("Keeping what wasm-opt made"))
}

/// As npm installed it.
pub fn wasm_opt_version(places: &Places) -> Outcome<String> {
    let manifest = places.npm_package("binaryen").join("package.json");
    let text = fs::read_to_string(&manifest).map_err(trouble("Reading the version of binaryen"))?;
    let version = text.split("\"version\":").nth(1);
    let version = version.and_then(|rest| rest.split('"').nth(1));
    version
        .map(str::to_owned)
        .ok_or_else(|| Trouble(format!("{} names no version.", manifest.display())))
}

/// The runner of tests in the browser, at exactly the version that the app is locked to.
pub fn wasm_bindgen_test_runner(places: &Places) -> Outcome<PathBuf> {
    let lock = fs::read_to_string(places.root.join("Cargo.lock"))
        .map_err(trouble("Reading Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Trouble("Cargo.lock does not name wasm-bindgen.".into()))?;
    // Its own lock file has named releases that the registry no longer offers.
    cargo_tool(
        places,
        "wasm-bindgen-test-runner",
        "wasm-bindgen-cli",
        version,
        Lock::Renewed,
    )
}

pub fn cargo_deny(places: &Places) -> Outcome<PathBuf> {
    cargo_tool(places, "cargo-deny", "cargo-deny", CARGO_DENY, Lock::Kept)
}

/// Whether a tool is compiled with the dependency versions that its authors locked.
enum Lock {
    Kept,
    Renewed,
}

/// Where the program is, compiled if it is not there in this version.
fn cargo_tool(
    places: &Places,
    program: &str,
    package: &str,
    version: &str,
    lock: Lock,
) -> Outcome<PathBuf> {
    let installed = places
        .tools()
        .join("bin")
        .join(program)
        .with_extension(std::env::consts::EXE_EXTENSION);
    let answer = output(Command::new(&installed).arg("--version")).unwrap_or_default();
    if answer.split_whitespace().any(|word| word == version) {
        return Ok(installed);
    }
    say(format_args!(
        "Compiling {package} {version} into {}, once for this computer",
        places.tools().display()
    ));
    let mut install = cargo(places);
    install
        .args([
            "install",
            package,
            "--version",
            version,
            "--force",
            "--root",
        ])
        .arg(places.tools())
        // Some tools ask for a release build that takes minutes longer than it ever saves here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    if let Lock::Kept = lock {
        install.arg("--locked");
    }
    step(format_args!("compile {package}"), || run(&mut install))?;
    Ok(installed)
}

/// Node.js itself, and the npm packages exactly as locked.
pub fn node_packages(places: &Places) -> Outcome {
    let version = output(node(places).arg("--version")).map_err(|_| node_wanted("is missing"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    if major.and_then(|number| number.parse().ok()).unwrap_or(0) < OLDEST_NODE {
        return Err(node_wanted(&format!("is too old ({})", version.trim())));
    }

    npm_install(places, &places.e2e())
}

/// The npm packages of a folder, exactly as its lock file has them.
pub fn npm_install(places: &Places, folder: &Path) -> Outcome {
    let name = folder.strip_prefix(&places.root).unwrap_or(folder);
    let name = name.display();
    let lock = folder.join("package-lock.json");
    let copy = folder.join("node_modules").join(".firstread-lock");
    let wanted = fs::read(&lock).map_err(trouble(format!("Reading {}", lock.display())))?;
    if fs::read(&copy).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say(format_args!("Installing the npm packages of {name}"));
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut install = Command::new(npm);
    install
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder);
    step(format_args!("install the npm packages of {name}"), || {
        run(&mut install)
    })
    .map_err(|_| {
        Trouble(
            "The npm packages could not be installed: is there a network, and npm beside Node.js?"
                .into(),
        )
    })?;
    fs::write(&copy, wanted).map_err(trouble("Noting what npm installed"))
}

fn node_wanted(why: &str) -> Trouble {
    Trouble(format!(
        "Node.js {why}; version {OLDEST_NODE} or later is needed. On Debian or Ubuntu: \
         `apt-get install nodejs npm`; elsewhere: https://nodejs.org/en/download"
    ))
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"bindgen-shared\"\nversion = \"2.0.0\"\n\n\
                    [[package]]\nname = \"bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bind"), None);
    }
}
