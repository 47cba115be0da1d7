//! The native side of `cargo xtask bench`. A line on standard input names what is to be done once; the answer is a line with
//! its milliseconds. So the browser and this program can take turns.
//!
//! `benchmark WEIGHTS [wgpu]`: on the CPU, or by WebGPU. `benchmark WEIGHTS check`: everything once by WebGPU, a line each.

use std::{
    collections::HashMap,
    error::Error,
    io::{BufRead, Write, stdin, stdout},
    process::ExitCode,
    time::Instant,
};

use benchmark::{Exercise, Recipe, image};
use burn::tensor::Device;
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
    #[cfg(feature = "gpu")]
    if std::env::args().nth(2).as_deref() == Some("check") {
        return checked(&weights, now);
    }
    let mut backbone = FrozenBackbone::new(&weights)?;
    let request = Request {
        side: SIDE,
        reading: Reading::GlobalAverage,
        cut: STAGES,
    };
    let input = image(SIDE);
    let device = match std::env::args().nth(2).as_deref() {
        None => Device::flex(),
        #[cfg(feature = "wgpu")]
        Some("wgpu") => Device::wgpu_options().init()?,
        Some(other) => return Err(format!("{other}: unknown, or left out of this build").into()),
    };
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
                exercises.insert(
                    name.clone(),
                    Exercise::new(recipe, weights.clone(), &device)?,
                );
            }
            let exercise = exercises.get_mut(&name).ok_or("no such exercise")?;
            block_on(exercise.once(now))?
        };
        println!("{time}");
        stdout().flush()?;
    }
    Ok(())
}

/// The adapter's name, and lines of name, milliseconds, and milliseconds of the first time.
#[cfg(feature = "gpu")]
fn checked(weights: &Weights, now: impl Fn() -> f64) -> Result<(), Box<dyn Error>> {
    const ROUNDS: usize = 3;
    let (device, name) = training::graphics_processor::open()?;
    println!("adapter\t{name}");
    let told = |time: benchmark::Time| {
        println!("{}\t{:.1}\t{:.1}", time.name, time.usual, time.first);
    };
    block_on(benchmark::check(&device, weights, ROUNDS, now, told))?;
    Ok(())
}
