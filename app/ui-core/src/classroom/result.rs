//! What the arms of a room scored: means and the effects of augmentation and of dropout, with intervals over learners.

use experiments::Spread;
use metrics::strata::{Effect, Stratum, effect};

use super::code::Counted;
use crate::lesson::Arm;

/// One learner's run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    pub seed: u64,
    pub score: Counted,
}

/// Runs of one kind, by arm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PooledGroup {
    /// In the order of [`Arm::ALL`].
    pub arms: [Vec<Run>; 4],
}

/// What of an arm is switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    Augmentation,
    Dropout,
}

impl Factor {
    pub const ALL: [Self; 2] = [Self::Augmentation, Self::Dropout];

    fn is_on(self, arm: Arm) -> bool {
        match self {
            Self::Augmentation => arm.augmentation,
            Self::Dropout => arm.dropout,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Augmentation => Self::Dropout,
            Self::Dropout => Self::Augmentation,
        }
    }
}

impl PooledGroup {
    pub fn new(runs: impl IntoIterator<Item = (Arm, u64, Counted)>) -> Self {
        let mut group = Self::default();
        for (arm, seed, score) in runs {
            group.arms[arm.place()].push(Run { seed, score });
        }
        group
    }

    /// Learners in all arms.
    pub fn len(&self) -> usize {
        self.arms.iter().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shares of right answers of an arm's runs.
    pub fn shares(&self, arm: Arm) -> Vec<f64> {
        let runs = &self.arms[arm.place()];
        runs.iter().map(|run| run.score.share()).collect()
    }

    /// `None` of fewer than two runs.
    pub fn mean(&self, arm: Arm) -> Option<Spread> {
        Spread::of_shares(&self.shares(arm))
    }

    /// On less off, at either level of the other factor.
    pub fn effect(&self, factor: Factor) -> Option<Effect> {
        let shares = |on: bool, level: bool| {
            let own = |arm: &Arm| factor.is_on(*arm) == on && factor.other().is_on(*arm) == level;
            let arm = Arm::ALL.into_iter().find(own);
            arm.map(|arm| self.shares(arm)).unwrap_or_default()
        };
        let [off, on] = [false, true].map(|level| (shares(true, level), shares(false, level)));
        let stratum = |(with, without)| Stratum { with, without };
        let strata = [(&off.0[..], &off.1[..]), (&on.0[..], &on.1[..])].map(stratum);
        effect(&strata)
    }

    /// The fewest images that a run was scored on, if none of the runs made an error.
    pub fn all_right(&self) -> Option<u32> {
        let mut runs = self.arms.iter().flatten();
        let right = runs.all(|run| run.score.correct == run.score.n);
        self.films().filter(|_| right).map(|(fewest, _)| fewest)
    }

    /// The fewest and the most films that a run was scored on.
    pub fn films(&self) -> Option<(u32, u32)> {
        let all = || self.arms.iter().flatten().map(|run| run.score.n);
        Some((all().min()?, all().max()?))
    }
}
