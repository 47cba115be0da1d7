//! What a network sees of images, for `e2e/witness`: float32, one image after another.
//! `cargo run --release -p model-files --example inputs -- NETWORK.safetensors OUT.input IMAGES...`

use std::{env, fs};

use imaging::decode::decode;
use model_files::classifier::Classifier;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let [network, out, images @ ..] = &words[..] else {
        panic!("usage: inputs NETWORK.safetensors OUT.input IMAGES...");
    };
    let network = fs::read(network).expect("a network");
    let side = Classifier::new(&network).expect("a network").side();
    let mut bytes = Vec::new();
    for image in images {
        let film = decode(&fs::read(image).expect(image)).expect(image);
        let input = film.input(side);
        bytes.extend(input.iter().flat_map(|value| value.to_le_bytes()));
    }
    fs::write(out, bytes).expect("a folder to write to");
}
