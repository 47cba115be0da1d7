//! The way through the page in the browser's history: Back leads to the step or the station before.

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::{
    lesson::{Guide, Mode},
    overlay::{Over, Shown},
    station::Station,
    workbench::Workbench,
};
use ui_core::lesson::Step;

/// What an entry of the history leads back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    over: Over,
    /// Of the lesson; `None` in free play.
    step: Option<Step>,
    station: Station,
}

impl Place {
    /// As the history keeps it: three ids, of which that of the step may be empty.
    fn written(self) -> String {
        let step = self.step.map_or("", Step::id);
        [self.over.id(), step, self.station.id()].join(" ")
    }

    fn read(text: &str) -> Option<Self> {
        let mut ids = text.split(' ');
        let (over, step, station) = (ids.next()?, ids.next()?, ids.next()?);
        Some(Self {
            over: Over::from_id(over)?,
            step: Step::from_id(step),
            station: Station::from_id(station)?,
        })
    }
}

enum Entry {
    /// The one that the browser is at.
    Present,
    New,
}

/// Notes each place that the visitor comes to, and returns to those that the browser goes back to.
pub fn follow(workbench: Workbench, guide: Guide, shown: Shown) {
    let place = move || Place {
        over: shown.get(),
        step: (guide.mode.get() == Mode::Lesson).then(|| guide.step.get()),
        station: workbench.station.get(),
    };
    // What the browser's present entry leads to.
    let first = untrack(place);
    let noted = StoredValue::new(first);
    note(Entry::Present, first);
    Effect::new(move |_| {
        let now = place();
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
    let Ok(history) = window().history() else {
        return;
    };
    let state = JsValue::from_str(&place.written());
    // Refused after very many in a short time: then Back leads further back.
    let _ = match entry {
        Entry::Present => history.replace_state(&state, ""),
        Entry::New => history.push_state(&state, ""),
    };
}

/// What the present entry leads to, if it is ours.
fn present() -> Option<Place> {
    let state = window().history().ok()?.state().ok()?;
    Place::read(&state.as_string()?)
}
