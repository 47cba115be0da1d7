//! `public/kept.js`, as the page calls it. Where it is not there, nothing is kept.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::files::Named;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = kept, js_name = begin)]
    fn js_begin() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = renew)]
    fn js_renew() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = adopt)]
    fn js_adopt(visit: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = write)]
    fn js_write(work: &Uint8Array, network: &JsValue, query: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = writeImages)]
    fn js_write_images(paths: &Array, files: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = images)]
    fn js_images() -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = forget)]
    fn js_forget() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = kept, js_name = size)]
    fn js_size() -> Result<Promise, JsValue>;
}

/// The record of a visit.
#[derive(Clone)]
pub struct Record {
    pub visit: String,
    /// Of this tab, before it was loaded anew.
    pub own: bool,
    /// When, in milliseconds since 1970.
    pub saved: f64,
    /// Of the page's address.
    pub query: String,
    pub work: Vec<u8>,
    pub network: Option<Blob>,
}

/// Why nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page came without its script: nobody expects anything of it.
    NotThere,
    Full,
    /// A later version of this page keeps its work here in another form.
    Later,
    /// Everything was erased, here or in another tab.
    Stopped,
    Forbidden,
}

impl Trouble {
    fn read(word: &str) -> Self {
        match word {
            "full" => Self::Full,
            "later" => Self::Later,
            "stopped" => Self::Stopped,
            _ => Self::Forbidden,
        }
    }
}

/// What there is from before.
pub async fn begin() -> Result<Option<Record>, Trouble> {
    let promise = js_begin().map_err(|_| Trouble::NotThere)?;
    let answer = JsFuture::from(promise).await;
    let answer = answer.map_err(|_| Trouble::Forbidden)?;
    if let Some(word) = answer.as_string() {
        return Err(Trouble::read(&word));
    }
    Ok(record(&answer))
}

fn record(answer: &JsValue) -> Option<Record> {
    let of = |name: &str| Reflect::get(answer, &name.into()).ok();
    Some(Record {
        visit: of("visit")?.as_string()?,
        own: of("own")?.as_bool()?,
        saved: of("saved")?.as_f64()?,
        query: of("query")?.as_string()?,
        work: of("work")?.dyn_into::<Uint8Array>().ok()?.to_vec(),
        network: of("network").and_then(|network| network.dyn_into().ok()),
    })
}

/// The network that is to be kept beside the work.
pub enum Network<'a> {
    AsItIs,
    None,
    New(&'a Blob),
}

pub async fn write(work: &[u8], network: Network<'_>, query: &str) -> Result<(), Trouble> {
    let network = match network {
        Network::AsItIs => JsValue::UNDEFINED,
        Network::None => JsValue::NULL,
        Network::New(blob) => blob.into(),
    };
    written(js_write(&Uint8Array::from(work), &network, query)).await
}

/// Keeps the files of the images beside the work; none removes those that lie there.
pub async fn write_images(images: &[Named]) -> Result<(), Trouble> {
    let paths: Array = images.iter().map(|(path, _)| JsValue::from(path)).collect();
    let files: Array = images.iter().map(|(_, file)| JsValue::from(file)).collect();
    written(js_write_images(&paths, &files)).await
}

/// The files of this visit's images; none where they are not kept.
pub async fn images() -> Vec<Named> {
    let Ok(promise) = js_images() else {
        return Vec::new();
    };
    // What cannot be read is asked for like what was never kept.
    let answer = JsFuture::from(promise).await.unwrap_or_default();
    let all = |name: &str| {
        let found = Reflect::get(&answer, &name.into()).ok();
        found
            .and_then(|found| found.dyn_into::<Array>().ok())
            .unwrap_or_default()
    };
    let files = all("files");
    let named = |(path, file): (JsValue, JsValue)| Some((path.as_string()?, file.dyn_into().ok()?));
    all("paths")
        .iter()
        .zip(files.iter())
        .filter_map(named)
        .collect()
}

async fn written(asked: Result<Promise, JsValue>) -> Result<(), Trouble> {
    let answer = JsFuture::from(asked.map_err(|_| Trouble::NotThere)?).await;
    match answer.ok().and_then(|answer| answer.as_string()) {
        Some(word) if word.is_empty() => Ok(()),
        word => Err(Trouble::read(&word.unwrap_or_default())),
    }
}

/// From now on under a name that no other record has.
pub async fn renew() {
    if let Ok(promise) = js_renew() {
        // Without a lock it is kept all the same.
        drop(JsFuture::from(promise).await);
    }
}

/// Whether this visit now goes on with the record of that one.
pub async fn adopt(visit: &str) -> bool {
    let Ok(promise) = js_adopt(visit) else {
        return false;
    };
    let answer = JsFuture::from(promise).await;
    answer
        .ok()
        .and_then(|answer| answer.as_bool())
        .unwrap_or_default()
}

/// Removes what this visit has kept.
pub async fn forget() {
    if let Ok(answer) = js_forget() {
        // What cannot be removed is replaced by what is kept next.
        drop(JsFuture::from(Promise::resolve(&answer)).await);
    }
}

/// What lies in the browser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub visits: usize,
    /// Of what they have made.
    pub bytes: f64,
    pub images: usize,
    pub image_bytes: f64,
}

pub async fn size() -> Option<Size> {
    let answer = JsFuture::from(js_size().ok()?).await.ok()?;
    let answer: Array = answer.dyn_into().ok()?;
    let of = |place| answer.get(place).as_f64();
    Some(Size {
        visits: of(0)? as usize,
        bytes: of(1)?,
        images: of(2)? as usize,
        image_bytes: of(3)?,
    })
}
