//! Files of every form that was ever written are read: `forms/N.*` were written when N was the newest, and stay as they are.

mod drawn;

use std::{fs, path::Path};

use drawn::weights;
use model_files::{classifier::Classifier, read, weights_file};

/// What the network in each of these files says of a gray ramp.
const SAID: [(&str, [f32; 5]); 2] = [
    ("1.onnx", [0.000908, 0.000003, 0.004371, 0.000003, 0.994716]),
    (
        "1.safetensors",
        [0.000908, 0.000003, 0.004371, 0.000003, 0.994716],
    ),
];

#[test]
fn a_file_of_every_form_says_what_it_always_said() {
    let weights = weights();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let files = fs::read_dir(&folder).expect("the files").count();
    assert_eq!(files, SAID.len(), "each has its line");
    for (name, expected) in SAID {
        let bytes = fs::read(folder.join(name)).expect(name);
        let taken = read(&bytes, &weights).expect(name);
        assert_eq!(taken.card.scores.len(), 1, "{name}");
        let file = weights_file::write(&taken.network, &weights, taken.card).expect(name);
        let mut classifier = Classifier::new(&file).expect(name);
        let side = classifier.side();
        let ramp: Vec<f32> = (0..side * side)
            .map(|place| (place % side) as f32 / side as f32)
            .collect();
        let said = classifier.probabilities(&ramp);
        assert_eq!(said.len(), expected.len(), "{name}");
        for (said, expected) in said.iter().zip(expected) {
            assert!(
                (said - expected).abs() < 1e-5,
                "{name}: {said} for {expected}"
            );
        }
    }
}
