//! What `cargo xtask gpu-check` measures of the engine in a browser, for a script in a worker: never a part of the site.

use benchmark::{Course, Exercise, Exercises, Recipe, difference_from_cpu};
use burn::tensor::Device;
use mobilenet::weights::Weights;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

fn main() {
    engine::run_constructors();
    console_error_panic_hook::set_once();
}

/// The engine's graphics processor, self-tested; one for each worker.
#[wasm_bindgen]
pub struct GraphicsProcessorBench {
    device: Device,
    weights: Weights,
    exercises: Exercises,
}

#[wasm_bindgen]
impl GraphicsProcessorBench {
    /// `weights`: the backbone's file. `side`: pixels of the made-up images.
    ///
    /// # Errors
    /// When there is no such device, it computes wrongly, or the bytes are not the backbone's weights.
    pub async fn open(weights: Vec<u8>, side: usize) -> Result<Self, JsError> {
        let gpu = engine_gpu::device::open_gpu().await.map_err(told)?;
        let weights = Weights::parse(&weights)?;
        let exercises = Exercises::new(gpu.device.clone(), weights.clone(), side).map_err(told)?;
        Ok(Self {
            device: gpu.device,
            weights,
            exercises,
        })
    }

    /// Milliseconds of a piece of work.
    ///
    /// # Errors
    /// When nothing is called that, or it fails.
    pub async fn once(&mut self, work: String) -> Result<f64, JsError> {
        self.exercises.once(&work, now).await.map_err(told)
    }

    /// The largest difference between the losses of ten steps here and on the CPU, for each course: its name, a tab, the difference.
    ///
    /// # Errors
    /// When a run fails.
    pub async fn differences(&self) -> Result<Vec<String>, JsError> {
        let mut lines = Vec::new();
        for course in Course::ALL {
            let difference = difference_from_cpu(course, &self.weights, &self.device).await?;
            lines.push(format!("{}\t{difference:e}", course.name()));
        }
        Ok(lines)
    }
}

/// Training films, validation films, films in a batch, classes, pixels on a side, unfrozen stages, for other libraries to do the same.
///
/// # Errors
/// When the bytes are not the backbone's weights.
#[wasm_bindgen]
pub fn sizes(weights: &[u8], side: usize) -> Result<Vec<usize>, JsError> {
    let weights = Weights::parse(weights)?;
    let exercise = Exercise::new(Recipe::FineTuningStep, side, weights, &Device::flex())?;
    let sizes = exercise.sizes();
    Ok(vec![
        sizes.training_films,
        sizes.validation_films,
        sizes.batch_size,
        sizes.classes,
        sizes.side,
        sizes.unfrozen,
    ])
}

fn told(problem: String) -> JsError {
    JsError::new(&problem)
}
