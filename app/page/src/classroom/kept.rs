//! What of the facilitator's page outlasts a reload, in this browser alone.

use gloo_events::EventListener;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use super::{Hall, join::WantedLink, slides::Slide, window};
use crate::{clock, storage};
use ui_core::{
    classroom::pool::PooledResults,
    lesson::{Clock, Step},
};

const KEY: &str = "firstread.room.1";

#[derive(Serialize, Deserialize)]
struct Kept {
    codes: String,
    clock: Clock,
    step: Step,
    #[serde(default)]
    slide: Slide,
    #[serde(default)]
    link: WantedLink,
}

/// As it was left, kept again with every change.
pub(super) fn hall() -> Hall {
    let kept = storage::kept::<Kept>(KEY);
    let mut pool = PooledResults::default();
    let (mut clock, mut step) = (Clock::default(), Step::default());
    let (mut slide, mut link) = (Slide::default(), WantedLink::default());
    if let Some(kept) = kept {
        pool.add(&kept.codes);
        (clock, step) = (kept.clock, kept.step);
        (slide, link) = (kept.slide, kept.link);
    }
    let hall = Hall {
        chosen: super::results::ChosenGroup::default(),
        pool: RwSignal::new(pool),
        clock: RwSignal::new(clock),
        now: RwSignal::new(clock::date_ms()),
        step: RwSignal::new(step),
        link: RwSignal::new(link),
        slide: RwSignal::new(slide),
        projecting: RwSignal::new(window::is_projector()),
    };
    follow(hall);
    Effect::new(move |before: Option<()>| {
        let kept = Kept {
            codes: hall.pool.with(PooledResults::text),
            clock: hall.clock.get(),
            step: hall.step.get(),
            slide: hall.slide.get(),
            link: hall.link.get(),
        };
        // Nothing is written before anything has changed, and where storage is forbidden all lasts until the
        // page is left.
        if before.is_some() {
            storage::keep(KEY, kept);
        }
    });
    hall
}

/// What another window has changed: notes and projector keep to the same slide, clock, codes and link.
fn follow(hall: Hall) {
    EventListener::new(&leptos::prelude::window(), "storage", move |event| {
        let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
        if key.as_deref() != Some(KEY) {
            return;
        }
        let Some(kept) = storage::kept::<Kept>(KEY) else {
            return;
        };
        if hall.pool.with_untracked(PooledResults::text) != kept.codes {
            let mut pool = PooledResults::default();
            pool.add(&kept.codes);
            hall.pool.set(pool);
        }
        if hall.clock.get_untracked() != kept.clock {
            hall.clock.set(kept.clock);
        }
        if hall.step.get_untracked() != kept.step {
            hall.step.set(kept.step);
        }
        if hall.slide.get_untracked() != kept.slide {
            hall.slide.set(kept.slide);
        }
        if hall.link.get_untracked() != kept.link {
            hall.link.set(kept.link);
        }
    })
    .forget();
}
