//! The workers that compute features: the page starts them (`public/feature-workers.js`), each listens at a port.

use std::{cell::RefCell, collections::BTreeMap};

use engine_core::host::Message;
use feature_pool::{ToWorker, WorkerId};
use feature_worker::wire::{MessageParts, read_answer, write_order};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{MessageEvent, MessagePort};

use super::{host::Inbox, worker_scope::describe};

#[wasm_bindgen]
extern "C" {
    /// Of `engine-start.js`: has the page start a worker; gives the port to it.
    #[wasm_bindgen(catch, js_name = startWorker)]
    fn start_worker(id: u32) -> Result<MessagePort, JsValue>;

    /// Of `engine-start.js`: has the page end it.
    #[wasm_bindgen(catch, js_name = endWorker)]
    fn end_worker(id: u32) -> Result<(), JsValue>;
}

#[derive(Default)]
pub struct Workers {
    running: RefCell<BTreeMap<WorkerId, Running>>,
}

struct Running {
    port: MessagePort,
    /// Called by the port; must live as long.
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Workers {
    /// # Errors
    /// What the browser said against one more.
    pub fn start(&self, id: WorkerId, inbox: &Inbox) -> Result<(), String> {
        let port = start_worker(id.0).map_err(|error| describe(&error))?;
        let listener = listener(id, inbox.clone());
        port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let running = Running {
            port,
            _listener: listener,
        };
        self.running.borrow_mut().insert(id, running);
        Ok(())
    }

    /// `weights` go along where they are asked for.
    pub fn tell(&self, id: WorkerId, message: &ToWorker, weights: &Uint8Array) {
        if let Some(Running { port, .. }) = self.running.borrow().get(&id) {
            let MessageParts { parts, transfer } = write_order(message, weights);
            if let Err(error) = port.post_message_with_transferable(&parts, &transfer) {
                web_sys::console::error_1(&error);
            }
        }
    }

    pub fn end(&self, id: WorkerId) {
        if let Some(Running { port, .. }) = self.running.borrow_mut().remove(&id) {
            port.set_onmessage(None);
            if let Err(error) = end_worker(id.0) {
                web_sys::console::error_1(&error);
            }
        }
    }
}

fn listener(worker: WorkerId, inbox: Inbox) -> Closure<dyn FnMut(MessageEvent)> {
    Closure::new(move |event: MessageEvent| {
        let Ok(parts) = event.data().dyn_into::<Array>() else {
            return;
        };
        match read_answer(&parts) {
            Ok(message) => inbox.put(Message::Worker { worker, message }),
            Err(error) => web_sys::console::error_1(&error.into()),
        }
    })
}
