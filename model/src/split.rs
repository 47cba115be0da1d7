//! Which films train the network, which steer the training, and which are kept for the test.

use serde::{Deserialize, Serialize};

/// The part that a film plays in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    Train,
    Validation,
    Test,
}

/// How the films are divided among the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SplitBy {
    /// Each film on its own, stratified by class: films of one patient may land in several parts.
    Image,
    /// All films of a patient stay together; the pack's own split where it has one.
    Patient,
    /// As the folders or the pack's list of films say.
    Folder,
}

/// Why the films cannot be divided as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SplitError {
    /// A class has too few films (or, by patient, too few patients) to give every part one.
    TooFew {
        class: String,
        n: usize,
        by: SplitBy,
    },
    /// Patients are not known for these films.
    NoPatients,
    /// The folders do not say which films train and which test.
    NoFolders,
    /// A part has no film of this class.
    Missing { class: String, part: Part },
}
