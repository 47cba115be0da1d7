//! A visit in one file: what the page keeps of it, and the network. Which images it was made with is told by their fingerprints;
//! no image is in it.
//!
//! Magic, version, then twice a length and as many bytes, then a check sum of all before it. Lengths and sums are little-endian
//! and have 8 bytes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

const MAGIC: &[u8; 8] = b"fr-visit";

/// Counts the forms that a project has had; what is within it counts its own.
pub const VERSION: u32 = 1;

/// How the names of such files end.
pub const ENDING: &str = ".firstread";

/// Larger files are no projects, bytes.
pub const MAX_PROJECT: u64 = 256 << 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Settings, curves, scores and answers, as the page writes them.
    pub work: Vec<u8>,
    /// A [`Checkpoint`](crate::Checkpoint) in bytes.
    pub network: Vec<u8>,
}

/// Why a file is not opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ProjectError {
    #[error("this is no project of this program")]
    Foreign,
    #[error("this project was saved by a later version of this program (format {version})")]
    Later { version: u32 },
    #[error("this project is not whole: it was cut off or changed after it was saved")]
    Damaged,
}

impl Project {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        for part in [&self.work, &self.network] {
            bytes.extend((part.len() as u64).to_le_bytes());
            bytes.extend(part);
        }
        let sum = check_sum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// # Errors
    /// [`ProjectError`] when this program cannot have written them, or not all of them are there.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProjectError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ProjectError::Foreign)?;
        let (version, rest) = rest.split_first_chunk().ok_or(ProjectError::Damaged)?;
        let version = u32::from_le_bytes(*version);
        if version > VERSION {
            return Err(ProjectError::Later { version });
        }
        let (work, rest) = part(rest)?;
        let (network, sum) = part(rest)?;
        let whole = bytes.len() - sum.len();
        match sum.try_into().map(u64::from_le_bytes) {
            Ok(sum) if sum == check_sum(&bytes[..whole]) => Ok(Self {
                work: work.to_vec(),
                network: network.to_vec(),
            }),
            _ => Err(ProjectError::Damaged),
        }
    }
}

fn part(bytes: &[u8]) -> Result<(&[u8], &[u8]), ProjectError> {
    let (length, rest) = bytes.split_first_chunk().ok_or(ProjectError::Damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length));
    let parts = length.ok().and_then(|length| rest.split_at_checked(length));
    parts.ok_or(ProjectError::Damaged)
}

/// FNV-1a, eight bytes at a time: against half a file, not against malice.
fn check_sum(bytes: &[u8]) -> u64 {
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let start = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    bytes.chunks(8).fold(start, |sum, bytes| {
        (sum ^ word(bytes)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        Project {
            work: (0..100).collect(),
            network: vec![7; 33],
        }
    }

    #[test]
    fn it_comes_back_from_its_bytes() {
        assert_eq!(Project::parse(&project().to_bytes()), Ok(project()));
    }

    #[test]
    fn half_of_it_and_any_changed_byte_are_refused() {
        let bytes = project().to_bytes();
        for length in 0..bytes.len() {
            assert!(Project::parse(&bytes[..length]).is_err(), "{length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert!(Project::parse(&changed).is_err(), "{at}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(Project::parse(&longer), Err(ProjectError::Damaged));
    }

    #[test]
    fn a_later_form_and_other_files_are_told_apart() {
        let mut later = project().to_bytes();
        later[8] = 9;
        assert_eq!(
            Project::parse(&later),
            Err(ProjectError::Later { version: 9 })
        );
        assert_eq!(
            Project::parse(b"PK\x03\x04 a zip"),
            Err(ProjectError::Foreign)
        );
    }
}
