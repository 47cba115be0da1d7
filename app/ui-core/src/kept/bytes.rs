//! What is kept in bytes: who wrote it, in which form, and the rest in postcard.

use imaging::insight::OodScore;
use serde::{Deserialize, Serialize};

use super::{KeptQuestion, KeptWork};

const MAGIC: &[u8; 4] = b"fr-w";

/// Counts the forms: a test fails when the form changes and this does not.
pub const VERSION: u32 = 3;

/// Why what was kept cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptError {
    /// By a version of this page that came later: it is left as it is.
    Later,
    /// By an earlier one whose form is no longer known, or not whole.
    Unreadable,
}

impl KeptWork {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        // Fails only for types that postcard cannot write, of which there are none here.
        bytes.extend(postcard::to_allocvec(self).unwrap_or_default());
        bytes
    }

    /// # Errors
    /// [`KeptError`] when this version of the page cannot have written them.
    pub fn parse(bytes: &[u8]) -> Result<Self, KeptError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(KeptError::Unreadable)?;
        let (version, rest) = rest.split_first_chunk().ok_or(KeptError::Unreadable)?;
        match u32::from_le_bytes(*version) {
            VERSION => sound(postcard::from_bytes(rest)),
            2 => sound(postcard::from_bytes::<KeptWork<Question2>>(rest).map(Self::from)),
            later if later > VERSION => Err(KeptError::Later),
            _ => Err(KeptError::Unreadable),
        }
    }
}

fn sound(work: postcard::Result<KeptWork>) -> Result<KeptWork, KeptError> {
    let work = work.ok().filter(KeptWork::is_sound);
    work.ok_or(KeptError::Unreadable)
}

/// An answer of the second form.
#[derive(Deserialize)]
struct Question2 {
    name: String,
    odd: Option<usize>,
    probabilities: Vec<f32>,
    ood_score: OodScore,
}

impl From<Question2> for KeptQuestion {
    fn from(question: Question2) -> Self {
        Self {
            name: question.name,
            odd: question.odd,
            probabilities: question.probabilities,
            ood_score: question.ood_score,
            same_as: None,
        }
    }
}

impl From<KeptWork<Question2>> for KeptWork {
    fn from(work: KeptWork<Question2>) -> Self {
        Self {
            settings: work.settings,
            films: work.films,
            run: work.run,
            opened: work.opened,
            times_opened: work.times_opened,
            past_runs: work.past_runs,
            questions: work.questions.into_iter().map(KeptQuestion::from).collect(),
            trials: work.trials,
            changed: work.changed,
        }
    }
}
