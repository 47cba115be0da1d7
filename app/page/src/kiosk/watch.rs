//! Looks after the engine: what stopped, hangs or fell back from the GPU is started anew, and the kiosk
//! begins at its beginning.

use leptos::prelude::*;

use super::{KioskContext, browser};
use crate::clock;
use protocol::{DeviceReason, Failure};
use ui_core::{
    kiosk::{
        backoff::Backoff,
        computes,
        counters::Count,
        machine::{Happening, Screen},
        starts,
        watch::{Awaited, Watch},
    },
    state::{AppState, EngineState, Loading, Reply, RunPhase},
};

#[derive(Default)]
pub struct Guards {
    watch: Watch,
    backoff: Backoff,
}

/// What is wrong with the engine, as far as the page has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It stopped or lost its GPU, and what comes next is under way already.
    Stopped,
    /// It needs a new start.
    Broken,
}

fn fault(state: &AppState) -> Option<Fault> {
    match &state.engine {
        EngineState::Restarting { .. } => return Some(Fault::Stopped),
        EngineState::GivenUp { .. } | EngineState::WrongBuild => return Some(Fault::Broken),
        EngineState::Working(_) | EngineState::Starting => {}
    }
    let run = state.run.as_ref().map(|run| &run.phase);
    let run = matches!(run, Some(RunPhase::Failed(_)));
    let load = matches!(state.loading, Loading::Failed(_));
    // A film that cannot be read is the visitor's to know of, not a fault.
    let answer = state.questions.iter().any(|question| {
        matches!(&question.reply, Reply::Failed(failure) if !matches!(failure, Failure::File(_)))
    });
    if run || load || answer {
        return Some(Fault::Broken);
    }
    // Such an engine goes on on the CPU; the next visit's is offered the GPU again.
    let gpu_failed = matches!(&state.engine, EngineState::Working(report)
        if matches!(report.reason, DeviceReason::GpuFailed { .. }));
    gpu_failed.then_some(Fault::Stopped)
}

impl KioskContext {
    pub(super) fn watch(self) {
        let state = self.workbench.state;
        Effect::new(move |_| {
            state.track();
            let now = clock::steady_ms();
            self.guards.update_value(|guards| guards.watch.heard(now));
        });
        let fault = Memo::new(move |_| state.with(fault));
        Effect::new(move |_| {
            if let Some(fault) = fault.get() {
                self.recover(fault == Fault::Broken);
            }
        });
        if browser::reloads() {
            self.count(Count::Recovery);
        }
        self.count_deeds();
    }

    /// With every tick of the clock.
    pub(super) fn look_after(self) {
        if browser::is_broken() {
            return;
        }
        let now = clock::steady_ms();
        let patience = untrack(|| self.set()).patience_seconds * 1000.0;
        let attracts = self.place.get_untracked() == Screen::Attract;
        let awaited = self.workbench.state.with_untracked(|state| {
            if computes(state) {
                Awaited::Answer
            } else if starts(state) || attracts {
                // Between two steps, and while a network is shown, the loop is silent itself.
                Awaited::Start
            } else {
                Awaited::Nothing
            }
        });
        let asked = self.guards.try_update_value(|guards| {
            let hangs = guards.watch.hangs(now, awaited, patience);
            // Never under a visitor who has begun meanwhile.
            (hangs, attracts && guards.backoff.take_due(now))
        });
        let (hangs, due) = asked.unwrap_or_default();
        if hangs {
            self.recover(true);
        } else if due {
            // What was asked of the old engine since, the new one does not know of.
            self.workbench.state.update(AppState::forget);
            self.workbench.restart_engine();
        }
    }

    /// Back to the beginning; with a new engine, after longer each time that did not help. Not of a page that is broken: it
    /// is about to be loaded keyed, which counts as one. An engine that loses its downloads or its page in that time is no fault
    /// of its own.
    fn recover(self, restart: bool) {
        if browser::is_broken() {
            return;
        }
        self.count(Count::Recovery);
        self.on(Happening::Trouble);
        if restart {
            let now = clock::steady_ms();
            self.guards.update_value(|guards| guards.backoff.plan(now));
        }
    }
}
