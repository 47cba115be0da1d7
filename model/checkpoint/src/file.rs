//! A checkpoint in bytes: who wrote it, a directory, and all numbers behind it, in the order of the directory.

use imaging::settings::Settings;
use serde::{Deserialize, Serialize};

use super::{
    Checkpoint, CheckpointError, EpochSoFar, Moments, NamedTensor, Origin, Position,
    RandomPositions, TrainedNetwork,
};

const MAGIC: &[u8; 8] = b"frstread";

/// Counts the forms that a checkpoint has had: since 2 the directory ends with the network's origin.
const VERSION: u32 = 2;

/// Of magic, version and the directory's length.
const START: usize = MAGIC.len() + 4 + 4;

#[derive(Serialize, Deserialize)]
struct Directory {
    settings: Settings,
    classes: Vec<String>,
    films: u64,
    position: Position,
    random: RandomPositions,
    epoch_so_far: EpochSoFar,
    tensors: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    /// Of its moments, if it has any: [`Moments::steps`].
    steps: Option<usize>,
}

impl Checkpoint {
    /// # Errors
    /// [`CheckpointError::Damaged`] when the directory cannot be written: there is no memory for it.
    pub fn to_bytes(&self) -> Result<Vec<u8>, CheckpointError> {
        let moments = |name: &str| self.optimiser.iter().find(|moments| moments.name == name);
        let tensors = self.network.tensors.iter();
        let entries = tensors.clone().map(|tensor| Entry {
            name: tensor.name.clone(),
            shape: tensor.shape.clone(),
            steps: moments(&tensor.name).map(|moments| moments.steps),
        });
        let directory = Directory {
            settings: self.network.settings.clone(),
            classes: self.network.classes.clone(),
            films: self.films,
            position: self.position,
            random: self.random,
            epoch_so_far: self.epoch_so_far,
            tensors: entries.collect(),
        };
        let directory = postcard::to_allocvec(&(directory, self.origin))
            .map_err(|error| CheckpointError::Damaged(error.to_string()))?;
        let numbers: usize = tensors.clone().map(|tensor| 3 * tensor.values.len()).sum();
        let mut bytes = Vec::with_capacity(START + directory.len() + 4 * numbers);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((directory.len() as u32).to_le_bytes());
        bytes.extend(directory);
        for tensor in tensors {
            write(&mut bytes, &tensor.values);
            if let Some(moments) = moments(&tensor.name) {
                write(&mut bytes, &moments.first);
                write(&mut bytes, &moments.second);
            }
        }
        Ok(bytes)
    }

    /// # Errors
    /// [`CheckpointError`] when a run of this program cannot have written them.
    pub fn parse(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let (directory, origin, rest) = directory(bytes)?;
        let mut rest = Numbers(rest);
        let mut tensors = Vec::new();
        let mut optimiser = Vec::new();
        for Entry { name, shape, steps } in directory.tensors {
            let numbers = NamedTensor::numbers(&name, &shape)?;
            let values = rest.take(numbers)?;
            if let Some(steps) = steps {
                optimiser.push(Moments {
                    name: name.clone(),
                    steps,
                    first: rest.take(numbers)?,
                    second: rest.take(numbers)?,
                });
            }
            tensors.push(NamedTensor {
                name,
                shape,
                values,
            });
        }
        if !rest.0.is_empty() {
            return Err(CheckpointError::Damaged("its end".into()));
        }
        let network = TrainedNetwork {
            settings: directory.settings,
            classes: directory.classes,
            tensors,
        };
        let checkpoint = Self {
            network,
            films: directory.films,
            origin,
            optimiser,
            position: directory.position,
            random: directory.random,
            epoch_so_far: directory.epoch_so_far,
        };
        checkpoint.validate()?;
        Ok(checkpoint)
    }
}

fn directory(bytes: &[u8]) -> Result<(Directory, Origin, &[u8]), CheckpointError> {
    let short = || CheckpointError::Damaged("its beginning".into());
    let rest = bytes.strip_prefix(MAGIC).ok_or(CheckpointError::Foreign)?;
    let (version, rest) = word(rest).ok_or_else(short)?;
    if version > VERSION {
        return Err(CheckpointError::Later { version });
    }
    let (length, rest) = word(rest).ok_or_else(short)?;
    let (directory, rest) = rest.split_at_checked(length as usize).ok_or_else(short)?;
    let damaged = |error: postcard::Error| CheckpointError::Damaged(error.to_string());
    let (directory, origin) = match version {
        0 | 1 => (
            postcard::from_bytes(directory).map_err(damaged)?,
            Origin::Drawn,
        ),
        _ => postcard::from_bytes(directory).map_err(damaged)?,
    };
    Ok((directory, origin, rest))
}

fn word(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (word, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*word), rest))
}

fn write(bytes: &mut Vec<u8>, values: &[f32]) {
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

/// What has not been read.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn take(&mut self, n: usize) -> Result<Vec<f32>, CheckpointError> {
        let short = || CheckpointError::Damaged("it ends too soon".into());
        let length = n.checked_mul(4).ok_or_else(short)?;
        let (own, rest) = self.0.split_at_checked(length).ok_or_else(short)?;
        self.0 = rest;
        let words = own.as_chunks().0.iter();
        Ok(words.map(|&word| f32::from_le_bytes(word)).collect())
    }
}
