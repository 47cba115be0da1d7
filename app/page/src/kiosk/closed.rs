//! Nothing on the page leads out of it: no menu, no drag, no drop that the browser would open, no way back.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Event, KeyboardEvent};

use super::KioskContext;
use crate::files::{open_folders, take_dropped};
use ui_core::kiosk::machine::{Happening, Screen, Stop};

/// With Control or Command these open what is no part of the page.
const SHORTCUTS: &str = "sopufghjd";

pub fn shut(kiosk: KioskContext) {
    for kind in ["contextmenu", "dragstart", "dragenter", "dragover"] {
        listen(kind, |event| event.prevent_default());
    }
    listen("drop", move |event| {
        event.prevent_default();
        if let Some(event) = event.dyn_ref::<DragEvent>() {
            receive(kiosk, event);
        }
    });
    listen("keydown", move |event| {
        kiosk.on(Happening::Touched);
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let shortcut = SHORTCUTS.contains(&key.key().to_lowercase());
        if (key.ctrl_key() || key.meta_key()) && shortcut {
            event.prevent_default();
        }
    });
    for kind in ["pointerdown", "wheel"] {
        listen(kind, move |_| kiosk.on(Happening::Touched));
    }
    stay();
    listen("popstate", |_| stay());
}

/// The way back leads to where one is.
fn stay() {
    if let Ok(history) = window().history() {
        // Refused only after very many in a short time; the next one is taken again.
        let _ = history.push_state(&JsValue::NULL, "");
    }
}

/// A film that is dropped where the kiosk asks for one.
fn receive(kiosk: KioskContext, event: &DragEvent) {
    kiosk.on(Happening::Touched);
    let place = kiosk.place.get_untracked();
    let asks = matches!(place, Screen::Visit(Stop::Film | Stop::Answer));
    let Some(transfer) = event.data_transfer().filter(|_| asks) else {
        return;
    };
    let dropped = take_dropped(&transfer);
    spawn_local(async move {
        let mut files = open_folders(dropped).await;
        files.truncate(1);
        // The visitor may have left while a folder was opened.
        if !files.is_empty() && kiosk.place.get_untracked() == place {
            super::film::ask(kiosk, files);
        }
    });
}

fn listen(kind: &'static str, act: impl Fn(&Event) + 'static) {
    let options = EventListenerOptions {
        passive: kind == "wheel",
        phase: gloo_events::EventListenerPhase::Capture,
    };
    EventListener::new_with_options(&window(), kind, options, act).forget();
}
