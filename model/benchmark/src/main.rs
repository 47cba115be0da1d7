//! The native side of `cargo xtask bench`. A line on standard input names what is to be done once; the answer is a line with
//! its milliseconds. So the browser and this program can take turns.
//!
//! `benchmark WEIGHTS`

use std::{
    collections::HashMap,
    error::Error,
    io::{BufRead, Write, stdin, stdout},
    process::ExitCode,
    time::Instant,
};

use benchmark::{Exercise, Recipe, image};
use mobilenet::{
    architecture::STAGES,
    frozen::{FrozenBackbone, Reading, Request},
    weights::Weights,
};
use pollster::block_on;

/// An image through the backbone of the feature workers, on one thread.
const BACKBONE: &str = "backbone";
const SIDE: usize = 224;

fn main() -> ExitCode {
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn answer() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: benchmark WEIGHTS")?;
    let bytes = std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
    let weights = Weights::parse(&bytes)?;
    let clock = Instant::now();
    let now = || clock.elapsed().as_secs_f64() * 1e3;
    let mut backbone = FrozenBackbone::new(&weights)?;
    let request = Request {
        side: SIDE,
        reading: Reading::GlobalAverage,
        cut: STAGES,
    };
    let input = image(SIDE);
    let mut exercises = HashMap::new();
    for line in stdin().lock().lines() {
        let name = line?;
        let time = if name == BACKBONE {
            let begun = now();
            backbone.compute(&request, &input)?;
            now() - begun
        } else {
            let recipe = Recipe::named(&name).ok_or_else(|| format!("no recipe is {name}"))?;
            if !exercises.contains_key(&name) {
                exercises.insert(name.clone(), Exercise::new(recipe, weights.clone())?);
            }
            let exercise = exercises.get_mut(&name).ok_or("no such exercise")?;
            block_on(exercise.once(now))?
        };
        println!("{time}");
        stdout().flush()?;
    }
    Ok(())
}
