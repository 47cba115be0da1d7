//! Files of the site that are fetched while the page runs.

use js_sys::{Array, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, RequestInit, Response};

#[wasm_bindgen]
extern "C" {
    type SiteResponse;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &SiteResponse) -> bool;
    #[wasm_bindgen(method, getter)]
    fn status(this: &SiteResponse) -> u16;
    #[wasm_bindgen(method, catch)]
    fn text(this: &SiteResponse) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn blob(this: &SiteResponse) -> Result<Promise, JsValue>;
}

/// Whether there is a site: from a disk nothing can be fetched.
pub fn can_fetch() -> bool {
    window()
        .location()
        .protocol()
        .is_ok_and(|scheme| scheme != "file:")
}

/// # Errors
/// What the browser or the host says against it.
pub async fn text(address: &str) -> Result<String, String> {
    let answer = fetched(address).await?;
    let text = answer.text().map_err(|error| said(&error))?;
    let text = JsFuture::from(text).await.map_err(|error| said(&error))?;
    text.as_string().ok_or_else(|| "no text".to_owned())
}

/// # Errors
/// What the browser or the host says against it.
pub async fn file(address: &str, name: &str) -> Result<File, String> {
    let answer = fetched(address).await?;
    let blob = answer.blob().map_err(|error| said(&error))?;
    let blob = JsFuture::from(blob).await.map_err(|error| said(&error))?;
    File::new_with_blob_sequence(&Array::of1(&blob), name).map_err(|error| said(&error))
}

/// What the host says of a file without sending it.
#[derive(Clone, Copy, PartialEq)]
pub struct HostedFile {
    /// Not where the host compresses as it sends.
    pub bytes: Option<f64>,
}

/// `None` if there is no such file: some hosts then answer with the page itself.
pub async fn look(address: &str, media_type: &str) -> Option<HostedFile> {
    let only_headers = RequestInit::new();
    only_headers.set_method("HEAD");
    let answer = window().fetch_with_str_and_init(address, &only_headers);
    let answer: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    let header = |name: &str| answer.headers().get(name).ok().flatten();
    let is_it = answer.ok() && header("content-type")?.starts_with(media_type);
    let length = header("content-length").filter(|_| header("content-encoding").is_none());
    is_it.then(|| HostedFile {
        bytes: length.and_then(|length| length.parse().ok()),
    })
}

async fn fetched(address: &str) -> Result<SiteResponse, String> {
    let answer = JsFuture::from(window().fetch_with_str(address)).await;
    let answer: SiteResponse = answer.map_err(|error| said(&error))?.unchecked_into();
    match answer.ok() {
        true => Ok(answer),
        false => Err(format!("{address}: {}", answer.status())),
    }
}

fn said(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{error:?}"),
    }
}
