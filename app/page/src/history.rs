//! The way through the page in the browser's history: Back leads to the step or the station before.

use gloo_events::EventListener;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::{
    lesson::{Guide, Mode},
    overlay::{Over, Shown},
    station::Station,
    workbench::Workbench,
};
use ui_core::lesson::Step;

/// What an entry of the history leads back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    over: Over,
    /// Of the lesson; `None` in free play.
    step: Option<Step>,
    station: Station,
}

enum Entry {
    /// The one that the browser is at.
    Present,
    New,
}

/// Notes each place that the visitor comes to, and returns to those that the browser goes back to.
pub fn follow(workbench: Workbench, guide: Guide, shown: Shown) {
    let place = Memo::new(move |_| Place {
        over: shown.get(),
        step: (guide.mode.get() == Mode::Lesson).then(|| guide.step.get()),
        station: workbench.station.get(),
    });
    // What the browser's present entry leads to.
    let noted = StoredValue::new(place.get_untracked());
    note(Entry::Present, place.get_untracked());
    Effect::new(move |_| {
        let now = place.get();
        if now != noted.get_value() {
            noted.set_value(now);
            note(Entry::New, now);
        }
    });
    EventListener::new(&window(), "popstate", move |_| {
        // Entries of others, such as a changed fragment of the address, lead nowhere.
        if let Some(place) = present() {
            noted.set_value(place);
            return_to(workbench, guide, shown, place);
        }
    })
    .forget();
}

fn return_to(workbench: Workbench, guide: Guide, shown: Shown, place: Place) {
    // Films that are open large belong to the place that is left.
    workbench.viewed.set(None);
    workbench.examined.set(None);
    shown.show(place.over);
    guide.return_to(place.step);
    if workbench.station.get_untracked() != place.station {
        workbench.go(place.station);
    }
}

fn note(entry: Entry, place: Place) {
    let (Ok(history), Ok(text)) = (window().history(), serde_json::to_string(&place)) else {
        return;
    };
    let state = JsValue::from_str(&text);
    // Refused after very many in a short time: then Back leads further back.
    let _ = match entry {
        Entry::Present => history.replace_state(&state, ""),
        Entry::New => history.push_state(&state, ""),
    };
}

/// What the present entry leads to, if it is ours.
fn present() -> Option<Place> {
    let state = window().history().ok()?.state().ok()?;
    serde_json::from_str(&state.as_string()?).ok()
}
