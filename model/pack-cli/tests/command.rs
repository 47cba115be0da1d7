//! The command as it is typed.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Output},
};

fn pack(films: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pack-cli"));
    command.arg(films).args(more).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8(text).unwrap()
}

fn public(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("public/films").join(name)
}

#[test]
fn a_pack_is_written_once_and_says_what_it_holds() {
    let folder = env::temp_dir().join(format!("firstread-pack-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let out = folder.join("again.zip");
    let to = ["--out", out.to_str().unwrap(), "--title", "Another title"];
    let first = pack(&public("paediatric.zip"), &to);
    let text = said(&first);
    assert!(first.status.success(), "{text}");
    for line in [
        "Another title: 16 images",
        "class normal: 8",
        "patients: 15",
        "Aspect: above 1.4",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let again = pack(&public("paediatric.zip"), &to);
    assert!(!again.status.success() && said(&again).contains("--force"));
    // What was written is a pack itself; the same one, but for the title.
    let bytes = fs::read(&out).unwrap();
    let third = pack(&out, &["--out", out.to_str().unwrap(), "--force"]);
    assert!(third.status.success() && said(&third).contains("Another title"));
    assert!(fs::read(&out).unwrap() == bytes);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_unclear_is_asked_by_name() {
    let output = pack(&public("absent"), &[]);
    assert!(!output.status.success() && said(&output).contains("absent"));
    let output = pack(&public("built-in.zip"), &["--role", "chest"]);
    assert!(said(&output).contains("NAME=ROLE"));
}
