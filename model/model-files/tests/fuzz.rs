//! Changed files: no panic, no hang, bounded memory. `FUZZ_INPUTS=1000000 cargo test --release --package model-files --test fuzz`
//! is the long run.

mod drawn;

use drawn::{KINDS, card, network, weights};
use fuzzing::Target;
use model_files::{onnx, read, weights_file};

#[test]
fn changed_files_do_no_harm() {
    let weights = weights();
    let kind = KINDS
        .iter()
        .find(|kind| kind.name == "scratch-five")
        .expect("a small one");
    let network = network(kind, &weights);
    let seeds = [
        onnx::write(&network, &weights, card()).expect("an ONNX file"),
        weights_file::write(&network, &weights, card()).expect("a safetensors file"),
    ];
    let target = Target {
        name: "networks in files",
        seeds: &seeds,
        most_memory: 16 << 20,
    };
    target.try_all(|bytes, _| read(bytes, &weights).is_ok());
}
