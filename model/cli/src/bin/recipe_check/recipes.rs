//! The recipes that are compared: all else is as by default.

use imaging::settings::{FineTuning, Network, Pooling, Settings};

#[derive(Clone, Copy)]
pub struct Recipe {
    pooling: Pooling,
    fine_tuning: bool,
}

impl Recipe {
    pub const ALL: [Self; 4] = [
        Self::new(Pooling::GlobalAverage, false),
        Self::new(Pooling::GlobalAverage, true),
        Self::new(Pooling::Grid, false),
        Self::new(Pooling::Grid, true),
    ];

    const fn new(pooling: Pooling, fine_tuning: bool) -> Self {
        Self {
            pooling,
            fine_tuning,
        }
    }

    pub fn settings(self, seed: u64) -> Settings {
        Settings {
            seed,
            network: Network::Pretrained(self.pooling),
            fine_tuning: self.fine_tuning.then(FineTuning::default),
            ..Settings::default()
        }
    }

    pub fn name(self) -> String {
        let pooling = match self.pooling {
            Pooling::GlobalAverage => "average",
            Pooling::Grid => "grid",
        };
        let stages = if self.fine_tuning {
            "both stages"
        } else {
            "frozen stage"
        };
        format!("{pooling}, {stages}")
    }
}
