//! The native side of `cargo xtask bench` and `cargo xtask gpu-check`. A line on standard input names what is to be done once; the
//! answer is a line with its milliseconds. So the browser and this program can take turns. `adapter` is answered with a name.
//!
//! `benchmark WEIGHTS [--device cpu|wgpu] [--side PIXELS]`

use std::{
    error::Error,
    io::{Write, stdin, stdout},
    process::ExitCode,
    time::Instant,
};

use benchmark::Exercises;
use burn::tensor::Device;
use mobilenet::weights::Weights;
use pollster::block_on;

const USAGE: &str = "usage: benchmark WEIGHTS [--device cpu|wgpu] [--side PIXELS]";

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
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or(USAGE)?;
    let (mut device, mut side) = ("cpu".to_owned(), 224);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match &*name {
            "--device" => device = value,
            "--side" => side = value.parse()?,
            _ => return Err(USAGE.into()),
        }
    }
    let bytes = std::fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
    let (device, adapter) = open(&device)?;
    let mut exercises = Exercises::new(device, Weights::parse(&bytes)?, side)?;
    let clock = Instant::now();
    let now = || clock.elapsed().as_secs_f64() * 1e3;
    for line in stdin().lines() {
        let name = line?;
        if name == "adapter" {
            println!("{adapter}");
        } else {
            println!("{}", block_on(exercises.once(&name, now))?);
        }
        stdout().flush()?;
    }
    Ok(())
}

/// With the name of what computes.
fn open(device: &str) -> Result<(Device, String), Box<dyn Error>> {
    match device {
        "cpu" => Ok((Device::flex(), "CPU".to_owned())),
        // burn's kernels alone, as other builds are compared with.
        #[cfg(all(feature = "wgpu", not(feature = "gpu")))]
        "wgpu" => Ok((Device::wgpu_options().init()?, "WebGPU".to_owned())),
        #[cfg(feature = "gpu")]
        "wgpu" => Ok(training::graphics_processor::open()?),
        other => Err(format!("{other}: unknown, or left out of this build").into()),
    }
}
