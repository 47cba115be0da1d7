//! A run that is ended in the middle and goes on: the same bytes as if nothing had happened.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{self, Command, Output, Stdio},
};

use serde_json::Value;

mod made_up;

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let own = env::temp_dir().join(format!("firstread-{name}-{}", process::id()));
        fs::create_dir_all(&own).unwrap();
        made_up::folder(&own.join("films"), 40, 80).unwrap();
        Self(own)
    }

    fn train(&self, out: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_train"));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        command
            .current_dir(root)
            .arg(self.0.join("films"))
            .arg("--out")
            .arg(self.0.join(out))
            .arg("--cache")
            .arg(self.0.join("cache"))
            .args([
                "--side",
                "64",
                "--unfreeze",
                "1",
                "--augmentation",
                "--json",
            ])
            .args(more);
        // The longer ones say it themselves.
        if !more.contains(&"--epochs") {
            command.args(["--epochs", "4", "--fine-tuning-epochs", "2"]);
        }
        command
    }

    fn bytes(&self, out: &str) -> Vec<u8> {
        fs::read(self.0.join(out)).unwrap()
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

/// The line of JSON, without what takes how long.
fn told(output: &Output) -> Value {
    assert!(output.status.success(), "{}", said(output));
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut told: Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
    let lines = told.as_object_mut().unwrap();
    lines.remove("seconds");
    lines.remove("peak_memory_mb");
    told
}

/// Ends the process for good when it has said a line about its first epoch.
fn killed(mut command: Command) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("validation loss")));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Stops at an epoch's end.
fn stopped(mut command: Command, epochs: &str) {
    let stopped = command.args(["--stop-after", epochs]).output().unwrap();
    assert!(!stopped.status.success());
    assert!(said(&stopped).contains("as asked"), "{}", said(&stopped));
}

#[test]
fn a_run_that_was_cut_off_ends_with_the_same_bytes_as_one_that_was_not() {
    let place = Place::new("stopped");
    let whole = told(&place.train("whole.safetensors", &[]).output().unwrap());
    let expected = place.bytes("whole.safetensors");
    let unfinished = place.0.join("cut.safetensors.unfinished");

    // In the first stage, where the second begins, and in the second, one after the other.
    for epochs in ["2", "2", "1"] {
        stopped(place.train("cut.safetensors", &["--resume"]), epochs);
        assert!(!place.0.join("cut.safetensors").exists());
    }
    // Nobody loses it by mistake.
    let refused = place.train("cut.safetensors", &[]).output().unwrap();
    assert!(
        said(&refused).contains("go on with --resume"),
        "{}",
        said(&refused)
    );
    let resumed = place
        .train("cut.safetensors", &["--resume"])
        .output()
        .unwrap();
    assert_eq!(told(&resumed), whole);
    assert!(place.bytes("cut.safetensors") == expected);
    assert!(!unfinished.exists());

    // What does not belong to what is asked for is refused, and stays as it is.
    stopped(place.train("cut.onnx", &[]), "2");
    let unfinished = place.0.join("cut.onnx.unfinished");
    let kept = fs::read(&unfinished).unwrap();
    let refuses = |more: &[&str], why: &str| {
        let before = fs::read(&unfinished).unwrap();
        let more = [more, &["--resume"]].concat();
        let refused = place.train("cut.onnx", &more).output().unwrap();
        assert!(
            !refused.status.success() && said(&refused).contains(why),
            "{}",
            said(&refused)
        );
        assert!(fs::read(&unfinished).unwrap() == before);
    };
    refuses(&["--seed", "2"], "other settings");
    let film = place.0.join("films/left/000003.png");
    let own = fs::read(&film).unwrap();
    fs::write(&film, made_up::image(1_000, 80).unwrap()).unwrap();
    refuses(&[], "images have changed");
    fs::write(&film, own).unwrap();
    let mut later = kept.clone();
    later[8] = 2;
    fs::write(&unfinished, &later).unwrap();
    refuses(&[], "another version");
    fs::write(&unfinished, &kept[..kept.len() - 9]).unwrap();
    refuses(&[], "damaged");
    fs::write(&unfinished, &kept).unwrap();
    let resumed = place.train("cut.onnx", &["--resume"]).output().unwrap();
    assert_eq!(told(&resumed), whole);
}

#[test]
fn a_run_that_was_killed_at_any_time_goes_on() {
    let place = Place::new("killed");
    let longer = ["--epochs", "60", "--fine-tuning-epochs", "10"];
    let whole = told(&place.train("whole.safetensors", &longer).output().unwrap());
    killed(place.train("cut.safetensors", &longer));
    let out = place.0.join("cut.safetensors");
    // It may have been faster than the one who kills it.
    if !out.exists() {
        let resume = [&longer[..], &["--resume"]].concat();
        let resumed = place.train("cut.safetensors", &resume).output().unwrap();
        assert_eq!(told(&resumed), whole);
    }
    assert!(place.bytes("cut.safetensors") == place.bytes("whole.safetensors"));
}
