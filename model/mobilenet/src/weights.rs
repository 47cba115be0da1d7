//! The backbone's weights as they travel: a safetensors file of half-precision numbers.

use half::f16;
use rand::{Rng, seq::SliceRandom};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use thiserror::Error;

/// A parsed file of weights. Tensors are named `STAGE.LAYER.weight` and `STAGE.LAYER.bias`, stages
/// counted as in [`architecture`](crate::architecture).
#[derive(Clone)]
pub struct Weights {
    bytes: Vec<u8>,
}

/// Why a file of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WeightsError {
    /// Not a whole safetensors file.
    #[error("the weights are damaged: {0}")]
    Damaged(String),
    /// A tensor is not there, or of another shape or type than the network expects.
    #[error("the weights lack a fitting {0}")]
    Tensor(String),
}

impl Weights {
    /// # Errors
    /// [`WeightsError::Damaged`] when the bytes are not a whole safetensors file.
    pub fn parse(bytes: &[u8]) -> Result<Self, WeightsError> {
        SafeTensors::deserialize(bytes)
            .map_err(|error| WeightsError::Damaged(error.to_string()))?;
        Ok(Self {
            bytes: bytes.to_vec(),
        })
    }

    /// The same numbers, but in another order within each tensor.
    ///
    /// # Errors
    /// [`WeightsError::Damaged`] when the file cannot be written anew.
    pub fn shuffled(&self, random: &mut impl Rng) -> Result<Self, WeightsError> {
        let damaged =
            |error: safetensors::SafeTensorError| WeightsError::Damaged(error.to_string());
        let file = SafeTensors::deserialize(&self.bytes).map_err(damaged)?;
        let mut names = file.names();
        names.sort_unstable();
        let mut tensors = Vec::with_capacity(names.len());
        for name in names {
            let view = file.tensor(name).map_err(damaged)?;
            let mut numbers: Vec<&[u8]> = view.data().chunks_exact(2).collect();
            numbers.shuffle(random);
            tensors.push((name, view.shape().to_vec(), numbers.concat()));
        }
        let views = tensors
            .iter()
            .map(|(name, shape, bytes)| {
                Ok((*name, TensorView::new(Dtype::F16, shape.clone(), bytes)?))
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(damaged)?;
        let bytes = safetensors::serialize(views, None).map_err(damaged)?;
        Ok(Self { bytes })
    }

    /// The tensor of this name as 32-bit numbers, row-major.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] when it is missing or not of this shape in half precision.
    pub fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
        let file = SafeTensors::deserialize(&self.bytes)
            .map_err(|error| WeightsError::Damaged(error.to_string()))?;
        let missing = || WeightsError::Tensor(format!("{name} {shape:?}"));
        let view = file.tensor(name).map_err(|_| missing())?;
        if view.dtype() != Dtype::F16 || view.shape() != shape {
            return Err(missing());
        }
        Ok(view
            .data()
            .chunks_exact(2)
            .map(|pair| f16::from_le_bytes([pair[0], pair[1]]).to_f32())
            .collect())
    }
}
