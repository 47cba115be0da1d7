use imaging::settings::SettingsError;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a checkpoint cannot be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Error)]
pub enum CheckpointError {
    #[error("this is no kept network")]
    Foreign,
    /// Written by a later version of this program.
    #[error("the network was kept by a later version of this program (format {version})")]
    Later { version: u32 },
    /// Not whole, or numbers that no run can have written.
    #[error("the kept network is damaged: {0}")]
    Damaged(String),
    #[error("the kept network has settings that no network can have: {0}")]
    Settings(SettingsError),
    /// It was trained on other films than those that are there.
    #[error("the kept network learned from other images")]
    OtherFilms,
    /// A part is not there, or of another shape than the settings make it.
    #[error("the kept network lacks a fitting {0}")]
    Tensor(String),
}
