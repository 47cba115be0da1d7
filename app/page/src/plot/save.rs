//! Files that the visitor keeps: made here, handed to the browser, sent nowhere.

use gloo_file::{Blob, ObjectUrl};
use gloo_timers::callback::Timeout;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Long enough for a browser to take the bytes over.
const KEEP_MS: u32 = 60_000;

pub fn save(name: &str, kind: &str, text: &str) {
    hand_over(name, Blob::new_with_options(text, Some(kind)));
}

/// Bytes that the browser has already.
pub fn hand_over(name: &str, blob: Blob) {
    let url = ObjectUrl::from(blob);
    let link = document().create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let named = [("href", &*url), ("download", name)]
        .into_iter()
        .all(|(attribute, value)| link.set_attribute(attribute, value).is_ok());
    if named {
        link.click();
        Timeout::new(KEEP_MS, move || drop(url)).forget();
    }
}
