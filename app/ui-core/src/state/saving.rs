//! The visitor's own films as a pack: how far it has come.

use protocol::{Progress, SaveError, SavedPack};

/// A pack of the loaded films.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    #[default]
    NotYet,
    /// What is said of DICOM files is before the visitor.
    Warned,
    /// Files done, of how many; none until the first is told.
    Asked {
        done: usize,
        total: usize,
    },
    /// The browser has it, and the visitor may keep it.
    Ready(SavedPack),
    Failed(SaveError),
}

impl Saving {
    pub const BEGUN: Self = Self::Asked { done: 0, total: 0 };

    pub fn is_active(&self) -> bool {
        matches!(self, Self::Asked { .. })
    }

    pub fn progress(&mut self, Progress { done, total, .. }: Progress) {
        if self.is_active() {
            *self = Self::Asked { done, total };
        }
    }

    /// What comes after it was given up changes nothing.
    pub fn ended(&mut self, result: Result<SavedPack, SaveError>) {
        if self.is_active() {
            *self = match result {
                Ok(saved) => Self::Ready(saved),
                Err(error) => Self::Failed(error),
            };
        }
    }

    pub(super) fn forget_pending(&mut self) {
        if self.is_active() {
            *self = Self::NotYet;
        }
    }

    pub(super) fn fail_pending(&mut self, detail: &str) {
        if self.is_active() {
            let detail = detail.to_owned();
            *self = Self::Failed(SaveError::Failed { detail });
        }
    }
}

/// Longest name of a file, in letters, without its ending.
const LONGEST: usize = 60;

/// What a pack of this title is called on the disk: letters and digits of any script, and between them one hyphen.
pub fn file_name(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    let name = if name.is_empty() { "pack" } else { &name };
    format!("{name}.zip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_title_on_any_disk() {
        assert_eq!(file_name("my films"), "my-films.zip");
        assert_eq!(
            file_name("T\u{f3}rax / Abdomen: \"A\""),
            "T\u{f3}rax-Abdomen-A.zip"
        );
        assert_eq!(file_name("../.."), "pack.zip");
        assert_eq!(file_name(&"x".repeat(200)).len(), LONGEST + ".zip".len());
    }

    #[test]
    fn a_pack_that_was_given_up_does_not_come_after_all() {
        let saved = SavedPack {
            films: 2,
            dicom_files: 0,
            bytes: 5,
        };
        let mut saving = Saving::NotYet;
        saving.ended(Ok(saved));
        assert_eq!(saving, Saving::NotYet);
        saving = Saving::BEGUN;
        saving.fail_pending("lost");
        assert!(matches!(saving, Saving::Failed(SaveError::Failed { .. })));
        saving = Saving::BEGUN;
        saving.ended(Ok(saved));
        assert_eq!(saving, Saving::Ready(saved));
    }
}
