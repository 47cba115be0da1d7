//! A text as a QR code, with the text beside it and a button that copies it.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::{i18n::use_i18n, say, tr};
use ui_core::classroom::picture;

/// `id` names the text for tests; the button is `copy-ID`, the picture `qr-ID`.
pub fn shown(id: &'static str, text: Signal<String>) -> AnyView {
    view! {
        <div class="qr">
            {picture(id, text)}
            {words(id, text)}
        </div>
    }
    .into_any()
}

/// The text and its button alone.
pub fn words(id: &'static str, text: Signal<String>) -> AnyView {
    view! {
        <div class="qr-words">
            <p class="qr-text" data-testid=id>{text}</p>
            {copy(id, text)}
        </div>
    }
    .into_any()
}

/// The picture alone.
pub fn picture(id: &'static str, text: Signal<String>) -> AnyView {
    let i18n = use_i18n();
    let svg = Signal::derive(move || {
        let text = text.get();
        let picture = picture::of(&text);
        let label = say!(i18n, room.qr.label, text = text);
        picture.map_or_else(String::new, |picture| picture.svg(&label))
    });
    view! { <div class="qr-picture" data-testid=format!("qr-{id}") inner_html=svg></div> }
        .into_any()
}

/// A button that copies, and says whether it did.
pub fn copy(id: &'static str, text: Signal<String>) -> AnyView {
    let i18n = use_i18n();
    // A signal may tell again what it told before; only another text makes "copied" untrue.
    let text = Memo::new(move |_| text.get());
    // `None` until it is pressed.
    let done = RwSignal::new(None);
    let press = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = to_clipboard(&text).await.is_some();
            done.try_set(Some(copied));
        });
    };
    let said = Signal::derive(move || match done.get() {
        None => String::new(),
        Some(true) => say!(i18n, room.qr.copied),
        Some(false) => say!(i18n, room.qr.not_copied),
    });
    Effect::new(move |_| {
        text.track();
        done.set(None);
    });
    view! {
        <div class="row copy">
            <button type="button" data-testid=format!("copy-{id}") on:click=press>
                {tr!(i18n, room.qr.copy)}
            </button>
            <span role="status" class="hint">{said}</span>
        </div>
    }
    .into_any()
}

/// `None` where the browser has no clipboard or does not let the page write to it.
async fn to_clipboard(text: &str) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
    let write: Function = write.dyn_into().ok()?;
    let writing = write.call1(&clipboard, &JsValue::from_str(text)).ok()?;
    let writing: Promise = writing.dyn_into().ok()?;
    JsFuture::from(writing).await.ok().map(|_| ())
}
