//! Features of all variants that experiments ask for, kept while the program runs.

use std::{collections::HashMap, sync::mpsc, thread};

use burn::tensor::Device;
use imaging::dataset::Dataset;
use mobilenet::weights::Weights;
use training::{
    experiment_runner::{ExperimentRunner, InputVariant},
    features::{self, Extractor, FeatureKey},
};

use super::Problem;

/// At most, so that the computer stays usable.
pub const THREADS: usize = 2;

/// With the number of frozen stages, which the activations depend on.
#[derive(Default)]
pub struct ExtractedFeatures(HashMap<(InputVariant, usize), features::Features>);

impl ExtractedFeatures {
    /// Gives the runner all that it needs.
    pub fn give(
        &mut self,
        experiment_runner: &mut ExperimentRunner,
        films: &Dataset,
        weights: &Weights,
    ) -> Result<(), Problem> {
        let mut missing: Vec<(InputVariant, FeatureKey)> = Vec::new();
        for variant in experiment_runner.needs() {
            let key = experiment_runner.key(&variant);
            match self.0.get(&(variant, key.cut)) {
                Some(features) => experiment_runner.give(variant, features.clone()),
                None => missing.push((variant, key)),
            }
        }
        for (variant, key, features) in extract(&missing, films, weights)? {
            experiment_runner.give(variant, features.clone());
            self.0.insert((variant, key.cut), features);
        }
        Ok(())
    }
}

type Extracted = (InputVariant, FeatureKey, features::Features);

fn extract(
    asked: &[(InputVariant, FeatureKey)],
    films: &Dataset,
    weights: &Weights,
) -> Result<Vec<Extracted>, Problem> {
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for share in asked.chunks(asked.len().div_ceil(THREADS).max(1)) {
            let send = send.clone();
            scope.spawn(move || {
                let mut extractor: Option<(FeatureKey, Extractor)> = None;
                for (variant, key) in share {
                    let own = extractor.take().filter(|(own, _)| own == key);
                    let made = match own {
                        Some((_, extractor)) => Ok(extractor),
                        None => Extractor::new(weights, key, &Device::flex()),
                    };
                    let features = made.map_err(|error| error.to_string()).and_then(|made| {
                        let input = variant.input(films);
                        let features = pollster::block_on(made.extract(&input));
                        extractor = Some((*key, made));
                        features.map_err(|error| error.to_string())
                    });
                    let answer = features.map(|features| (*variant, *key, features));
                    if send.send(answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    drop(send);
    Ok(receive.into_iter().collect::<Result<_, String>>()?)
}
