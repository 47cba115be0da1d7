//! Everything that can go wrong in the engine.

use checkpoint::CheckpointError;
use imaging::{pack::FileProblem, report::TrainError, settings::SettingsError, split::SplitError};
use serde::{Deserialize, Serialize};

/// Why a run or an answer failed; the page turns each into a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// The file could not be read as a film.
    File(FileProblem),
    /// Nothing has been trained yet.
    NotTrained,
    /// No films are loaded.
    NoData,
    /// A setting is out of its limits.
    Settings(SettingsError),
    /// The films cannot be divided as asked.
    Split(SplitError),
    /// An experiment takes more patients of each class.
    FewPatients,
    /// An experiment takes `least` films of each class.
    FewFilms {
        class: String,
        n: usize,
        least: usize,
    },
    /// The training itself failed.
    Training(TrainError),
    /// The films that an explanation is about cannot be compared: too few, or all alike.
    Incomparable { detail: String },
    /// The built-in weights or films did not arrive whole.
    Download { detail: String },
    /// What was kept of a run is of no use.
    Kept(CheckpointError),
    /// The engine stopped; it is started anew.
    EngineCrashed { detail: String },
    /// The device failed; the run goes on on the CPU or can be started again. Nothing else is told so.
    DeviceFailed { detail: String },
}

impl From<TrainError> for Failure {
    /// Of what a trained network is asked: the device is to blame for its own failure alone.
    fn from(error: TrainError) -> Self {
        match error {
            TrainError::Device { detail } => Self::DeviceFailed { detail },
            error @ (TrainError::Diverged
            | TrainError::Missing { .. }
            | TrainError::Unfit { .. }
            | TrainError::NotReady) => Self::Training(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lost_device_is_told_as_one() {
        let detail = || "the GPU was lost".to_owned();
        let lost = TrainError::Device { detail: detail() };
        let told = Failure::DeviceFailed { detail: detail() };
        assert_eq!(Failure::from(lost), told);
        for error in [
            TrainError::Diverged,
            TrainError::Missing { what: detail() },
            TrainError::Unfit { detail: detail() },
            TrainError::NotReady,
        ] {
            assert_eq!(Failure::from(error.clone()), Failure::Training(error));
        }
    }
}
