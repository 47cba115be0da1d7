//! The safetensors file: all weights, those that stayed frozen as `public/weights` has them, and one entry of metadata. One
//! entry, as the library writes several in any order, and equal networks shall be equal files.

use std::collections::HashMap;

use checkpoint::TrainedNetwork;
use mobilenet::weights::{Stored, Weights};
use model_card::{Card, WriteError};
use safetensors::{Dtype, tensor::TensorView};

use crate::{
    about::{About, KEY},
    network::{Numbers, Whole, always_learnt, backbone_tensors},
};

/// # Errors
/// [`WriteError`] when a part of the network is missing or not finite.
pub fn write(
    network: &TrainedNetwork,
    weights: &Weights,
    card: Card,
) -> Result<Vec<u8>, WriteError> {
    let whole = Whole::new(network, weights)?;
    let kind = network.settings.network;
    let stages = backbone_tensors(kind).into_iter().flatten();
    let mut parts = Vec::new();
    for (name, shape) in stages.chain(always_learnt(kind, network.classes.len())) {
        let numbers = whole.numbers(&name, &shape)?;
        parts.extend(Part::of(name, shape, numbers));
    }
    let views = parts.iter().map(|part| {
        let view = TensorView::new(part.kind, part.shape.clone(), &part.bytes);
        view.map(|view| (&part.name, view))
            .map_err(|_| unfit(&part.name))
    });
    let views = views.collect::<Result<Vec<_>, _>>()?;
    let about = About::of(network, card).to_json();
    let metadata = HashMap::from([(KEY.to_owned(), about)]);
    safetensors::serialize(views, Some(metadata)).map_err(|error| unfit(&error.to_string()))
}

fn unfit(tensor: &str) -> WriteError {
    WriteError::Unfit {
        tensor: tensor.to_owned(),
    }
}

struct Part {
    name: String,
    shape: Vec<usize>,
    kind: Dtype,
    bytes: Vec<u8>,
}

impl Part {
    /// The part, and the scales of its channels if it has them.
    fn of(name: String, shape: Vec<usize>, numbers: Numbers<'_>) -> Vec<Self> {
        let channels = shape[0];
        let scale = name.replace(".weight", ".scale");
        let part = |kind, bytes| Self {
            name,
            shape,
            kind,
            bytes,
        };
        match numbers {
            Numbers::Learnt(values) => {
                let bytes = values.iter().flat_map(|value| value.to_le_bytes());
                vec![part(Dtype::F32, bytes.collect())]
            }
            Numbers::Frozen(Stored::Single(bytes)) => vec![part(Dtype::F32, bytes.to_vec())],
            Numbers::Frozen(Stored::Half(bytes)) => vec![part(Dtype::F16, bytes.to_vec())],
            Numbers::Frozen(Stored::Whole { numbers, scales }) => vec![
                part(Dtype::I8, numbers.to_vec()),
                Self {
                    name: scale,
                    shape: vec![channels],
                    kind: Dtype::F16,
                    bytes: scales.to_vec(),
                },
            ],
        }
    }
}
