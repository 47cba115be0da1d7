//! The command as it is typed.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "../../model-files/tests/drawn/mod.rs"]
mod drawn;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command, Output},
};

use checkpoint::{Checkpoint, EpochSoFar, Origin, Position, RandomPositions, project::Project};
use drawn::{KINDS, card, network, weights};
use imaging::decode::decode;
use model_files::{classifier::Classifier, onnx, weights_file};

/// A folder of its own, that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("firstread-predict-{name}-{}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn predict(network: &Path, images: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_predict-cli"));
    command.current_dir(root()).arg(network).arg(images);
    command.args(more).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn table(output: &Output) -> Vec<Vec<String>> {
    assert!(output.status.success(), "{}", said(output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().map(cells).collect()
}

/// Of the kind, as ONNX and as safetensors.
fn files(folder: &Folder, kind: &str) -> [PathBuf; 2] {
    let weights = weights();
    let kind = KINDS.iter().find(|own| own.name == kind).unwrap();
    let network = network(kind, &weights);
    let model = onnx::write(&network, &weights, card()).unwrap();
    let file = weights_file::write(&network, &weights, card()).unwrap();
    [
        folder.put("network.onnx", &model),
        folder.put("network.safetensors", &file),
    ]
}

#[test]
fn both_files_of_a_network_say_the_same_of_a_zip_and_what_the_classifier_says() {
    let folder = Folder::new("same");
    let [model, file] = files(&folder, "tuned-grid");
    let zip = root().join("public/films/paediatric.zip");
    let said_of = |network: &Path| table(&predict(network, &zip, &[]));
    let (of_model, of_file) = (said_of(&model), said_of(&file));
    assert_eq!(of_model, of_file);
    assert_eq!(of_model[0][..3], ["file", "answer", "p(class 0)"]);
    assert_eq!(of_model.len(), 1 + 16);
    let paths: Vec<&String> = of_model[1..].iter().map(|row| &row[0]).collect();
    assert!(paths.is_sorted());
    // The same image alone, and by the classifier itself.
    let one = folder.put("one.png", &png(90, 120));
    let row = table(&predict(&file, &one, &[])).swap_remove(1);
    let mut classifier = Classifier::new(&fs::read(&file).unwrap()).unwrap();
    let film = decode(&fs::read(&one).unwrap()).unwrap();
    let all = classifier.probabilities(&film.input(classifier.side()));
    let shares: Vec<String> = all.iter().map(|share| format!("{share:.6}")).collect();
    assert_eq!(row[2..2 + all.len()], shares);
    assert_eq!(row[1], format!("class {}", metrics::answer(&all)));
}

#[test]
fn a_project_says_what_its_network_says_and_half_of_one_is_refused() {
    let folder = Folder::new("project");
    let [model, _] = files(&folder, "scratch-five");
    let kind = KINDS.iter().find(|own| own.name == "scratch-five").unwrap();
    let kept = Checkpoint {
        network: network(kind, &weights()),
        films: 7,
        origin: Origin::Drawn,
        optimiser: Vec::new(),
        position: Position::default(),
        random: RandomPositions::default(),
        epoch_so_far: EpochSoFar::default(),
    };
    let project = Project {
        work: b"what only the page reads".to_vec(),
        network: kept.to_bytes().unwrap(),
    };
    let bytes = project.to_bytes();
    let whole = folder.put("visit.firstread", &bytes);
    let one = folder.put("one.png", &png(90, 120));
    assert_eq!(
        table(&predict(&whole, &one, &[])),
        table(&predict(&model, &one, &[]))
    );
    let half = folder.put("half.firstread", &bytes[..bytes.len() / 2]);
    let output = predict(&half, &one, &[]);
    assert!(!output.status.success() && said(&output).contains("not whole"));
}

#[test]
fn what_cannot_be_read_has_a_line_that_says_why_and_what_is_no_image_has_none() {
    let folder = Folder::new("odd");
    let [model, _] = files(&folder, "scratch-five");
    folder.put("images/a/whole.png", &png(80, 80));
    let cut = png(80, 80);
    folder.put("images/b/cut.png", &cut[..cut.len() / 2]);
    folder.put("images/notes.txt", b"none of it");
    let images = folder.0.join("images");
    let out = folder.0.join("answers.csv");
    let to = ["--csv", out.to_str().unwrap()];
    let first = predict(&model, &images, &to);
    assert!(first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("1 images answered, 1 could not be read"));
    let text = fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[1].starts_with("a/whole.png,class "), "{text}");
    let cut = lines[2];
    assert!(
        cut.starts_with("b/cut.png,,,,,,,") && cut.len() > 20,
        "{cut}"
    );
    // A table that is there is not replaced unasked, and nothing half written is left.
    let again = predict(&model, &images, &to);
    assert!(!again.status.success() && said(&again).contains("--force"));
    assert!(
        predict(&model, &images, &[to[0], to[1], "--force"])
            .status
            .success()
    );
    assert!(!folder.0.join("answers.csv.part").exists());
}

#[test]
fn files_of_others_and_folders_without_images_are_refused_in_a_sentence() {
    let folder = Folder::new("refused");
    let [model, file] = files(&folder, "scratch-five");
    let foreign = folder.put("foreign.onnx", b"no network at all");
    let output = predict(&foreign, &root().join("public/films/paediatric.zip"), &[]);
    assert!(!output.status.success() && said(&output).contains("foreign.onnx"));
    let whole = fs::read(&file).unwrap();
    let cut = folder.put("cut.safetensors", &whole[..whole.len() / 2]);
    let output = predict(&cut, &root().join("public/films/paediatric.zip"), &[]);
    assert!(!output.status.success() && said(&output).contains("cut.safetensors"));
    folder.put("empty/notes.txt", b"none");
    let out = folder.0.join("none.csv");
    let to = ["--csv", out.to_str().unwrap()];
    let output = predict(&model, &folder.0.join("empty"), &to);
    assert!(!output.status.success() && said(&output).contains("no image in"));
    assert!(!out.exists());
    let output = predict(&model, &folder.0.join("absent"), &[]);
    assert!(!output.status.success() && said(&output).contains("absent"));
}

/// A gray field with a brighter corner.
fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height)
        .map(|at| {
            if at % width < width / 3 {
                200
            } else {
                (at % 90) as u8
            }
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    bytes
}
