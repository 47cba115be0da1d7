//! How far the loading of films has come.

use model::pack::LoadError;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    #[default]
    Idle,
    Reading(Progress),
    Failed(LoadError),
    /// The engine stopped while it read the files.
    Interrupted,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub seconds_left: Option<f32>,
}

impl Progress {
    /// Before the engine has said how much there is.
    pub const NOTHING_YET: Self = Self {
        done: 0,
        total: 0,
        seconds_left: None,
    };
}

impl Loading {
    /// `done` of `total` files are read. An engine that was started anew reads the earlier films again: what went wrong
    /// before stays to be read.
    pub(super) fn go_on(&mut self, done: usize, total: usize) {
        if *self != Self::Interrupted {
            *self = Self::Reading(Progress {
                done,
                total,
                seconds_left: None,
            });
        }
    }

    /// Films are there; `restored`: the ones from before.
    pub(super) fn end(&mut self, restored: bool) {
        if *self != Self::Interrupted || !restored {
            *self = Self::Idle;
        }
    }
}
