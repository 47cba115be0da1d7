//! The workers that this one starts, and what they say.

use std::{cell::RefCell, collections::BTreeMap};

use engine_core::{
    host::Message,
    pool::{FromWorker, ToWorker, WorkerId},
};
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions};

use super::{
    POOL_WORKER,
    host::Inbox,
    wire::{MessageParts, read_answer, write_order},
    worker_scope::{self, describe},
};

#[derive(Default)]
pub struct Workers {
    running: RefCell<BTreeMap<WorkerId, Running>>,
}

struct Running {
    worker: Worker,
    /// Called by the worker; must live as long.
    _listeners: Listeners,
}

struct Listeners {
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(Event)>,
}

impl Workers {
    /// # Errors
    /// What the browser said against one more.
    pub fn start(&self, id: WorkerId, inbox: &Inbox) -> Result<(), String> {
        let options = WorkerOptions::new();
        options.set_name(POOL_WORKER);
        let script = worker_scope::scope().location().href();
        let worker =
            Worker::new_with_options(&script, &options).map_err(|error| describe(&error))?;
        let listeners = listen(&worker, id, inbox);
        let module = Reflect::get(&worker_scope::scope(), &"engineModule".into())
            .map_err(|error| describe(&error))?;
        worker
            .post_message(&module)
            .map_err(|error| describe(&error))?;
        let running = Running {
            worker,
            _listeners: listeners,
        };
        self.running.borrow_mut().insert(id, running);
        Ok(())
    }

    /// `weights` go along where they are asked for.
    pub fn tell(&self, id: WorkerId, message: ToWorker, weights: &Uint8Array) {
        if let Some(Running { worker, .. }) = self.running.borrow().get(&id) {
            let MessageParts { parts, transfer } = write_order(message, weights);
            if let Err(error) = worker.post_message_with_transfer(&parts, &transfer) {
                web_sys::console::error_1(&error);
            }
        }
    }

    pub fn end(&self, id: WorkerId) {
        if let Some(Running { worker, .. }) = self.running.borrow_mut().remove(&id) {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

fn listen(worker: &Worker, id: WorkerId, inbox: &Inbox) -> Listeners {
    let say = {
        let inbox = inbox.clone();
        move |message| {
            inbox.put(Message::Worker {
                worker: id,
                message,
            })
        }
    };
    let say_crash = say.clone();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(parts) = event.data().dyn_into::<Array>() {
            match read_answer(&parts) {
                Ok(message) => say(message),
                Err(error) => web_sys::console::error_1(&error.into()),
            }
        }
    });
    let error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        event.prevent_default();
        // A script that does not load gives an event without a message.
        let detail = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        say_crash(FromWorker::Crashed {
            detail: detail.unwrap_or_default(),
        });
    });
    worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(error.as_ref().unchecked_ref()));
    Listeners {
        _message: message,
        _error: error,
    }
}
