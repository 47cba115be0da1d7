//! What came of putting the trained network into a file.

use model_card::WriteError;
use serde::{Deserialize, Serialize};

/// Why there is no file. The network stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportError {
    /// There is no trained network, or it is another one by now.
    NotTrained,
    Refused(WriteError),
    /// What the browser said: the program that writes could not be fetched, or there is no room.
    Failed {
        detail: String,
    },
}
