//! A number of the sources that a run and those who share its steps are made of: what they say to each other is of one build.

#![allow(
    clippy::unwrap_used,
    reason = "a build that cannot read its own sources may fail loudly"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// From `model/cli`.
const SOURCES: [&str; 7] = [
    "../../Cargo.lock",
    "../checkpoint/src",
    "../imaging/src",
    "../metrics/src",
    "../mobilenet/src",
    "../training/src",
    "src",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap());
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        add(&root.join(source), source, &mut hash);
    }
    println!("cargo::rustc-env=FIRSTREAD_WORKER_BUILD={hash:016x}");
}

/// 64-bit FNV-1a of names and contents: it finds changes, it is no protection.
fn add(path: &Path, name: &str, hash: &mut u64) {
    if path.is_dir() {
        let mut inside: Vec<String> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        inside.sort_unstable();
        for own in inside {
            add(&path.join(&own), &format!("{name}/{own}"), hash);
        }
        return;
    }
    // A checkout on Windows may end its lines in another way.
    let contents = fs::read(path).unwrap().into_iter();
    let contents = contents.filter(|&byte| byte != b'\r');
    for byte in name.bytes().chain([0]).chain(contents).chain([0]) {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
}
