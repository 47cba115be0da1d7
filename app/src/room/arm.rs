//! The four arms of the group's experiment: augmentation by dropout.

use model::settings::{Augmentation, Settings};
use serde::{Deserialize, Serialize};

/// The share of units that an arm with dropout silences.
const DROPOUT: f64 = 0.5;

/// Each learner trains in one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Arm {
    Plain,
    Dropout,
    Augmentation,
    Both,
}

impl Arm {
    pub const ALL: [Self; 4] = [Self::Plain, Self::Dropout, Self::Augmentation, Self::Both];

    pub fn new(augmentation: bool, dropout: bool) -> Self {
        match (augmentation, dropout) {
            (false, false) => Self::Plain,
            (false, true) => Self::Dropout,
            (true, false) => Self::Augmentation,
            (true, true) => Self::Both,
        }
    }

    pub fn of(settings: &Settings) -> Self {
        Self::new(settings.augmentation.is_some(), settings.dropout > 0.0)
    }

    pub fn augmentation(self) -> bool {
        matches!(self, Self::Augmentation | Self::Both)
    }

    pub fn dropout(self) -> bool {
        matches!(self, Self::Dropout | Self::Both)
    }

    /// Puts the settings into this arm; all else stays.
    pub fn apply(self, settings: &mut Settings) {
        settings.augmentation = self.augmentation().then(Augmentation::default);
        settings.dropout = if self.dropout() { DROPOUT } else { 0.0 };
    }

    /// What a link calls it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Dropout => "dropout",
            Self::Augmentation => "augmentation",
            Self::Both => "both",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arm| arm.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_put_into_an_arm_are_in_it() {
        for arm in Arm::ALL {
            let mut settings = Settings::default();
            arm.apply(&mut settings);
            assert_eq!(Arm::of(&settings), arm);
            assert_eq!(Arm::from_key(arm.key()), Some(arm));
            assert_eq!(Arm::new(arm.augmentation(), arm.dropout()), arm);
        }
        assert_eq!(Arm::from_key("none"), None);
    }
}
