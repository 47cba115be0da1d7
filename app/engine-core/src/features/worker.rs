//! A worker of the [`pool`](super::pool): computes the features of one input after another on the CPU.

use mobilenet::weights::Weights;
use std::rc::Rc;

use burn::tensor::Device;
use training::features::{Extractor, FeatureKey};

use super::pool::{FromWorker, Ticket};

/// What the engine has sent so far; a job before the rest fails.
#[derive(Default)]
pub struct Worker {
    weights: Option<Weights>,
    extractor: Option<Rc<Extractor>>,
    /// Why there is no extractor.
    problem: String,
}

impl Worker {
    pub fn keep_weights(&mut self, bytes: &[u8]) {
        match Weights::parse(bytes) {
            Ok(weights) => self.weights = Some(weights),
            Err(error) => self.problem = error.to_string(),
        }
    }

    pub fn keep_recipe(&mut self, key: &FeatureKey) {
        self.extractor = None;
        let Some(weights) = &self.weights else {
            return;
        };
        match Extractor::new(weights, key, &Device::flex()) {
            Ok(extractor) => self.extractor = Some(Rc::new(extractor)),
            Err(error) => self.problem = error.to_string(),
        }
    }

    /// The answer to a job; later messages do not change it.
    pub fn compute(
        &self,
        ticket: Ticket,
        input: Vec<f32>,
    ) -> impl Future<Output = FromWorker> + use<> {
        let extractor = self.extractor.clone();
        let problem = self.problem.clone();
        async move {
            let extracted = match extractor {
                Some(extractor) => extractor
                    .extract(&input)
                    .await
                    .map_err(|error| format!("{error:?}")),
                None => Err(problem),
            };
            match extracted {
                Ok(features) => FromWorker::Done { ticket, features },
                Err(detail) => FromWorker::Failed { ticket, detail },
            }
        }
    }
}
