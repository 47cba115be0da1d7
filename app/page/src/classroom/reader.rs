//! The worker that finds QR codes in pictures, made for the first of them.

use gloo_events::EventListener;
use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, Worker};

use super::browser::{Bitmap, object};

/// The worker's program, which no first visit fetches.
const PROGRAM: &str = "./scanner_bg.wasm";

/// Has the copy for offline use take in the program, so that codes can be scanned where there is no network.
pub fn keep_for_offline_use() {
    spawn_local(async {
        // Without a network it is fetched for the first picture, and that failure is told.
        drop(JsFuture::from(window().fetch_with_str(PROGRAM)).await);
    });
}

/// What the worker says of one picture.
pub enum Read {
    /// Texts of the codes in it.
    Texts(Vec<String>),
    /// It could not be fetched or started.
    Broken,
}

pub struct Reader {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Reader {
    /// `None` where the browser makes no workers.
    pub fn new(hear: impl Fn(Read) + Clone + 'static) -> Option<Self> {
        let worker = Worker::new("./scanner-start.js").ok()?;
        let told = hear.clone();
        let message = EventListener::new(&worker, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                told(texts(&event.data()));
            }
        });
        let error = EventListener::new(&worker, "error", move |_| hear(Read::Broken));
        Some(Self {
            worker,
            _listeners: [message, error],
        })
    }

    /// One that is `still` is searched as a whole and in parts, which takes longer than a camera has.
    pub fn read(&self, picture: &Bitmap, still: bool) {
        let message = object("picture", picture);
        // A plain object takes any property.
        let _ = Reflect::set(&message, &"still".into(), &still.into());
        // Fails only for what cannot be handed over.
        let _ = self
            .worker
            .post_message_with_transfer(&message, &Array::of1(picture));
    }
}

fn texts(answer: &JsValue) -> Read {
    let texts = Reflect::get(answer, &"texts".into()).ok();
    match texts.and_then(|texts| texts.dyn_into::<Array>().ok()) {
        Some(texts) => Read::Texts(texts.iter().filter_map(|text| text.as_string()).collect()),
        None => Read::Broken,
    }
}
