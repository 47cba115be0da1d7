//! The ONNX file: the whole network from grey pixels to probabilities, in a way that engines agree on (docs/export.md).
//!
//! Opset 13 and IR 8, names that differ all, pads and kernel shapes written out, softmax on two axes: what some engine reads in another
//! way, or not at all, is left out. Frozen weights are as small as in `public/weights`; the graph multiplies them out.

mod build;
mod graph;
mod messages;

use checkpoint::TrainedNetwork;
use mobilenet::weights::Weights;
use model_card::{Card, ReadError, WriteError};
use prost::Message;

use crate::about::{About, KEY};
use messages::{Entry, Model, OperatorSet, Tensor};

const IR_VERSION: i64 = 8;
const OPSET: i64 = 13;

/// # Errors
/// [`WriteError`] when a part of the network is missing or not finite.
pub fn write(
    network: &TrainedNetwork,
    weights: &Weights,
    card: Card,
) -> Result<Vec<u8>, WriteError> {
    let about = About::of(network, card);
    let [lines @ .., last] = &about.preprocessing.steps[..] else {
        return Ok(Vec::new());
    };
    let model = Model {
        ir_version: Some(IR_VERSION),
        producer_name: Some("Firstread".into()),
        producer_version: Some(about.card.made_with.clone()),
        doc_string: Some(format!("{} {last}", lines.join(" "))),
        graph: Some(build::graph(network, weights)?),
        opset_import: vec![OperatorSet {
            domain: Some(String::new()),
            version: Some(OPSET),
        }],
        metadata_props: vec![Entry {
            key: Some(KEY.into()),
            value: Some(about.to_json()),
        }],
    };
    Ok(model.encode_to_vec())
}

/// What an ONNX file says of itself, and its tensors.
pub(crate) struct Opened {
    pub(crate) about: About,
    model: Model,
}

impl Opened {
    /// # Errors
    /// [`ReadError`] when it is no such file, or one of another program.
    pub(crate) fn new(bytes: &[u8]) -> Result<Self, ReadError> {
        let model = Model::decode(bytes).map_err(|error| ReadError::Damaged {
            detail: error.to_string(),
        })?;
        if model.graph.is_none() {
            return Err(ReadError::Damaged {
                detail: "no graph".into(),
            });
        }
        let own = |entry: &&Entry| entry.key.as_deref() == Some(KEY);
        let mut entries = model.metadata_props.iter().filter(own);
        let (Some(entry), None) = (entries.next(), entries.next()) else {
            return Err(ReadError::Foreign {
                missing: format!("an entry \"{KEY}\" in its metadata"),
            });
        };
        let about = About::parse(entry.value.as_deref().unwrap_or_default())?;
        Ok(Self { about, model })
    }

    /// The only tensor of this name, if it has these sides and numbers in 32 bit.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        let graph = self.model.graph.as_ref()?;
        let own = |tensor: &&Tensor| tensor.name.as_deref() == Some(name);
        let mut tensors = graph.initializer.iter().filter(own);
        let (Some(tensor), None) = (tensors.next(), tensors.next()) else {
            return None;
        };
        let sides = shape.iter().map(|&side| side as i64);
        if !sides.eq(tensor.dims.iter().copied()) || tensor.data_type != Some(messages::FLOAT) {
            return None;
        }
        let floats = match &tensor.raw_data {
            Some(bytes) => {
                let words = bytes.as_chunks().0.iter();
                words.map(|&word| f32::from_le_bytes(word)).collect()
            }
            None => tensor.float_data.clone(),
        };
        (floats.len() == shape.iter().product::<usize>()).then_some(floats)
    }

    /// # Errors
    /// [`ReadError`] when the file computes something else than `network` on these weights.
    pub(crate) fn compare(
        &self,
        network: &TrainedNetwork,
        weights: &Weights,
    ) -> Result<(), ReadError> {
        let unfit = |error: WriteError| ReadError::Unfit {
            tensor: error.to_string(),
        };
        let own = build::graph(network, weights).map_err(unfit)?;
        let Some(graph) = &self.model.graph else {
            return Err(ReadError::OtherGraph);
        };
        for tensor in &own.initializer {
            let mut tensors = graph.initializer.iter();
            if !tensors.any(|other| graph::same(tensor, other)) {
                return Err(ReadError::OtherBackbone {
                    tensor: tensor.name.clone().unwrap_or_default(),
                });
            }
        }
        let opset = self.model.opset_import.iter();
        let same = own.initializer.len() == graph.initializer.len()
            && graph::same_nodes(&own.node, &graph.node)
            && opset.map(|set| set.version).eq([Some(OPSET)]);
        match same {
            true => Ok(()),
            false => Err(ReadError::OtherGraph),
        }
    }
}
