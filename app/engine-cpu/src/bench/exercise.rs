use benchmark::{Exercise, Recipe};
use burn::tensor::Device;
use mobilenet::weights::Weights;
use wasm_bindgen::prelude::*;

/// Pixels of a side of the made-up films, as the page begins with.
const SIDE: usize = 224;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// A recipe of training, as the engine carries it out.
#[wasm_bindgen]
pub struct TrainingBench(Exercise);

#[wasm_bindgen]
impl TrainingBench {
    /// # Errors
    /// When no recipe has this name, or the bytes are not the backbone's weights.
    #[wasm_bindgen(constructor)]
    pub fn new(recipe: &str, weights: &[u8]) -> Result<Self, JsError> {
        let recipe = Recipe::named(recipe).ok_or_else(|| JsError::new("no such recipe"))?;
        Ok(Self(Exercise::new(
            recipe,
            SIDE,
            Weights::parse(weights)?,
            &Device::flex(),
        )?))
    }

    /// Training films, validation films, films in a batch, classes, pixels on a side, unfrozen stages.
    pub fn sizes(&self) -> Vec<usize> {
        let sizes = self.0.sizes();
        vec![
            sizes.training_films,
            sizes.validation_films,
            sizes.batch_size,
            sizes.classes,
            sizes.side,
            sizes.unfrozen,
        ]
    }

    /// Milliseconds of one epoch or step.
    ///
    /// # Errors
    /// What a run ends with.
    pub async fn once(&mut self) -> Result<f64, JsError> {
        Ok(self.0.once(now).await?)
    }
}
