//! A run that may be cut off at any time: what `--resume` goes on from.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use checkpoint::{Checkpoint, CheckpointError};
use cli::{Problem, arguments::Arguments, device::Opened, file::write_whole};
use imaging::{dataset::DatasetSummary, report::EpochReport, settings::Settings};
use mobilenet::weights::Weights;
use serde::{Deserialize, Serialize};
use training::run::{Run, RunError};

const MAGIC: &[u8; 8] = b"frstrun\n";

/// Counts the forms that the file has had.
const VERSION: u32 = 1;

/// The file beside a network that is yet to be written.
pub struct KeptRun {
    path: PathBuf,
    /// Of all films, and of the weights that the network starts from.
    films: u64,
    weights: u64,
}

/// What is in the file before the checkpoint.
#[derive(Serialize, Deserialize)]
struct Preface {
    films: u64,
    weights: u64,
    settings: Settings,
    epochs: Vec<EpochReport>,
}

/// A run, and the epochs that it has behind it.
pub struct Begun {
    pub run: Run,
    pub epochs: Vec<EpochReport>,
}

impl KeptRun {
    /// Beside the network `out`. `films`, `weights`: numbers that differ if those do.
    pub fn beside(out: &Path, films: u64, weights: u64) -> Self {
        Self {
            path: out.with_added_extension("unfinished"),
            films,
            weights,
        }
    }

    /// The run that was cut off, or one that begins.
    ///
    /// # Errors
    /// A sentence when there is a run that nobody asked to go on with, or that is not of these films and settings.
    pub fn begin(
        &self,
        arguments: &Arguments,
        settings: &Settings,
        films: &DatasetSummary,
        weights: &Weights,
        opened: &Opened,
    ) -> Result<Begun, Problem> {
        let begin = || -> Result<Begun, Problem> {
            let run = Run::new(settings, films, weights, &opened.device, opened.read_every)?;
            Ok(Begun {
                run,
                epochs: Vec::new(),
            })
        };
        let path = self.path.display();
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return begin(),
            Err(error) => return Err(format!("{path}: {error}").into()),
        };
        if !arguments.resume {
            return match arguments.force {
                true => begin(),
                false => Err(format!(
                    "a run was cut off and is kept in {path}: go on with --resume, or begin anew with --force"
                )
                .into()),
            };
        }
        let (preface, checkpoint) = read(&bytes).map_err(|problem| format!("{path}: {problem}"))?;
        let again = "begin anew with --force, without --resume";
        if preface.settings != *settings {
            return Err(format!(
                "the run in {path} has other settings: give those that it was begun with, or {again}"
            )
            .into());
        }
        if preface.weights != self.weights {
            return Err(format!(
                "the run in {path} began with other weights: name them with --weights, or {again}"
            )
            .into());
        }
        let changed = format!(
            "the images have changed since the run in {path} began: bring them back as they were, or {again}"
        );
        if preface.films != self.films {
            return Err(changed.into());
        }
        match Run::resume(
            checkpoint,
            films,
            weights,
            &opened.device,
            opened.read_every,
        ) {
            Ok(run) => {
                eprintln!("going on after {} epochs", preface.epochs.len());
                Ok(Begun {
                    run,
                    epochs: preface.epochs,
                })
            }
            Err(RunError::Checkpoint(CheckpointError::OtherFilms)) => Err(changed.into()),
            Err(error) => Err(format!("{path}: {error}; {again}").into()),
        }
    }

    /// At an epoch's end. A disk that takes nothing is no reason to stop training.
    pub fn keep(
        &self,
        run: &Run,
        settings: &Settings,
        epochs: &[EpochReport],
    ) -> Result<(), Problem> {
        let checkpoint = pollster::block_on(run.checkpoint())?;
        let preface = postcard::to_allocvec(&Preface {
            films: self.films,
            weights: self.weights,
            settings: settings.clone(),
            epochs: epochs.to_vec(),
        })?;
        let mut bytes = Vec::from(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((preface.len() as u32).to_le_bytes());
        bytes.extend(preface);
        bytes.extend(checkpoint.to_bytes()?);
        if let Err(error) = write_whole(&self.path, &bytes) {
            eprintln!(
                "{} cannot be written ({error}): training goes on, but --resume would begin earlier; make room there",
                self.path.display()
            );
        }
        Ok(())
    }

    /// The network is written: nothing is left to go on with.
    pub fn done(&self) {
        // If it stays, the next run says so.
        let _ = fs::remove_file(&self.path);
    }
}

fn read(bytes: &[u8]) -> Result<(Preface, Checkpoint), String> {
    let damaged = || {
        "it is damaged, or no run that was cut off: delete it, and begin without --resume"
            .to_owned()
    };
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (version, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
    if u32::from_le_bytes(*version) != VERSION {
        return Err(
            "it was written by another version of this program: go on with that version, or begin anew with --force, without --resume"
                .to_owned(),
        );
    }
    let (length, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    let (preface, rest) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let preface = postcard::from_bytes(preface).map_err(|_| damaged())?;
    let checkpoint = Checkpoint::parse(rest).map_err(|error| match error {
        CheckpointError::Later { .. } => error.to_string(),
        _ => damaged(),
    })?;
    Ok((preface, checkpoint))
}
