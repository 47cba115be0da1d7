//! The network out of its file.

use std::{fs, path::Path};

use checkpoint::{
    Checkpoint,
    project::{ENDING, Project},
};
use imaging::settings::Network;
use mobilenet::weights::Weights;
use model_card::Card;
use model_files::{Read, classifier::Classifier, read, weights_file};

use crate::Problem;

/// What a network is made from, and its classes: every thread has a classifier of its own.
pub struct Recipe {
    /// As the app writes it with all weights, whatever the file was.
    file: Vec<u8>,
    pub classes: Vec<String>,
    pub kind: Network,
}

impl Recipe {
    /// # Errors
    /// A sentence when there is no such file, or it is not a network that the app has written for these weights.
    pub fn open(network: &Path, weights: &Path) -> Result<Self, Problem> {
        let weights = Weights::parse(&bytes(weights)?)?;
        let told = |error: String| format!("{}: {error}", network.display());
        let named = network.to_string_lossy().to_lowercase();
        let read = match named.ends_with(ENDING) {
            true => of_project(&bytes(network)?).map_err(told)?,
            false => read(&bytes(network)?, &weights).map_err(|error| told(error.to_string()))?,
        };
        let file = weights_file::write(&read.network, &weights, read.card);
        Ok(Self {
            file: file.map_err(|error| told(error.to_string()))?,
            classes: read.network.classes,
            kind: read.network.settings.network,
        })
    }

    /// # Errors
    /// A fault of the program: the file is its own.
    pub fn classifier(&self) -> Result<Classifier, Problem> {
        Ok(Classifier::new(&self.file)?)
    }
}

/// The network of a visit that was saved whole.
fn of_project(bytes: &[u8]) -> Result<Read, String> {
    let project = Project::parse(bytes).map_err(|error| error.to_string())?;
    let kept = Checkpoint::parse(&project.network).map_err(|error| error.to_string())?;
    Ok(Read {
        network: kept.network,
        card: Card::default(),
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
