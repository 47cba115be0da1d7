//! A network that was trained natively, as a file: it says of the test images what it said when it was trained.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Output},
};

use imaging::{
    decode::decode,
    pack::{Source, ZipSource},
};
use mobilenet::weights::Weights;
use model_files::{classifier::Classifier, read, weights_file};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn films() -> PathBuf {
    root().join("public/films/paediatric.zip")
}

fn train(out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_train"));
    let command = command
        .current_dir(root())
        .arg(films())
        .arg("--out")
        .arg(out);
    command
        .args(["--epochs", "3", "--json", "--no-cache"])
        .args(more)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

#[test]
fn a_file_says_of_the_test_images_what_the_run_said() {
    let folder = env::temp_dir().join(format!("firstread-taken-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let weights = fs::read(root().join("public/weights/mobilenetv2.safetensors")).unwrap();
    let weights = Weights::parse(&weights).unwrap();
    let mut zip = ZipSource::open(fs::read(films()).unwrap()).unwrap();
    for name in ["network.onnx", "network.safetensors"] {
        let out = folder.join(name);
        let trained = train(&out, &["--split", "patient"]);
        assert!(trained.status.success(), "{}", said(&trained));
        let line = said(&trained);
        let told: Value = serde_json::from_str(line.lines().last().unwrap()).unwrap();
        let taken = read(&fs::read(&out).unwrap(), &weights).unwrap();
        let card = &taken.card;
        let counted: usize = card.images.sets.iter().map(|set| set.images).sum();
        assert_eq!(counted, 16);
        assert_eq!(card.images.split, "divided by patient");
        assert_eq!(card.scores[0].n, told["films"].as_array().unwrap().len());
        let file = weights_file::write(&taken.network, &weights, taken.card).unwrap();
        let mut classifier = Classifier::new(&file).unwrap();
        for film in told["films"].as_array().unwrap() {
            let place = zip
                .paths()
                .iter()
                .position(|path| *path == film["name"])
                .unwrap();
            let input = decode(&zip.read(place).unwrap())
                .unwrap()
                .input(classifier.side());
            let said = classifier.probabilities(&input);
            let expected = film["probabilities"].as_array().unwrap();
            assert_eq!(said.len(), expected.len());
            for (said, expected) in said.iter().zip(expected) {
                let apart = (f64::from(*said) - expected.as_f64().unwrap()).abs();
                assert!(apart < 1e-4, "{name}, {film}: {said}");
            }
        }
    }
    // A long training does not begin where its network could not be kept.
    let again = train(&folder.join("network.onnx"), &[]);
    assert!(!again.status.success() && said(&again).contains("--force"));
    let odd = train(&folder.join("network.pt"), &[]);
    assert!(!odd.status.success() && said(&odd).contains(".safetensors"));
    fs::remove_dir_all(folder).unwrap();
}
