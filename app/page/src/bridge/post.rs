//! Commands as messages to the engine, with the files that belong to them; `app/engine/src/wire.rs` reads them.

use std::{cell::Cell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use protocol::Command;
use ui_core::loads::Outgoing;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, Worker};

use super::describe;

/// Files that go in one message. Chromium takes a fifth of a millisecond for each, in which the page stands still.
const PORTION: usize = 100;

/// Which load goes out. A later one ends those whose files are still on their way.
#[derive(Clone, Default)]
pub struct LatestLoad(Rc<Cell<u32>>);

impl LatestLoad {
    fn begin(&self) -> u32 {
        self.0.set(self.0.get().wrapping_add(1));
        self.0.get()
    }
}

/// # Errors
/// Why it cannot be posted.
pub fn post(worker: &Worker, outgoing: &Outgoing<File>, latest: &LatestLoad) -> Result<(), String> {
    let bytes = postcard::to_allocvec(&outgoing.command).map_err(|error| error.to_string())?;
    let message = Array::of1(&Uint8Array::from(bytes.as_slice()));
    let send = |parts: &Array| worker.post_message(parts).map_err(|error| describe(&error));
    let is_load = matches!(
        outgoing.command,
        Command::LoadBuiltIn { .. } | Command::LoadFiles { .. } | Command::StopLoading
    );
    let own = is_load.then(|| latest.begin());
    let Some(own) = own.filter(|_| outgoing.files.len() > PORTION) else {
        for file in &outgoing.files {
            message.push(file);
        }
        return send(&message);
    };
    send(&Array::new())?;
    message.push(&JsValue::TRUE);
    let (worker, latest, files) = (worker.clone(), latest.clone(), outgoing.files.clone());
    spawn_local(async move {
        for portion in files.chunks(PORTION) {
            let portion: Array = portion.iter().collect();
            // A worker that has ended takes no notice, and what the browser has lent can be handed on.
            let _ = worker.post_message(&portion);
            TimeoutFuture::new(0).await;
            if latest.0.get() != own {
                return;
            }
        }
        let _ = worker.post_message(&message);
    });
    Ok(())
}
