//! Files for `e2e/witness`: networks whose weights are drawn, images, and the probabilities that the classifier without tensors gives
//! them; with the program of the page also pages, and an image with what they shall say of it.
//! `cargo run --release -p model-files --example witness_files -- FOLDER [network-page_bg.wasm]`

#[path = "../tests/drawn/mod.rs"]
mod drawn;

use std::{env, fs, io::Cursor, path::Path, time::Instant};

use drawn::{KINDS, card, images, network, weights};
use image::{GrayImage, ImageFormat};
use imaging::decode::decode;
use model_card::PageWords;
use model_files::{classifier::Classifier, onnx, page, weights_file};

fn main() {
    let folder = env::args().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    let program = env::args()
        .nth(2)
        .map(|path| fs::read(path).expect("a program"));
    let weights = weights();
    for kind in &KINDS {
        let network = network(kind, &weights);
        let begin = Instant::now();
        let model = onnx::write(&network, &weights, card()).expect("an ONNX file");
        let written = begin.elapsed();
        let file = weights_file::write(&network, &weights, card()).expect("a safetensors file");
        println!(
            "{}: {} bytes of ONNX in {} ms, {} bytes of safetensors",
            kind.name,
            model.len(),
            written.as_millis(),
            file.len()
        );
        let mut classifier = Classifier::new(&file).expect("a classifier");
        let images = images(20, kind.side);
        let mut inputs = Vec::new();
        let mut rows = Vec::new();
        for image in &images {
            inputs.extend(image.iter().flat_map(|value| value.to_le_bytes()));
            let row = classifier.probabilities(image);
            rows.extend(row.iter().flat_map(|value| value.to_le_bytes()));
        }
        let put = |ending: &str, bytes: &[u8]| {
            fs::write(folder.join(format!("{}.{ending}", kind.name)), bytes)
                .expect("a folder to write to");
        };
        put("onnx", &model);
        put("safetensors", &file);
        put("input", &inputs);
        put("probabilities", &rows);
        if let Some(program) = &program {
            let words = PageWords {
                language: "en".into(),
                title: kind.name.into(),
                ..PageWords::default()
            };
            let page = page::write(&network, &weights, card(), &words, program).expect("a page");
            put("html", &page);
            let png = png(&images[0], kind.side);
            let film = decode(&png).expect("a picture");
            let said = classifier.probabilities(&film.input(kind.side));
            put("png", &png);
            put("json", format!("{said:?}").as_bytes());
        }
    }
}

/// A picture that is wider than the network's input.
fn png(image: &[f32], side: usize) -> Vec<u8> {
    let side = side as u32;
    let picture = GrayImage::from_fn(2 * side, side, |x, y| {
        let grey = image[(y * side + x / 2) as usize];
        image::Luma([(grey * 255.0).round() as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    let written = picture.write_to(&mut bytes, ImageFormat::Png);
    written.expect("a PNG file");
    bytes.into_inner()
}
