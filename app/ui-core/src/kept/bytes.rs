//! What is kept in bytes: who wrote it, in which form, and the rest in postcard.

use serde::{Deserialize, Serialize};

use super::KeptWork;

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
            VERSION => Self::sound(rest),
            // The third ends with a list more, which is empty.
            2 => Self::sound(&[rest, &[0]].concat()),
            later if later > VERSION => Err(KeptError::Later),
            _ => Err(KeptError::Unreadable),
        }
    }

    fn sound(bytes: &[u8]) -> Result<Self, KeptError> {
        let work = postcard::from_bytes(bytes).ok();
        work.filter(Self::is_sound).ok_or(KeptError::Unreadable)
    }
}
