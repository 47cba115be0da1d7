//! A worker of the [`pool`](super::pool): computes the features of one input after another on the CPU.

use std::{cell::RefCell, rc::Rc};

use burn::tensor::Device;
use js_sys::{Array, Float32Array, Uint8Array};
use training::{
    features::{Extractor, Features, Recipe},
    weights::Weights,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{
    pool::{DONE, FAILED, JOB, READY, RECIPE, WEIGHTS},
    scope::{listen, post_parts},
};

/// What the engine has sent so far; a job before the rest fails.
#[derive(Default)]
struct Bench {
    weights: Option<Weights>,
    extractor: Option<Rc<Extractor>>,
    /// Why there is no extractor.
    problem: String,
}

/// Listens for jobs until the engine ends this worker.
pub fn run() {
    let bench = Rc::new(RefCell::new(Bench::default()));
    listen(move |parts| {
        let kind = parts.get(0).as_string().unwrap_or_default();
        match kind.as_str() {
            WEIGHTS => bench.borrow_mut().keep_weights(&parts.get(1)),
            RECIPE => bench.borrow_mut().keep_recipe(&parts.get(1)),
            JOB => {
                let bench = bench.borrow();
                let work = compute(bench.extractor.clone(), bench.problem.clone(), parts);
                spawn_local(work);
            }
            _ => {}
        }
    });
    post_parts(&Array::of1(&READY.into()), &Array::new());
}

impl Bench {
    fn keep_weights(&mut self, bytes: &JsValue) {
        match Weights::parse(&Uint8Array::new(bytes).to_vec()) {
            Ok(weights) => self.weights = Some(weights),
            Err(error) => self.problem = error.to_string(),
        }
    }

    fn keep_recipe(&mut self, bytes: &JsValue) {
        self.extractor = None;
        let Some(weights) = &self.weights else {
            return;
        };
        let bytes = Uint8Array::new(bytes).to_vec();
        let extractor = postcard::from_bytes::<Recipe>(&bytes)
            .map_err(|error| error.to_string())
            .and_then(|recipe| {
                Extractor::new(weights, &recipe, &Device::flex()).map_err(|error| error.to_string())
            });
        match extractor {
            Ok(extractor) => self.extractor = Some(Rc::new(extractor)),
            Err(problem) => self.problem = problem,
        }
    }
}

/// Answers `["job", ticket, input]`.
async fn compute(extractor: Option<Rc<Extractor>>, problem: String, parts: Array) {
    let ticket = parts.get(1);
    let input = Float32Array::new(&parts.get(2)).to_vec();
    let result = match extractor {
        Some(extractor) => extractor
            .extract(&input)
            .await
            .map_err(|error| format!("{error:?}")),
        None => Err(problem),
    };
    match result {
        Ok(Features {
            reading,
            activation,
        }) => {
            let reading = Float32Array::from(reading.as_slice());
            let activation = Float32Array::from(activation.as_slice());
            post_parts(
                &Array::of4(&DONE.into(), &ticket, &reading, &activation),
                &Array::of2(&reading.buffer(), &activation.buffer()),
            );
        }
        Err(detail) => post_parts(
            &Array::of3(&FAILED.into(), &ticket, &detail.into()),
            &Array::new(),
        ),
    }
}
