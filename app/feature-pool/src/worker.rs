use mobilenet::{
    frozen::{FrozenBackbone, Request},
    weights::{Weights, WeightsError},
};

use super::messages::{FromWorker, Ticket};

/// Computes the features of one input after another; a job before the weights fails.
pub struct Worker {
    /// Or why there is none.
    backbone: Result<FrozenBackbone, String>,
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            backbone: Err("the weights have not come".into()),
        }
    }
}

impl Worker {
    /// `weights`, or why there are none.
    pub fn keep_weights(&mut self, weights: Result<Weights, WeightsError>) {
        self.backbone = weights
            .and_then(|weights| FrozenBackbone::new(&weights))
            .map_err(|error| error.to_string());
    }

    /// The answer to a job.
    pub fn compute(&mut self, ticket: Ticket, request: &Request, input: &[f32]) -> FromWorker {
        let computed = match &mut self.backbone {
            Ok(backbone) => backbone
                .compute(request, input)
                .map_err(|error| error.to_string()),
            Err(problem) => Err(problem.clone()),
        };
        match computed {
            Ok(features) => FromWorker::Done { ticket, features },
            Err(detail) => FromWorker::Failed { ticket, detail },
        }
    }
}
