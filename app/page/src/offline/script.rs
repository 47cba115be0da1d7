//! `public/offline.js`, as the page calls it. Where it is not there, nothing comes of it.

use js_sys::{Array, Promise};
use leptos::prelude::document;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use ui_core::offline::Stored;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = offline, js_name = watch)]
    fn js_watch(hear: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = start)]
    fn js_start() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = look)]
    fn js_look() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = takeOver)]
    fn js_take_over() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = erase)]
    fn js_erase() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = install)]
    fn js_install() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = installable)]
    fn js_installable() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_namespace = offline, js_name = fetched)]
    fn js_fetched() -> Result<Array, JsValue>;
}

/// Requests since the page was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScriptFetched {
    /// To the site that the page came from.
    pub own: f64,
    /// Received over the network.
    pub bytes: f64,
    /// To any other site.
    pub other: f64,
}

/// Hears how the copy stands, now and with every change.
pub fn watch(mut hear: impl FnMut(Stored) + 'static) {
    let closure =
        Closure::<dyn FnMut(String, f64, f64)>::new(move |kind: String, stored, bytes| {
            hear(Stored::read(&kind, stored, bytes));
        });
    // Where there is nobody to hear, the page is one file, or came without that script.
    let _ = js_watch(closure.as_ref());
    closure.forget();
}

/// Whether there is anything that looks after a copy.
pub fn is_there() -> bool {
    js_fetched().is_ok()
}

pub fn start() {
    // What comes of it is heard.
    drop(js_start());
}

pub fn install() {
    drop(js_install());
}

pub fn installable() -> bool {
    js_installable().unwrap_or_default()
}

pub async fn look() -> String {
    said(js_look()).await
}

pub async fn take_over() -> String {
    said(js_take_over()).await
}

/// What could not be erased: empty if all is gone.
pub async fn erase() -> String {
    said(js_erase()).await
}

pub fn fetched() -> ScriptFetched {
    let numbers = js_fetched().unwrap_or_default();
    let at = |place| numbers.get(place).as_f64().unwrap_or_default();
    ScriptFetched {
        own: at(0),
        bytes: at(1),
        other: at(2),
    }
}

/// Of the files that the page is made of; empty if they were not counted.
pub fn version() -> String {
    let meta = document().query_selector("meta[name=version]").ok();
    let content = meta
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    content.unwrap_or_default()
}

async fn said(promise: Result<Promise, JsValue>) -> String {
    let Ok(promise) = promise else {
        return String::new();
    };
    let answer = JsFuture::from(promise).await;
    answer
        .ok()
        .and_then(|answer| answer.as_string())
        .unwrap_or_default()
}
