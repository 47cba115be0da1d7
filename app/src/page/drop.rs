//! Dropping works anywhere on the page, and the whole page shows it.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Event};

use super::{
    files::{open_folders, take_dropped},
    say,
    station::Station,
    workbench::Workbench,
};
use crate::i18n::use_i18n;

#[component]
pub fn DropOverlay() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    // Entering a child comes before leaving its parent, hence a count.
    let depth = RwSignal::new(0_u32);
    let listeners = [
        listen("dragenter", move |_| depth.update(|depth| *depth += 1)),
        listen("dragleave", move |_| {
            depth.update(|depth| *depth = depth.saturating_sub(1));
        }),
        listen("dragover", |_| {}),
        listen("drop", move |event| {
            depth.set(0);
            receive(workbench, event);
        }),
    ];
    let listeners = StoredValue::new_local(listeners);
    on_cleanup(move || listeners.dispose());
    let asks = move || asks(workbench);
    let title = move || {
        if asks() {
            say!(i18n, drop.ask)
        } else {
            say!(i18n, drop.load)
        }
    };
    let help = move || {
        if asks() {
            say!(i18n, drop.ask_help)
        } else {
            say!(i18n, drop.load_help)
        }
    };
    view! {
        <Show when=move || { depth.get() > 0 }>
            <div class="drop-overlay" data-testid="drop-overlay" aria-hidden="true">
                <p class="drop-title">{title}</p>
                <p>{help}</p>
            </div>
        </Show>
    }
}

/// At the last station a drop is a question, everywhere else it is films to learn from.
fn asks(workbench: Workbench) -> bool {
    workbench.station.get() == Station::Try
        && workbench.state.with(|state| state.trained().is_some())
}

fn receive(workbench: Workbench, event: &DragEvent) {
    let Some(transfer) = event.data_transfer() else {
        return;
    };
    let dropped = take_dropped(&transfer);
    let asks = untrack(move || asks(workbench));
    if !asks {
        workbench.go(Station::Look);
        workbench.expect_films();
    }
    spawn_local(async move {
        let files = open_folders(dropped).await;
        if asks {
            workbench.classify(files);
        } else {
            workbench.load_files(files);
        }
    });
}

/// Only drags that carry files are ours; for those the browser must not open them itself.
fn listen(kind: &'static str, act: impl Fn(&DragEvent) + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = move |event: &Event| {
        let Some(event) = event.dyn_ref::<DragEvent>() else {
            return;
        };
        let carried = event.data_transfer().map(|carried| carried.types());
        if carried.is_some_and(|kinds| kinds.includes(&"Files".into(), 0)) {
            event.prevent_default();
            act(event);
        }
    };
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(
        &window, kind, options, listener,
    ))
}
