//! What `cargo xtask bench` measures of the engine, for a script in a page: never a part of the site.

use burn::tensor::{Device, Tensor, TensorData};
use mobilenet::{architecture::STAGES, weights::Weights};
use training::backbone::Backbone;
use wasm_bindgen::prelude::*;

/// Pixels on each side of the network's input.
const SIDE: usize = 224;

/// The backbone on one thread of the CPU, and an image for it.
#[wasm_bindgen]
pub struct BackboneBench {
    backbone: Backbone,
    image: Tensor<4>,
}

#[wasm_bindgen]
impl BackboneBench {
    /// # Errors
    /// When the bytes are not the backbone's weights.
    #[wasm_bindgen(constructor)]
    pub fn new(weights: &[u8]) -> Result<Self, JsError> {
        let device = Device::flex();
        let weights = Weights::parse(weights).map_err(|error| JsError::new(&error.to_string()))?;
        let backbone = Backbone::new(&weights, 0..STAGES, &device)
            .map_err(|error| JsError::new(&error.to_string()))?;
        let pixels = (0..3 * SIDE * SIDE).map(|i| (i % 17) as f32 / 8.0 - 1.0);
        let image = TensorData::new(pixels.collect::<Vec<f32>>(), [1, 3, SIDE, SIDE]);
        let image = Tensor::from_data(image, &device);
        Ok(Self { backbone, image })
    }

    /// One image through the network: how many numbers came out, all read back.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn forward(&self) -> Result<usize, JsError> {
        let features = self.backbone.forward(self.image.clone());
        let read = features.into_data_async().await;
        let read = read.map_err(|error| JsError::new(&error.to_string()))?;
        Ok(read.num_elements())
    }
}

fn main() {
    console_error_panic_hook::set_once();
}
