//! Features of all exposures that experiments ask for, kept while the program runs.

use std::{collections::HashMap, sync::mpsc, thread};

use burn::tensor::Device;
use imaging::dataset::Dataset;
use training::{
    features::{self, Extractor, Recipe},
    laboratory::{Exposure, Laboratory},
    weights::Weights,
};

use super::Problem;

/// At most, so that the computer stays usable.
pub const THREADS: usize = 2;

/// With the number of frozen stages, which the activations depend on.
#[derive(Default)]
pub struct Features(HashMap<(Exposure, usize), features::Features>);

impl Features {
    /// Gives the laboratory all that it needs.
    pub fn give(
        &mut self,
        laboratory: &mut Laboratory,
        films: &Dataset,
        weights: &Weights,
    ) -> Result<(), Problem> {
        let mut missing: Vec<(Exposure, Recipe)> = Vec::new();
        for exposure in laboratory.needs() {
            let recipe = laboratory.recipe(&exposure);
            match self.0.get(&(exposure, recipe.cut)) {
                Some(features) => laboratory.give(exposure, features.clone()),
                None => missing.push((exposure, recipe)),
            }
        }
        for (exposure, recipe, features) in extract(&missing, films, weights)? {
            laboratory.give(exposure, features.clone());
            self.0.insert((exposure, recipe.cut), features);
        }
        Ok(())
    }
}

type Extracted = (Exposure, Recipe, features::Features);

fn extract(
    asked: &[(Exposure, Recipe)],
    films: &Dataset,
    weights: &Weights,
) -> Result<Vec<Extracted>, Problem> {
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for share in asked.chunks(asked.len().div_ceil(THREADS).max(1)) {
            let send = send.clone();
            scope.spawn(move || {
                let mut extractor: Option<(Recipe, Extractor)> = None;
                for (exposure, recipe) in share {
                    let own = extractor.take().filter(|(own, _)| own == recipe);
                    let made = match own {
                        Some((_, extractor)) => Ok(extractor),
                        None => Extractor::new(weights, recipe, &Device::flex()),
                    };
                    let features = made.map_err(|error| error.to_string()).and_then(|made| {
                        let input = exposure.input(films);
                        let features = pollster::block_on(made.extract(&input));
                        extractor = Some((*recipe, made));
                        features.map_err(|error| error.to_string())
                    });
                    let answer = features.map(|features| (*exposure, *recipe, features));
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
