//! As `engines.py`, for the engines of crates.io: runs NAME.onnx of a folder on NAME.input, 20 images.

use std::{env, error::Error, fs, path::Path};

use rten::{Model, ValueOrView};
use rten_tensor::{NdTensor, prelude::*};
use tract_onnx::prelude::*;

type Outcome = Result<Vec<f32>, Box<dyn Error>>;
type Engine = fn(&Path, &[f32], usize) -> Outcome;

const ENGINES: [(&str, &str, Engine); 2] =
    [("tract", "0.23.9", by_tract), ("rten", "0.27.0", by_rten)];

const IMAGES: usize = 20;

fn main() {
    let folder = env::args().nth(1).expect("a folder");
    let entries = fs::read_dir(folder).expect("a folder to read");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "onnx"));
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().display();
        for (engine, version, run) in ENGINES {
            let outcome = match away(run, &path) {
                Ok(away) => format!("\"away\": {away:e}"),
                Err(error) => format!("\"error\": {:?}", error.to_string()),
            };
            println!(
                "{{\"engine\": \"{engine}\", \"version\": \"{version}\", \"name\": \"{name}\", {outcome}}}"
            );
        }
    }
}

/// Largest difference, of all images together and of the first by itself, since the batch has no fixed size.
fn away(run: Engine, path: &Path) -> Result<f32, Box<dyn Error>> {
    let images = floats(&path.with_extension("input"))?;
    let expected = floats(&path.with_extension("probabilities"))?;
    let together = run(path, &images, IMAGES)?;
    let alone = run(path, &images[..images.len() / IMAGES], 1)?;
    if together.len() != expected.len() || alone.len() != expected.len() / IMAGES {
        return Err("as many probabilities as no network has".into());
    }
    let mut most = 0.0_f32;
    for found in [together, alone] {
        for (one, other) in found.iter().zip(&expected) {
            // A difference that is no number is none that passes.
            let away = (one - other).abs();
            most = if away.is_nan() { f32::INFINITY } else { most.max(away) };
        }
    }
    Ok(most)
}

fn floats(path: &Path) -> Result<Vec<f32>, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let words = bytes.as_chunks().0.iter();
    Ok(words.map(|&word| f32::from_le_bytes(word)).collect())
}

fn side(images: &[f32], n: usize) -> usize {
    (images.len() / n).isqrt()
}

fn by_tract(path: &Path, images: &[f32], n: usize) -> Outcome {
    let side = side(images, n);
    let model = tract_onnx::onnx().model_for_path(path)?;
    let model = model.into_optimized()?.into_runnable()?;
    let input = tract_ndarray::Array4::from_shape_vec((n, 1, side, side), images.to_vec())?;
    let outputs = model.run(tvec!(Tensor::from(input).into()))?;
    Ok(outputs[0].to_plain_array_view::<f32>()?.iter().copied().collect())
}

fn by_rten(path: &Path, images: &[f32], n: usize) -> Outcome {
    let side = side(images, n);
    let model = Model::load_file(path)?;
    let input = NdTensor::from_data([n, 1, side, side], images.to_vec());
    let output = model.run_one(ValueOrView::from(input.view()), None)?;
    let output: NdTensor<f32, 2> = output.try_into()?;
    Ok(output.to_vec())
}
