//! How long a step of the second stage takes on the CPU, with the default settings, on films made here:
//!
//! `cargo run --release -p training --example fine_tuning [unfrozen stages]`

#[path = "../tests/discs/mod.rs"]
mod discs;

use std::time::{Duration, Instant};

use imaging::{
    report::{Report, StageKind},
    settings::{FineTuning, Settings},
};
use pollster::block_on;

fn main() {
    let stages = std::env::args().nth(1).map_or_else(
        || FineTuning::default().stages,
        |stages| stages.parse().expect("a number of stages"),
    );
    let settings = Settings {
        epochs: 1,
        fine_tuning: Some(FineTuning {
            stages,
            epochs: 30,
            ..FineTuning::default()
        }),
        ..Settings::default()
    };
    let (mut run, store) = discs::prepare(&settings, &discs::discs(), 1);
    let mut times: Vec<Duration> = Vec::new();
    while !run.is_done() {
        let begun = Instant::now();
        let reports = block_on(run.next(&store)).expect("a step");
        let time = begun.elapsed();
        // The last batch of an epoch is smaller, and validation follows it.
        if let [Report::Step(step)] = &reports[..]
            && step.stage == StageKind::FineTuning
        {
            times.push(time);
        }
    }
    times.sort();
    println!(
        "{} films, {stages} unfrozen stages, {} steps: least {:.1?}, median {:.1?}",
        settings.batch_size,
        times.len(),
        times[0],
        times[times.len() / 2],
    );
}
