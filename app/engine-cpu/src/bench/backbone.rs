use burn::tensor::{Device, Tensor, TensorData};
use mobilenet::{architecture::STAGES, weights::Weights};
use training::backbone::{Backbone, normalise};
use wasm_bindgen::prelude::*;

/// Pixels on each side of the network's input.
const SIDE: usize = 224;

/// The backbone as burn computes it, on one thread of the CPU.
#[wasm_bindgen]
pub struct BackboneBench(Backbone);

#[wasm_bindgen]
impl BackboneBench {
    /// # Errors
    /// When the bytes are not the backbone's weights.
    #[wasm_bindgen(constructor)]
    pub fn new(weights: &[u8]) -> Result<Self, JsError> {
        let weights = Weights::parse(weights)?;
        let backbone = Backbone::new(&weights, 0..STAGES, &Device::flex())?;
        Ok(Self(backbone))
    }

    /// The averages of the last stage's channels for one image of grey values, all read back.
    ///
    /// # Errors
    /// When the image is not one of 224 pixels, or the averages cannot be read.
    pub async fn features(&self, grey: Vec<f32>) -> Result<Vec<f32>, JsError> {
        if grey.len() != SIDE * SIDE {
            return Err(JsError::new("not an image of 224 x 224 pixels"));
        }
        let grey = TensorData::new(grey, [1, 1, SIDE, SIDE]);
        let maps = self
            .0
            .forward(normalise(Tensor::from_data(grey, &Device::flex())));
        let averages = maps.mean_dim(3).mean_dim(2);
        let read = averages.into_data_async().await;
        let read = read.map_err(|error| JsError::new(&error.to_string()))?;
        read.try_to_vec()
            .map_err(|error| JsError::new(&format!("{error:?}")))
    }
}
