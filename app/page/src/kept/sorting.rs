//! Sorting by hand outlasts a reload and a closed tab: it comes back with its images.

use leptos::prelude::*;

use crate::{storage, workbench::Workbench};
use ui_core::{sorting::SortedSoFar, state::AppState};

pub const KEY: &str = "firstread.sorting.1";

pub(super) fn follow(workbench: Workbench) {
    let state = workbench.state;
    let before = storage::kept::<SortedSoFar>(KEY);
    state.update(|state| state.sorting_before = before.clone());
    let sorted = Memo::new(move |_| state.with(AppState::sorted_so_far));
    Effect::new(move |own: Option<Option<SortedSoFar>>| {
        let own = own.unwrap_or_else(|| before.clone());
        let now = sorted.get();
        match &now {
            // Another tab may have gone on meanwhile.
            _ if now == own => {}
            Some(sorted) => storage::keep(KEY, sorted),
            None if storage::kept(KEY) == own => storage::forget(KEY),
            None => {}
        }
        now
    });
}
