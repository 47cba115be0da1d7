//! Real drivers and real workers, as processes: what comes of it, and what goes wrong.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{self, Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

mod made_up;

const TOKEN: &str = "a token for tests alone";

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let own = env::temp_dir().join(format!("firstread-{name}-{}", process::id()));
        fs::create_dir_all(&own).unwrap();
        made_up::folder(&own.join("films"), 60, 80).unwrap();
        Self(own)
    }

    fn train(&self, out: &str, workers: &[&Working], more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_train"));
        command
            .current_dir(root())
            .arg(self.0.join("films"))
            .arg("--out")
            .arg(self.0.join(out))
            .arg("--cache")
            .arg(self.0.join("cache"))
            .args(["--side", "64", "--unfreeze", "2"])
            .args(more);
        if !workers.is_empty() {
            let places: Vec<&str> = workers.iter().map(|own| own.place.as_str()).collect();
            command.args(["--share-head", "--token", TOKEN]);
            command.args(["--workers", &places.join(",")]);
        }
        command
    }

    fn numbers(&self, out: &str) -> Vec<f32> {
        let bytes = fs::read(self.0.join(out)).unwrap();
        let (length, rest) = bytes.split_first_chunk().unwrap();
        let (header, rest) = rest.split_at(u64::from_le_bytes(*length) as usize);
        let header: Value = serde_json::from_slice(header).unwrap();
        assert!(header.as_object().unwrap().len() > 4);
        let words = rest.as_chunks().0.iter();
        words.map(|&word| f32::from_le_bytes(word)).collect()
    }

    /// How far apart half of the weights are, and all.
    fn apart(&self, one: &str, other: &str) -> (f32, f32) {
        let (one, other) = (self.numbers(one), self.numbers(other));
        assert_eq!(one.len(), other.len());
        let pairs = one.iter().zip(&other);
        let mut differences: Vec<f32> = pairs.map(|(one, other)| (one - other).abs()).collect();
        // The file holds other things too, which are no such numbers.
        differences.retain(|difference| !difference.is_nan());
        differences.sort_by(f32::total_cmp);
        let at = |place: usize| differences[place];
        (at(differences.len() / 2), at(differences.len() - 1))
    }
}

/// Rounding alone: `training/tests/sharing.rs` says why single weights may be further apart.
fn alike((half, all): (f32, f32)) {
    assert!(half < 1e-6 && all < 5e-3, "{half:e}, {all:e}");
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A worker at a port that was free.
struct Working {
    process: Child,
    place: String,
}

impl Working {
    fn new(more: &[&str]) -> Self {
        let mut process = worker(&["--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.contains("not encrypted"), "{line}");
        let place = line.strip_prefix("listening at ").unwrap();
        let place = place.split(',').next().unwrap().to_owned();
        // What it says later must not fill the pipe.
        thread::spawn(move || said.read_to_string(&mut String::new()));
        Self { process, place }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn worker(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_serve_worker"));
    command
        .current_dir(root())
        .env("FIRSTREAD_TOKEN", TOKEN)
        .args(arguments);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn done(mut command: Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

/// Within seconds, with all of these words.
fn refused(mut command: Command, words: &[&str]) {
    let begin = Instant::now();
    let output = command.output().unwrap();
    let said = said(&output);
    assert!(!output.status.success(), "{said}");
    assert!(words.iter().all(|own| said.contains(own)), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(8), "{said}");
}

const SHORT: [&str; 4] = ["--epochs", "4", "--fine-tuning-epochs", "14"];

#[test]
fn workers_train_the_network_of_one_process() {
    let place = Place::new("workers");
    done(place.train("alone.safetensors", &[], &SHORT));
    let (mut one, mut other) = (Working::new(&[]), Working::new(&["--memory", "1"]));
    done(place.train("one.safetensors", &[&one], &SHORT));
    let same = place.apart("alone.safetensors", "one.safetensors");
    assert_eq!(same, (0.0, 0.0));
    // Of unequal size, and one of them keeps only a few images.
    one.place += "*2";
    done(place.train("two.safetensors", &[&one, &other], &SHORT));
    alike(place.apart("alone.safetensors", "two.safetensors"));
    // With the driver as the third.
    other.place += ",here*2";
    done(place.train("three.safetensors", &[&one, &other], &SHORT));
    alike(place.apart("alone.safetensors", "three.safetensors"));
    let scratch = [&SHORT[..2], &["--network", "scratch"]].concat();
    done(place.train("alone.onnx", &[], &scratch));
    done(place.train("two.onnx", &[&one, &other], &scratch));
    assert!(one.process.try_wait().unwrap().is_none());
    other.process.kill().unwrap();
}

#[test]
fn a_run_whose_worker_is_lost_goes_on_with_those_that_are_left() {
    let place = Place::new("lost");
    let long = ["--epochs", "3", "--fine-tuning-epochs", "30"];
    done(place.train("alone.safetensors", &[], &long));
    let (left, mut lost) = (Working::new(&[]), Working::new(&[]));
    let mut driver = place
        .train("cut.safetensors", &[&left, &lost], &long)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("fine_tuning 1")));
    lost.process.kill().unwrap();
    lost.process.wait().unwrap();
    let begin = Instant::now();
    lines.for_each(drop);
    let output = driver.wait_with_output().unwrap();
    assert!(begin.elapsed() < Duration::from_secs(8));
    assert!(!output.status.success());
    let told = said(&output);
    let words = [
        &lost.place,
        &format!("--workers {}", left.place),
        "--resume",
    ];
    assert!(words.iter().all(|own| told.contains(*own)), "{told}");
    let resume = [&long[..], &["--resume"]].concat();
    done(place.train("cut.safetensors", &[&left], &resume));
    alike(place.apart("alone.safetensors", "cut.safetensors"));
}

#[test]
fn who_may_not_work_together_is_told_why() {
    let place = Place::new("refused");
    let worker_of = |place: &str| ["--workers".to_owned(), place.to_owned()];
    let asks = |at: &str, token: &str| {
        let mut command = place.train("never.onnx", &[], &[]);
        command.env_remove("FIRSTREAD_TOKEN");
        command.args(worker_of(at));
        if !token.is_empty() {
            command.args(["--token", token]);
        }
        command
    };
    let mut own = Working::new(&["--once"]);
    refused(asks(&own.place, ""), &["--token", "openssl rand"]);
    refused(
        asks(&own.place, "another token than its"),
        &["another token", &own.place],
    );
    refused(
        asks("127.0.0.1:1", TOKEN),
        &["no worker answers", "serve-worker"],
    );
    refused(asks("nowhere:x", TOKEN), &["host:port"]);
    refused(worker(&["--listen", &own.place]), &["in use", "--listen"]);
    refused(worker(&["--token", "short"]), &["at least 12 letters"]);

    // Somebody else who listens there.
    let listening = TcpListener::bind("127.0.0.1:0").unwrap();
    let stranger = listening.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for (at, stream) in listening.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut greeting = [0; 56];
            stream.read_exact(&mut greeting).unwrap();
            // Once of another build, then of another program.
            match at {
                0 => greeting[8..24].copy_from_slice(b"0123456789abcdef"),
                _ => greeting = *b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nnot here!",
            }
            stream.write_all(&greeting).unwrap();
            let _ = stream.read(&mut greeting);
        }
    });
    refused(
        asks(&stranger, TOKEN),
        &["another build", "0123456789abcdef", "same version"],
    );
    refused(asks(&stranger, TOKEN), &["no worker of this program"]);

    // One run at a time. It works for the first, although others were turned away.
    let mut first = place.train(
        "long.onnx",
        &[&own],
        &["--epochs", "100", "--fine-tuning-epochs", "20"],
    );
    let mut first = first.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(first.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("frozen 1")));
    refused(asks(&own.place, TOKEN), &["another run", &own.place]);
    first.kill().unwrap();
    first.wait().unwrap();
    // It was to end after its first run.
    let begin = Instant::now();
    while own.process.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < Duration::from_secs(20));
        thread::sleep(Duration::from_millis(50));
    }
}
