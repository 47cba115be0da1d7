//! The command line.

use std::path::PathBuf;

use clap::Parser;
use model::experiment::Experiment;

/// Seeds of the short form, too few for intervals to mean much.
const SHORT: usize = 3;

/// How far a mean of so few seeds may lie off what is expected.
const TOLERANCE: f64 = 0.08;

/// Carry out the lesson's experiments and check what its text claims of them.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask lesson-check")]
pub struct Arguments {
    /// Three seeds and a wide tolerance.
    #[arg(long)]
    short: bool,
    /// Only this one.
    #[arg(long, value_name = "NAME")]
    experiment: Option<String>,
    #[arg(long, default_value_t = 10)]
    seeds: usize,
    #[arg(long, default_value_t = 1)]
    pub first_seed: u64,
    /// A zip of films.
    #[arg(long, default_value = "public/films/built-in.zip")]
    pub films: PathBuf,
    /// The backbone's weights.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    pub weights: PathBuf,
}

impl Arguments {
    pub fn seeds(&self) -> usize {
        if self.short { SHORT } else { self.seeds }
    }

    pub fn tolerance(&self) -> f64 {
        if self.short { TOLERANCE } else { 0.0 }
    }

    /// # Errors
    /// A sentence when there is no experiment of the name.
    pub fn experiments(&self) -> Result<Vec<Experiment>, String> {
        let Some(name) = &self.experiment else {
            return Ok(Experiment::ALL.to_vec());
        };
        let found = Experiment::ALL.into_iter().find(|one| one.key() == name);
        found.map(|one| vec![one]).ok_or_else(|| {
            let names = Experiment::ALL.map(Experiment::key).join(", ");
            format!("there is no experiment {name}; there are {names}")
        })
    }
}
