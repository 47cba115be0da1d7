//! All that is timed on one device, the same natively and in a browser, on the CPU and on a graphics processor.

use std::collections::HashMap;

use burn::tensor::Device;
use imaging::settings::{Network, Pooling, Settings};
use mobilenet::weights::Weights;
use training::{
    features::{Extractor, FeatureKey},
    self_test,
};

use crate::{Exercise, Recipe, made_up::image};

/// A piece of work whose time is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    /// Every kind of kernel, beside the CPU's numbers.
    SelfTest,
    /// One image through the whole frozen backbone; on the CPU, that of the feature workers on one thread.
    Backbone,
    Training(Recipe),
}

impl Work {
    fn named(name: &str) -> Option<Self> {
        match name {
            "self-test" => Some(Self::SelfTest),
            "backbone" => Some(Self::Backbone),
            recipe => Recipe::named(recipe).map(Self::Training),
        }
    }
}

/// A device, and what has been begun on it.
pub struct Exercises {
    device: Device,
    weights: Weights,
    /// Pixels of the made-up images.
    side: usize,
    backbone: Extractor,
    training: HashMap<Recipe, Exercise>,
}

impl Exercises {
    /// # Errors
    /// When the weights do not fit.
    pub fn new(device: Device, weights: Weights, side: usize) -> Result<Self, String> {
        let settings = Settings {
            network: Network::Pretrained(Pooling::GlobalAverage),
            film_side: side,
            fine_tuning: None,
            ..Settings::default()
        };
        let backbone = Extractor::new(&weights, &FeatureKey::of(&settings), &device)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            device,
            weights,
            side,
            backbone,
            training: HashMap::new(),
        })
    }

    /// Milliseconds of a piece of work, done once. `now` tells milliseconds.
    ///
    /// # Errors
    /// When nothing is called that, the device computes wrongly, or it fails.
    pub async fn once(&mut self, work: &str, now: impl Fn() -> f64) -> Result<f64, String> {
        let begun = now();
        match Work::named(work).ok_or_else(|| format!("nothing is called {work}"))? {
            Work::SelfTest => self_test::run(&self.device).await?,
            Work::Backbone => {
                let features = self.backbone.extract(&image(self.side)).await;
                features.map_err(|error| error.to_string())?;
            }
            Work::Training(recipe) => {
                let exercise = self.exercise(recipe)?;
                let time = exercise.once(now).await;
                return time.map_err(|error| error.to_string());
            }
        }
        Ok(now() - begun)
    }

    fn exercise(&mut self, recipe: Recipe) -> Result<&mut Exercise, String> {
        if !self.training.contains_key(&recipe) {
            let begun = Exercise::new(recipe, self.side, self.weights.clone(), &self.device);
            let begun = begun.map_err(|error| error.to_string())?;
            self.training.insert(recipe, begun);
        }
        let exercise = self.training.get_mut(&recipe);
        exercise.ok_or_else(|| format!("{} was not begun", recipe.name()))
    }
}
