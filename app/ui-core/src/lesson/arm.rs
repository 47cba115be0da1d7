//! The four arms of the group experiment: augmentation by dropout.

use imaging::settings::{Augmentation, Settings};
use serde::{Deserialize, Serialize};

/// What one learner's network is trained with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Arm {
    pub augmentation: bool,
    pub dropout: bool,
}

impl Arm {
    /// In the order of the conditions of [`Experiment::Arms`](experiments::Experiment::Arms).
    pub const ALL: [Self; 4] = [
        Self::new(false, false),
        Self::new(false, true),
        Self::new(true, false),
        Self::new(true, true),
    ];

    const fn new(augmentation: bool, dropout: bool) -> Self {
        Self {
            augmentation,
            dropout,
        }
    }

    /// One of the four by `lot`, a number from 0 to 1.
    pub fn drawn(lot: f64) -> Self {
        let place = (lot * 4.0).clamp(0.0, 3.0) as usize;
        Self::ALL[place]
    }

    /// Index into [`Arm::ALL`].
    pub fn place(self) -> usize {
        usize::from(self.dropout) + 2 * usize::from(self.augmentation)
    }

    /// As it is written in links.
    pub fn id(self) -> &'static str {
        ["neither", "dropout", "augmentation", "both"][self.place()]
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|arm| arm.id() == id)
    }

    /// Puts the settings right for this arm; all else stays.
    pub fn apply(self, settings: &mut Settings) {
        settings.augmentation = self.augmentation.then(Augmentation::default);
        settings.dropout = if self.dropout {
            Settings::default().dropout
        } else {
            0.0
        };
    }

    /// The arm that these settings are in.
    pub fn of(settings: &Settings) -> Self {
        Self::new(settings.augmentation.is_some(), settings.dropout > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arms_are_the_conditions_of_their_experiment() {
        let keys = experiments::Experiment::Arms.conditions();
        let keys: Vec<&str> = keys
            .iter()
            .map(|condition| condition.key.as_str())
            .collect();
        assert_eq!(keys, Arm::ALL.map(Arm::id));
    }

    #[test]
    fn settings_tell_their_arm() {
        for (place, arm) in Arm::ALL.into_iter().enumerate() {
            let mut settings = Settings::default();
            arm.apply(&mut settings);
            assert_eq!(Arm::of(&settings), arm);
            assert_eq!(arm.place(), place);
            assert_eq!(Arm::from_id(arm.id()), Some(arm));
        }
        assert_eq!(Arm::from_id("left"), None);
    }

    #[test]
    fn every_lot_draws_an_arm() {
        assert_eq!(Arm::drawn(0.0), Arm::ALL[0]);
        assert_eq!(Arm::drawn(0.3), Arm::ALL[1]);
        assert_eq!(Arm::drawn(0.999), Arm::ALL[3]);
        assert_eq!(Arm::drawn(1.0), Arm::ALL[3]);
        assert_eq!(Arm::drawn(f64::NAN), Arm::ALL[0]);
    }
}
