//! Dropping works anywhere on the page, and the whole page shows it. Pasting does the same without a mouse.

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Event, HtmlDialogElement, HtmlInputElement,
    HtmlTextAreaElement,
};

use super::{
    files::{open_folders, take_dropped},
    other_films::OtherFilms,
    overlay::{Over, Shown},
    project, say,
    station::Station,
    workbench::Workbench,
};
use crate::i18n::use_i18n;
use ui_core::state::{AppState, is_network};

#[component]
pub fn DropOverlay() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let over = expect_context::<Shown>();
    // Entering a child comes before leaving its parent, hence a count.
    let depth = RwSignal::new(0_u32);
    let listeners = [
        listen("dragenter", move |_| depth.update(|depth| *depth += 1)),
        listen("dragleave", move |_| {
            depth.update(|depth| *depth = depth.saturating_sub(1));
        }),
        listen("dragover", |_| {}),
        listen("drop", move |files| {
            depth.set(0);
            receive(workbench, over, files);
        }),
        listen("paste", move |files| receive(workbench, over, files)),
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

fn receive(workbench: Workbench, over: Shown, files: &DataTransfer) {
    let dropped = take_dropped(files);
    let asks = untrack(move || asks(workbench));
    uncover(over);
    // The focus may be in the lesson still, where the visitor last pressed a button.
    let network = dropped.iter().all(|one| is_network(&one.name()));
    if network && !dropped.is_empty() {
        workbench.go(Station::Train);
    } else if asks {
        workbench.go(Station::Try);
    } else if workbench
        .state
        .with_untracked(AppState::at_stake)
        .is_nothing()
    {
        workbench.go(Station::Look);
        workbench.expect_films(true);
    }
    spawn_local(async move {
        let files = open_folders(dropped).await;
        if workbench.take_network(&files) {
            return;
        }
        if asks && !files.is_empty() && project::in_files(&files).is_none() {
            workbench.classify(files);
        } else {
            // There is nothing to ask about an empty folder, but something to say.
            workbench.choose_films(OtherFilms::Files(files));
        }
    });
}

/// What lies over the stations would hide what comes of the files.
fn uncover(over: Shown) {
    over.show(Over::Nothing);
    while let Ok(Some(dialog)) = document().query_selector("dialog[open]") {
        let Ok(dialog) = dialog.dyn_into::<HtmlDialogElement>() else {
            return;
        };
        dialog.close();
    }
}

/// Only what carries files is ours; the browser must not open them itself.
fn listen(kind: &'static str, act: impl Fn(&DataTransfer) + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = move |event: &Event| {
        let carried = carried(event);
        let files = |carried: &DataTransfer| carried.types().includes(&"Files".into(), 0);
        if let Some(carried) = carried.filter(files) {
            event.prevent_default();
            act(&carried);
        }
    };
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(
        &window, kind, options, listener,
    ))
}

/// What is dragged or pasted, unless it is pasted into a field: a table brings a picture of itself along.
fn carried(event: &Event) -> Option<DataTransfer> {
    if let Some(drag) = event.dyn_ref::<DragEvent>() {
        return drag.data_transfer();
    }
    let target = event.target()?;
    let field = target.has_type::<HtmlTextAreaElement>() || target.has_type::<HtmlInputElement>();
    let paste = event.dyn_ref::<ClipboardEvent>().filter(|_| !field);
    paste?.clipboard_data()
}
