//! `cargo xtask dist`: what is handed on. A folder for any static host, one HTML file, the program of a kiosk computer.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    console::{Outcome, say, trouble},
    places::Places,
    process::{cargo, find_program, node, output, run},
    site,
};

/// The other system for which the kiosk's program is made where its compiler and linker are.
const WINDOWS: &str = "x86_64-pc-windows-gnu";
const WINDOWS_LINKER: &str = "x86_64-w64-mingw32-gcc";

/// Makes `release/` anew.
pub fn dist(places: &Places) -> Outcome {
    site::build(places, site::Form::Release)?;
    let release = places.release();
    if release.exists() {
        fs::remove_dir_all(&release).map_err(trouble(format!("Removing {}", release.display())))?;
    }
    fs::create_dir_all(&release).map_err(trouble(format!("Creating {}", release.display())))?;
    kiosk_servers(places)?;
    say("Compressing into release/ (the engine takes a minute when it is new)");
    run(node(places)
        .arg("release/make.mjs")
        .arg(places.dist())
        .arg(&release)
        .arg(places.compressed()))?;
    check(places)
}

/// Looks at what is there: sums, compressed files, headers, the single file.
fn check(places: &Places) -> Outcome {
    run(node(places).arg("release/check.mjs").arg(places.release()))
}

fn kiosk_servers(places: &Places) -> Outcome {
    say("Building the kiosk's program");
    let own = kiosk_server(places, None)?;
    put(places, &own)?;
    if cfg!(windows) || !has_windows() {
        say(format_args!(
            "Not built for {WINDOWS}: it needs `rustup target add {WINDOWS}` and {WINDOWS_LINKER}"
        ));
        return Ok(());
    }
    let windows = kiosk_server(places, Some(WINDOWS))?;
    put(places, &windows)
}

fn has_windows() -> bool {
    let targets = output(Command::new("rustup").args(["target", "list", "--installed"]));
    targets.is_ok_and(|targets| targets.lines().any(|target| target == WINDOWS))
        && find_program(&[WINDOWS_LINKER]).is_some()
}

/// The compiled program.
fn kiosk_server(places: &Places, target: Option<&str>) -> Outcome<PathBuf> {
    let mut build = cargo(places);
    build.args(["build", "--release", "--package", "kiosk-server"]);
    let mut folder = places.target.clone();
    let mut ending = env::consts::EXE_EXTENSION;
    if let Some(target) = target {
        build.args(["--target", target]);
        folder.push(target);
        ending = "exe";
    }
    run(&mut build)?;
    Ok(folder.join("release").join("kiosk").with_extension(ending))
}

fn put(places: &Places, program: &Path) -> Outcome {
    let name = program.file_name().unwrap_or_default();
    fs::copy(program, places.release().join(name))
        .map(drop)
        .map_err(trouble(format!("Copying {}", program.display())))
}
