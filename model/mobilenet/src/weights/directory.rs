//! What a safetensors file holds, and where.

use safetensors::{Dtype, SafeTensorError, SafeTensors, tensor::TensorInfo};
use serde::{Deserialize, Serialize};

use super::WeightsError;

/// The tensors of a file whose kind of numbers is known here, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub(super) tensors: Vec<Tensor>,
}

/// Its bytes are those from `start` to before `end` of the file, row-major, least byte of a number first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    pub(super) numbers: Numbers,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How a tensor's numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Numbers {
    /// I8
    Whole,
    /// F16
    Half,
    /// F32
    Single,
}

/// Of the length of the header, at the start of a file.
const LENGTH_BYTES: usize = 8;

impl Directory {
    /// # Errors
    /// [`WeightsError::Damaged`] when the bytes are not a whole safetensors file.
    pub fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        let (header, metadata) = SafeTensors::read_metadata(bytes).map_err(damaged)?;
        let data = LENGTH_BYTES + header;
        let tensors = metadata.tensors();
        let known = tensors
            .into_iter()
            .filter_map(|(name, info)| Tensor::of(name, info, data));
        let mut tensors: Vec<_> = known.collect();
        tensors.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { tensors })
    }

    pub(super) fn find(&self, name: &str, shape: &[usize]) -> Option<&Tensor> {
        let mut tensors = self.tensors.iter();
        tensors.find(|tensor| tensor.name == name && tensor.shape == shape)
    }
}

impl Tensor {
    /// `data` is where in the file the tensors begin.
    fn of(name: String, info: &TensorInfo, data: usize) -> Option<Self> {
        let (start, end) = info.data_offsets;
        Some(Self {
            name,
            shape: info.shape.clone(),
            numbers: match info.dtype {
                Dtype::I8 => Numbers::Whole,
                Dtype::F16 => Numbers::Half,
                Dtype::F32 => Numbers::Single,
                _ => return None,
            },
            start: data + start,
            end: data + end,
        })
    }
}

fn damaged(error: SafeTensorError) -> WeightsError {
    WeightsError::Damaged(error.to_string())
}
