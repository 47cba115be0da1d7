//! The command line.

use std::path::PathBuf;

use clap::Parser;
use experiments::Experiment;

/// Carry out the lesson's experiments and check what its text claims of them.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask lesson-check")]
pub struct Arguments {
    /// Fewer seeds where fewer already show what is claimed.
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
    /// Radiographs of another origin, to see how often the network abstains.
    #[arg(long, default_value = "public/films/paediatric.zip")]
    pub real: PathBuf,
    /// The backbone's weights.
    #[arg(long, default_value = "public/weights/mobilenetv2.safetensors")]
    pub weights: PathBuf,
}

impl Arguments {
    pub fn seeds(&self, experiment: Experiment) -> usize {
        if self.short {
            fewest(experiment)
        } else {
            self.seeds
        }
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

/// Seeds, from 1 on, with which every claim of an experiment holds by the same rule as with all ten, with something to
/// spare for other processors' rounding.
fn fewest(experiment: Experiment) -> usize {
    match experiment {
        Experiment::ShuffledLabels | Experiment::LearningRates => 3,
        Experiment::Shortcut | Experiment::Mirrored => 6,
        Experiment::DataSize | Experiment::NewHospital => 7,
        Experiment::LabelNoise | Experiment::Mistakes | Experiment::Pixels => 8,
        Experiment::Arms | Experiment::Leak => 10,
    }
}
