//! How networks of several recipes answer about films of another origin, and how much that hangs on the seed.

mod changes;
mod recipes;

use std::{path::PathBuf, process::ExitCode};

use burn::tensor::Device;
use clap::Parser;
use cli::{
    Problem,
    extraction::extract,
    loading::{Guesses, load},
};
use imaging::{dataset::Dataset, film::Film, pack::Answers, settings::Settings, task::chest};
use mobilenet::weights::Weights;
use training::{
    features::{FeatureKey, FeatureStore},
    run::Run,
};

use changes::Change;
use recipes::Recipe;

/// Trains on the built-in films, and asks about real radiographs of children's chests, as they are and changed.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask recipe-check")]
struct Arguments {
    #[arg(long, default_value_t = 10)]
    seeds: u64,
    #[arg(long, default_value_t = 1)]
    first_seed: u64,
    #[arg(long, default_value = "public/films/built-in.zip")]
    films: PathBuf,
    /// Films that all show the chest.
    #[arg(long, default_value = "public/films/paediatric.zip")]
    chests: PathBuf,
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    weights: PathBuf,
}

fn main() -> ExitCode {
    match check(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn check(arguments: &Arguments) -> Result<(), Problem> {
    let films = load(
        &arguments.films,
        &Answers::default(),
        Guesses::Ask,
        |films| films.finish(),
    )?;
    let class = chest(&films.classes).ok_or("no class is called chest")?;
    let chests = load(
        &arguments.chests,
        &Answers::default(),
        Guesses::Ask,
        |films| films.finish(),
    )?;
    let weights = std::fs::read(&arguments.weights)
        .map_err(|error| format!("{}: {error}", arguments.weights.display()))?;
    let weights = Weights::parse(&weights)?;
    println!(
        "\nOf {} chest films, in percent called chest, a column for each seed:\n",
        chests.samples.len()
    );
    for recipe in Recipe::ALL {
        let asked = Asked {
            films: &films,
            chests: &chests,
            class,
            weights: &weights,
        };
        asked.print(
            recipe,
            arguments.first_seed..arguments.first_seed + arguments.seeds,
        )?;
    }
    Ok(())
}

struct Asked<'a> {
    films: &'a Dataset,
    chests: &'a Dataset,
    /// The chest.
    class: usize,
    weights: &'a Weights,
}

impl Asked<'_> {
    /// A row for each change of the films.
    fn print(&self, recipe: Recipe, seeds: std::ops::Range<u64>) -> Result<(), Problem> {
        let key = FeatureKey::of(&recipe.settings(seeds.start));
        let mut store = FeatureStore::new(key);
        let mut columns = Vec::new();
        for seed in seeds {
            let run = self.train(&recipe.settings(seed), &mut store)?;
            columns.push(self.called_chest(&run)?);
        }
        println!(
            "| {} | mean | least | by seed |\n|---|---|---|---|",
            recipe.name()
        );
        for (row, change) in Change::ALL.iter().enumerate() {
            let shares: Vec<f64> = columns.iter().map(|column| column[row]).collect();
            let mean = shares.iter().sum::<f64>() / shares.len() as f64;
            let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
            let each: Vec<String> = shares.iter().map(|share| format!("{share:.0}")).collect();
            println!(
                "| {} | {mean:.0} | {least:.0} | {} |",
                change.name(),
                each.join(" ")
            );
        }
        println!();
        Ok(())
    }

    /// A trained network. Features do not depend on the seed: those of a run before are used again.
    fn train(&self, settings: &Settings, store: &mut FeatureStore) -> Result<Run, Problem> {
        let device = Device::flex();
        let mut run = Run::new(
            settings,
            &self.films.summary(false),
            self.weights,
            &device,
            1,
        )?;
        let key = FeatureKey::of(settings);
        let missing = store.missing(&run.views());
        for (view, features) in extract(self.films, &missing, self.weights, &key, &device)? {
            store.insert(view, features);
        }
        while !run.is_done() {
            pollster::block_on(run.next(store))?;
        }
        Ok(run)
    }

    /// In percent, for each change.
    fn called_chest(&self, run: &Run) -> Result<Vec<f64>, Problem> {
        let share = |change: &Change| -> Result<f64, Problem> {
            let mut right = 0;
            for sample in &self.chests.samples {
                let film: Film = change.apply(&sample.film);
                let probabilities = pollster::block_on(run.classify(&film))?;
                let best = probabilities.iter().copied().fold(0.0, f32::max);
                right += usize::from(probabilities[self.class] >= best);
            }
            Ok(100.0 * right as f64 / self.chests.samples.len() as f64)
        };
        Change::ALL.iter().map(share).collect()
    }
}
