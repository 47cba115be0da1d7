//! A sweep: every run once, whatever it is called and whenever it is cut off, and a table of what differs.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Output},
    time::SystemTime,
};

mod made_up;

struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let own = env::temp_dir().join(format!("firstread-swept-{}", process::id()));
        fs::create_dir_all(&own).unwrap();
        made_up::folder(&own.join("films"), 30, 80).unwrap();
        Self(own)
    }

    fn sweep(&self, plan: &str) -> Output {
        let file = self.0.join("plan.json");
        fs::write(&file, plan).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_sweep"));
        command
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .args([self.0.join("films"), file])
            .arg("--into")
            .arg(self.0.join("swept"))
            .arg("--cache")
            .arg(self.0.join("cache"))
            .args(["--processes", "2"]);
        command.output().unwrap()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join("swept").join(name)).unwrap()
    }

    /// What runs told, and when.
    fn runs(&self) -> Vec<(PathBuf, SystemTime)> {
        let files = fs::read_dir(self.0.join("swept/runs")).unwrap();
        let files = files.map(|file| file.unwrap().path());
        let told = files.filter(|file| file.extension().is_some_and(|own| own == "json"));
        let mut told: Vec<_> = told
            .map(|file| {
                let time = fs::metadata(&file).unwrap().modified().unwrap();
                (file, time)
            })
            .collect();
        told.sort();
        told
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

/// "slow" is "usual" with a default written out.
const PLAN: &str = r#"{
    "settings": [
        {"name": "usual", "arguments": ["--side", "64", "--epochs", "3", "--unfreeze", "0"]},
        {"name": "average, short", "arguments": ["--side", "64", "--epochs", "2", "--unfreeze", "0", "--network", "average"]},
        {"name": "slow", "arguments": ["--side", "64", "--epochs", "3", "--unfreeze", "0", "--network", "grid"]}
    ],
    "seeds": [1, 2, 3]
}"#;

#[test]
fn a_sweep_does_each_run_once_and_compares_them_by_seed() {
    let place = Place::new();
    let swept = place.sweep(PLAN);
    assert!(swept.status.success(), "{}", said(&swept));
    assert!(
        said(&swept).contains("9 runs, 6 of them different, 0 done before"),
        "{}",
        said(&swept)
    );
    let before = place.runs();
    assert_eq!(before.len(), 6);
    let table = place.text("table.md");
    assert!(
        table.contains("| image | usual | slow | 3 | the same runs |"),
        "{table}"
    );
    assert!(
        table.contains("| image | usual | average, short | 3 | "),
        "{table}"
    );
    assert_eq!(place.text("runs.csv").lines().count(), 10);
    let csv = place.text("table.csv");
    assert_eq!(csv.lines().count(), 4);
    assert!(csv.contains("\"average, short\""), "{csv}");

    // One was lost, and a seed is new: only those are done.
    fs::remove_file(&before[0].0).unwrap();
    let more = PLAN.replace("[1, 2, 3]", "[1, 2, 3, 4]");
    let swept = place.sweep(&more);
    assert!(
        said(&swept).contains("12 runs, 8 of them different, 5 done before"),
        "{}",
        said(&swept)
    );
    let after = place.runs();
    assert_eq!(after.len(), 8);
    assert!(before[1..].iter().all(|run| after.contains(run)));

    // What cannot be meant so is said before anything is trained.
    let refuses = |plan: &str, why: &str| {
        let refused = place.sweep(plan);
        assert!(
            !refused.status.success() && said(&refused).contains(why),
            "{}",
            said(&refused)
        );
    };
    refuses("{", "is no plan");
    refuses(&PLAN.replace("[1, 2, 3]", "[]"), "no seeds");
    refuses(&PLAN.replace("[1, 2, 3]", "[1, 1]"), "twice");
    refuses(&PLAN.replace("slow", "usual"), "the same name");
    refuses(
        &PLAN.replace("\"--network\", \"grid\"", "\"--json\""),
        "--json",
    );
    refuses(&PLAN.replace("\"64\"", "\"65\""), "usual: ");
    // A run that fails leaves the others as they are.
    let by_patient = PLAN.replace(
        "\"seeds\"",
        "\"splits\": [\"image\", \"patient\"], \"seeds\"",
    );
    let swept = place.sweep(&by_patient);
    assert!(!swept.status.success());
    assert!(said(&swept).contains("6 runs failed"), "{}", said(&swept));
    assert!(
        place
            .text("table.md")
            .contains("| image | usual | average, short | 3 | ")
    );
}
