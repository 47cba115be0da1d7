//! An engine that knows nothing of this project computes the ONNX files as they are meant. More of them: `e2e/witness`.

mod drawn;

use drawn::{KINDS, card, images, network, weights};
use model_files::{classifier::Classifier, onnx, weights_file};
use rten::Model;
use rten_tensor::{NdTensor, prelude::*};

/// Of probabilities.
const MOST: f32 = 1e-5;

#[test]
fn rten_says_what_the_classifier_says() {
    let weights = weights();
    for kind in &KINDS {
        let network = network(kind, &weights);
        let file = weights_file::write(&network, &weights, card()).expect("a safetensors file");
        let mut classifier = Classifier::new(&file).expect("a classifier");
        let file = onnx::write(&network, &weights, card()).expect("an ONNX file");
        let model = Model::load(file).expect(kind.name);
        for n in [1, 3] {
            let images = images(n, kind.side);
            let input = NdTensor::from_data([n, 1, kind.side, kind.side], images.concat());
            let output = model.run_one(input.view().into(), None).expect(kind.name);
            let output: NdTensor<f32, 2> = output.try_into().expect("two axes");
            assert_eq!(output.shape(), [n, kind.classes], "{}", kind.name);
            let rows = images
                .iter()
                .flat_map(|image| classifier.probabilities(image));
            for (own, other) in rows.zip(output.iter()) {
                assert!((own - other).abs() < MOST, "{}: {own} {other}", kind.name);
            }
        }
    }
}
