//! Sorting by hand outlasts a reload: it lies in the storage of the tab, and comes back with its images.

use leptos::prelude::*;

use crate::{
    storage::{self, Keeping, tab},
    workbench::Workbench,
};
use ui_core::{sorting::SortedSoFar, state::AppState};

const KEY: &str = "firstread.sorting.1";

/// Whether there is some in this tab.
pub fn is_kept() -> bool {
    tab::has(KEY)
}

pub(super) fn follow(workbench: Workbench) {
    let state = workbench.state;
    let before = tab::kept::<SortedSoFar>(KEY);
    state.update(|state| state.sorting_before = before);
    let sorted = Memo::new(move |_| state.with(AppState::sorted_so_far));
    let stopped = storage::work();
    Effect::new(move |_| match (sorted.get(), stopped.get()) {
        // Where it cannot be kept, the browser asks before the tab is left.
        (Some(sorted), Keeping::Kept | Keeping::Forbidden | Keeping::Full) => {
            tab::keep(KEY, sorted);
        }
        (None, _) | (_, Keeping::Stopped) => tab::forget(KEY),
    });
}
