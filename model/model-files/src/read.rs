//! A file read again: nothing is taken from it that this program would not have written.

use checkpoint::{NamedTensor, TrainedNetwork};
use mobilenet::weights::{Stored, Weights};
use model_card::{Card, ReadError};
use safetensors::{SafeTensorError, SafeTensors};

use crate::{
    about::{About, KEY},
    network::{Numbers, Whole, always_learnt, backbone_tensors, learnt_name},
    onnx,
};

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub network: TrainedNetwork,
    pub card: Card,
}

/// A network out of an ONNX or a safetensors file.
///
/// # Errors
/// [`ReadError`] when it is neither, or not one that was written here for these weights.
pub fn read(bytes: &[u8], weights: &Weights) -> Result<Read, ReadError> {
    // A safetensors file begins with the length of its header, in eight bytes, and the header with a brace.
    let opened = match bytes.get(8) {
        Some(b'{') => Opened::Weights(OpenedWeights::new(bytes)?),
        _ => Opened::Onnx(onnx::Opened::new(bytes)?),
    };
    let about = opened.about().clone();
    let kind = about.settings.network;
    let mut tensors = Vec::new();
    for (name, shape) in always_learnt(kind, about.classes.len()) {
        let values = opened.floats(&name, &shape);
        let values = values.ok_or_else(|| ReadError::Unfit {
            tensor: name.clone(),
        })?;
        tensors.push(learnt(&name, shape, values)?);
    }
    for stage in backbone_tensors(kind) {
        // What is frozen is compared below.
        if !stage_learnt(&opened, &stage, weights) {
            continue;
        }
        for (name, shape) in stage {
            if let Some(values) = opened.floats(&name, &shape) {
                tensors.push(learnt(&name, shape, values)?);
            }
        }
    }
    let network = TrainedNetwork {
        settings: about.settings,
        classes: about.classes,
        tensors,
    };
    opened.compare(&network, weights)?;
    Ok(Read {
        network,
        card: about.card,
    })
}

/// Whether a stage has numbers in 32 bit that the weights' file does not have.
fn stage_learnt(opened: &Opened<'_>, stage: &[(String, Vec<usize>)], weights: &Weights) -> bool {
    stage.iter().any(|(name, shape)| {
        opened.floats(name, shape).is_some_and(|values| {
            let bytes = values.iter().flat_map(|value| value.to_le_bytes());
            weights.stored(name, shape) != Ok(Stored::Single(&bytes.collect::<Vec<u8>>()))
        })
    })
}

fn learnt(name: &str, shape: Vec<usize>, values: Vec<f32>) -> Result<NamedTensor, ReadError> {
    if !values.iter().all(|value| value.is_finite()) {
        return Err(ReadError::NotFinite {
            tensor: name.to_owned(),
        });
    }
    Ok(NamedTensor {
        name: learnt_name(name),
        shape,
        values,
    })
}

enum Opened<'a> {
    Onnx(onnx::Opened),
    Weights(OpenedWeights<'a>),
}

impl Opened<'_> {
    fn about(&self) -> &About {
        match self {
            Self::Onnx(opened) => &opened.about,
            Self::Weights(opened) => &opened.about,
        }
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        match self {
            Self::Onnx(opened) => opened.floats(name, shape),
            Self::Weights(opened) => opened.floats(name, shape),
        }
    }

    fn compare(&self, network: &TrainedNetwork, weights: &Weights) -> Result<(), ReadError> {
        match self {
            Self::Onnx(opened) => opened.compare(network, weights),
            Self::Weights(opened) => opened.compare(network, weights),
        }
    }
}

struct OpenedWeights<'a> {
    about: About,
    tensors: SafeTensors<'a>,
}

/// What a safetensors file says of itself.
///
/// # Errors
/// [`ReadError`] when it is no such file, or one of another program.
pub(crate) fn about_weights(bytes: &[u8]) -> Result<About, ReadError> {
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
    let entries = metadata.metadata().as_ref();
    let entry = entries.and_then(|entries| entries.get(KEY));
    let entry = entry.ok_or_else(|| ReadError::Foreign {
        missing: format!("an entry \"{KEY}\" in its metadata"),
    })?;
    About::parse(entry)
}

fn damaged(error: SafeTensorError) -> ReadError {
    ReadError::Damaged {
        detail: error.to_string(),
    }
}

impl<'a> OpenedWeights<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Ok(Self {
            about: about_weights(bytes)?,
            tensors: SafeTensors::deserialize(bytes).map_err(damaged)?,
        })
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        let tensor = self.tensors.tensor(name).ok()?;
        if tensor.dtype() != safetensors::Dtype::F32 || tensor.shape() != shape {
            return None;
        }
        let words = tensor.data().as_chunks().0.iter();
        Some(words.map(|&word| f32::from_le_bytes(word)).collect())
    }

    fn compare(&self, network: &TrainedNetwork, weights: &Weights) -> Result<(), ReadError> {
        let unfit = |error: model_card::WriteError| ReadError::Unfit {
            tensor: error.to_string(),
        };
        let whole = Whole::new(network, weights).map_err(unfit)?;
        for (name, shape) in backbone_tensors(network.settings.network).iter().flatten() {
            let frozen = match whole.numbers(name, shape).map_err(unfit)? {
                Numbers::Learnt(_) => continue,
                Numbers::Frozen(stored) => stored,
            };
            let scale = name.replace(".weight", ".scale");
            let same = match frozen {
                Stored::Single(bytes) | Stored::Half(bytes) => self.holds(name, bytes),
                Stored::Whole { numbers, scales } => {
                    self.holds(name, numbers) && self.holds(&scale, scales)
                }
            };
            if !same {
                return Err(ReadError::OtherBackbone {
                    tensor: name.clone(),
                });
            }
        }
        Ok(())
    }

    fn holds(&self, name: &str, bytes: &[u8]) -> bool {
        let tensor = self.tensors.tensor(name);
        tensor.is_ok_and(|tensor| tensor.data() == bytes)
    }
}
