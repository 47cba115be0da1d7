//! One experiment from its plan to its outcomes.

use std::{thread, time::Instant};

use burn::tensor::Device;
use experiments::{Experiment, Outcome};
use imaging::{dataset::Dataset, settings::Settings};
use mobilenet::weights::Weights;
use training::experiment_runner::ExperimentRunner;

use super::{
    Problem,
    arguments::Arguments,
    extracting::{ExtractedFeatures, THREADS},
};

/// What came of an experiment, and what it took.
pub struct Done {
    pub outcomes: Vec<Outcome>,
    /// Inputs that went through the backbone.
    pub variants: usize,
    /// Of training and evaluation, on all threads together.
    pub seconds: f64,
}

/// Each thread takes a share of the seeds.
pub fn carry_out(
    experiment: Experiment,
    arguments: &Arguments,
    films: &Dataset,
    weights: &Weights,
    features: &mut ExtractedFeatures,
) -> Result<Done, Problem> {
    let (first, seeds) = (arguments.first_seed, arguments.seeds(experiment));
    // As for a learner with this seed, whose own test set stays locked.
    let run = Settings {
        seed: first,
        ..Settings::default()
    }
    .division();
    let device = Device::flex();
    let whole = ExperimentRunner::new(experiment, first, seeds, films, run, weights, &device)?;
    let variants = whole.needs().len();
    let share = seeds.div_ceil(THREADS);
    let mut shares = Vec::new();
    for begin in (0..seeds).step_by(share.max(1)) {
        let seeds = share.min(seeds - begin);
        let first = first + begin as u64;
        let mut experiment_runner =
            ExperimentRunner::new(experiment, first, seeds, films, run, weights, &device)?;
        features.give(&mut experiment_runner, films, weights)?;
        shares.push(experiment_runner);
    }
    let ended = thread::scope(|scope| {
        let begun: Vec<_> = shares
            .into_iter()
            .map(|experiment_runner| scope.spawn(|| outcomes(experiment_runner)))
            .collect();
        let joined = begun.into_iter().map(|thread| thread.join());
        joined
            .map(|ended| ended.unwrap_or_else(|_| Err("a thread broke off".into())))
            .collect::<Result<Vec<_>, String>>()
    })?;
    let mut done = Done {
        outcomes: Vec::new(),
        variants,
        seconds: 0.0,
    };
    for (outcomes, seconds) in ended {
        done.outcomes.extend(outcomes);
        done.seconds += seconds;
    }
    Ok(done)
}

fn outcomes(mut experiment_runner: ExperimentRunner) -> Result<(Vec<Outcome>, f64), String> {
    let clock = Instant::now();
    let mut outcomes = Vec::with_capacity(experiment_runner.total());
    while !experiment_runner.is_done() {
        let next = pollster::block_on(experiment_runner.next());
        outcomes.extend(next.map_err(|error| error.to_string())?);
    }
    Ok((outcomes, clock.elapsed().as_secs_f64()))
}
