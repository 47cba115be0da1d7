//! Gets the build tools that are missing: the WebAssembly target, tools that Cargo installs, npm packages.

use std::{fs, process::Command};

use crate::{
    console::{Outcome, Trouble, say, trouble},
    places::Places,
    process::{cargo, node, output, run},
};

const TRUNK: &str = "0.22.0-beta.1";
const CARGO_DENY: &str = "0.20.2";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
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
    run(&mut rustup)
}

pub fn trunk(places: &Places) -> Outcome {
    cargo_tool(places, "trunk", "trunk", TRUNK, Lock::Kept)
}

/// `wasm-bindgen` and its test runner, at exactly the version that the app is locked to.
pub fn wasm_bindgen(places: &Places) -> Outcome {
    let lock = fs::read_to_string(places.root.join("Cargo.lock"))
        .map_err(trouble("Reading Cargo.lock"))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Trouble("Cargo.lock does not name wasm-bindgen.".into()))?;
    // Its own lock file has named releases that the registry no longer offers.
    cargo_tool(
        places,
        "wasm-bindgen",
        "wasm-bindgen-cli",
        version,
        Lock::Renewed,
    )
}

pub fn cargo_deny(places: &Places) -> Outcome {
    cargo_tool(places, "cargo-deny", "cargo-deny", CARGO_DENY, Lock::Kept)
}

/// Whether a tool is compiled with the dependency versions that its authors locked.
enum Lock {
    Kept,
    Renewed,
}

fn cargo_tool(places: &Places, program: &str, package: &str, version: &str, lock: Lock) -> Outcome {
    let installed = places
        .tools()
        .join("bin")
        .join(program)
        .with_extension(std::env::consts::EXE_EXTENSION);
    let answer = output(Command::new(&installed).arg("--version")).unwrap_or_default();
    if answer.split_whitespace().any(|word| word == version) {
        return Ok(());
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
    run(&mut install)
}

/// Node.js itself, and the npm packages exactly as locked.
pub fn node_packages(places: &Places) -> Outcome {
    let version = output(node(places).arg("--version")).map_err(|_| node_wanted("is missing"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    if major.and_then(|number| number.parse().ok()).unwrap_or(0) < OLDEST_NODE {
        return Err(node_wanted(&format!("is too old ({})", version.trim())));
    }

    let lock = places.e2e().join("package-lock.json");
    let copy = places.e2e().join("node_modules").join(".firstread-lock");
    let wanted = fs::read(&lock).map_err(trouble("Reading e2e/package-lock.json"))?;
    if fs::read(&copy).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say("Installing the npm packages of e2e/");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut install = Command::new(npm);
    install
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(places.e2e());
    run(&mut install)?;
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
