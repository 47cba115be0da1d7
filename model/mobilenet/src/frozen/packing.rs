//! Weights in the order in which the kernels read them.

use super::buffer::{BLOCK, Buffer};
use crate::weights::{Weights, WeightsError};

/// A convolution's weights in panels. A panel has those of eight output channels: a row of biases, then a row for each input
/// channel, or for each tap if the convolution is depthwise.
pub(super) struct Packed {
    floats: Buffer,
    /// Floats in a panel.
    panel: usize,
}

impl Packed {
    /// Of weights `[output][input]` and as many biases as outputs, a multiple of eight.
    pub(super) fn new(weights: &[f32], biases: &[f32]) -> Self {
        let inputs = weights.len() / biases.len();
        let panel = (inputs + 1) * BLOCK;
        let mut floats = Buffer::zeros(biases.len() / BLOCK * panel);
        for (output, bias) in biases.iter().enumerate() {
            let lane = output / BLOCK * panel + output % BLOCK;
            floats[lane] = *bias;
            for (input, weight) in weights[output * inputs..][..inputs].iter().enumerate() {
                floats[lane + (input + 1) * BLOCK] = *weight;
            }
        }
        Self { floats, panel }
    }

    /// The tensors `NAME.weight`, `[output, input, kernel, kernel]`, and `NAME.bias`.
    ///
    /// # Errors
    /// [`WeightsError`] when one of them is missing or of another shape.
    pub(super) fn load(
        weights: &Weights,
        name: &str,
        shape: [usize; 4],
    ) -> Result<Self, WeightsError> {
        Ok(Self::new(
            &weights.numbers(&format!("{name}.weight"), &shape)?,
            &weights.numbers(&format!("{name}.bias"), &shape[..1])?,
        ))
    }

    /// The panel of a block of output channels.
    pub(super) fn panel(&self, block: usize) -> &[f32] {
        &self.floats[block * self.panel..][..self.panel]
    }

    /// Blocks of output channels.
    pub(super) fn blocks(&self) -> usize {
        self.floats.len() / self.panel
    }
}
