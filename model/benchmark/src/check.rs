//! What `cargo xtask gpu-check` times of a graphics processor, the same natively and in a browser.

use burn::tensor::Device;
use imaging::settings::{Network, Pooling, Settings};
use mobilenet::weights::Weights;
use training::{
    features::{Extractor, FeatureKey},
    self_test,
};

use crate::{Exercise, Recipe, image};

/// Milliseconds of one piece of work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    pub name: &'static str,
    /// With all kernels compiled, the median.
    pub usual: f64,
    /// With the kernels that it is the first to need.
    pub first: f64,
}

/// Self-test, backbone, and each recipe, `rounds` times after a first; `now` tells milliseconds. `told` hears of each as soon
/// as it is known.
///
/// # Errors
/// Where the device computes wrongly, or what it failed with.
pub async fn check(
    device: &Device,
    weights: &Weights,
    rounds: usize,
    now: impl Fn() -> f64,
    mut told: impl FnMut(Time),
) -> Result<(), String> {
    let mut times = Vec::new();
    for _ in 0..=rounds {
        let begun = now();
        self_test::run(device).await?;
        times.push(now() - begun);
    }
    told(time("self-test", times));

    let settings = Settings {
        network: Network::Pretrained(Pooling::GlobalAverage),
        fine_tuning: None,
        ..Settings::default()
    };
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    let extractor = Extractor::new(weights, &FeatureKey::of(&settings), device)
        .map_err(|error| failed(&error))?;
    let input = image(settings.film_side);
    let mut times = Vec::new();
    for _ in 0..=rounds {
        let begun = now();
        let features = extractor.extract(&input).await;
        features.map_err(|error| failed(&error))?;
        times.push(now() - begun);
    }
    told(time("backbone", times));

    for recipe in Recipe::ALL {
        let mut exercise =
            Exercise::new(recipe, weights.clone(), device).map_err(|error| failed(&error))?;
        let mut times = Vec::new();
        for _ in 0..=rounds {
            let once = exercise.once(&now).await;
            times.push(once.map_err(|error| failed(&error))?);
        }
        told(time(recipe.name(), times));
    }
    Ok(())
}

fn time(name: &'static str, mut times: Vec<f64>) -> Time {
    let first = times.remove(0);
    times.sort_by(f64::total_cmp);
    Time {
        name,
        usual: times.get(times.len() / 2).copied().unwrap_or(first),
        first,
    }
}
