//! The worker that this code runs in: its clock, its messages, its downloads.

use std::{cell::RefCell, panic};

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

use feature_worker::wire::{MessageParts, PANIC};

/// Longest stretch of work before messages are looked at, in seconds.
const BREATH: f64 = 0.012;

pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Seconds on a clock that only runs forward.
pub fn now() -> f64 {
    scope()
        .performance()
        .map_or(0.0, |clock| clock.now() / 1000.0)
}

/// Sends a message to whoever started this worker.
pub fn post_parts(MessageParts { parts, transfer }: &MessageParts) {
    if let Err(error) = scope().post_message_with_transfer(parts, transfer) {
        web_sys::console::error_1(&error);
    }
}

thread_local! {
    /// The file that a decoder is at work on.
    static READING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes which file a decoder is at work on: a panic ends the program here, and is told with its name.
pub fn note_reading(path: Option<&str>) {
    READING.replace(path.map(str::to_owned));
}

/// From now on a message `["panic", text, file]` tells of a panic. The worker ends with it, since its
/// memory can no longer be trusted.
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        let file = READING.take().map_or(JsValue::UNDEFINED, JsValue::from);
        post_parts(&MessageParts {
            parts: Array::of3(&PANIC.into(), &text.into(), &file),
            transfer: Array::new(),
        });
        scope().close();
    }));
}

/// Calls `receive` with each message to this worker that is an array.
pub fn listen(mut receive: impl FnMut(Array) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(parts) = event.data().dyn_into::<Array>() {
            receive(parts);
        }
    });
    scope().set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}

#[wasm_bindgen]
extern "C" {
    /// Of `engine-start.js`: fetches a file, or takes the one that the page has fetched before.
    #[wasm_bindgen(catch, js_name = download)]
    fn download_file(address: &str) -> Result<Promise, JsValue>;
}

/// Downloads a file of the site.
///
/// # Errors
/// What the browser or the server said.
pub async fn download(address: &str) -> Result<Uint8Array, String> {
    let coming = download_file(address).map_err(|error| describe(&error))?;
    let buffer = JsFuture::from(coming)
        .await
        .map_err(|error| describe(&error))?;
    Ok(Uint8Array::new(&buffer))
}

/// An error of the browser in words.
pub fn describe(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => format!("{error:?}"),
    }
}

/// Lets messages in after at most [`BREATH`] of work. Timers would wait 4 ms and more each time, and
/// promises alone let nothing in.
pub struct Breath {
    channel: Option<MessageChannel>,
    last: RefCell<f64>,
}

impl Breath {
    pub fn new() -> Self {
        Self {
            channel: MessageChannel::new().ok(),
            last: RefCell::new(now()),
        }
    }

    /// To be called between any two small pieces of work.
    pub async fn take_if_due(&self) {
        if now() - *self.last.borrow() < BREATH {
            return;
        }
        if let Some(channel) = &self.channel {
            let turn = Promise::new(&mut |resolve, _| {
                channel.port1().set_onmessage(Some(&resolve));
                if let Err(error) = channel.port2().post_message(&JsValue::NULL) {
                    web_sys::console::error_1(&error);
                }
            });
            // The promise has no way to fail.
            let _ = JsFuture::from(turn).await;
        }
        *self.last.borrow_mut() = now();
    }
}
