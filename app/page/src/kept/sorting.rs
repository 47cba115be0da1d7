//! Sorting by hand outlasts a reload and a closed tab: it comes back with its images.

use leptos::prelude::*;

use crate::{
    storage::{self, Keeping},
    workbench::Workbench,
};
use ui_core::{sorting::SortedSoFar, state::AppState};

pub const KEY: &str = "firstread.sorting.1";

pub(super) fn follow(workbench: Workbench) {
    let state = workbench.state;
    let before = storage::kept::<SortedSoFar>(KEY);
    state.update(|state| state.sorting_before = before);
    let sorted = Memo::new(move |_| state.with(AppState::sorted_so_far));
    let stopped = storage::work();
    Effect::new(move |_| match (sorted.get(), stopped.get()) {
        (_, Keeping::Stopped) => {}
        (Some(sorted), _) => storage::keep(KEY, sorted),
        (None, _) => storage::forget(KEY),
    });
}
