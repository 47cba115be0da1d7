//! A worker of the pool, see `public/feature-worker-start.js`: takes the engine's orders from a port until the page ends it.

use std::{cell::RefCell, panic};

use feature_pool::{FromWorker, Worker};
use feature_worker::wire::{MessageParts, Order, PANIC, numbers, read_order, write_answer};
use js_sys::{Array, Uint8Array};
use mobilenet::weights::Weights;
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{MessageEvent, MessagePort};

thread_local! {
    /// To the engine.
    static PORT: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// Listens for orders; the first answer says so.
#[wasm_bindgen]
pub fn listen(port: MessagePort) {
    PORT.replace(Some(port.clone()));
    report_panics();
    let mut worker = Worker::default();
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(parts) = event.data().dyn_into::<Array>() else {
            return;
        };
        match obey(&mut worker, &parts) {
            Ok(Some(answer)) => post(answer),
            Ok(None) => {}
            Err(error) => web_sys::console::error_1(&error.into()),
        }
    });
    port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
    post(FromWorker::Ready);
}

fn obey(worker: &mut Worker, parts: &Array) -> Result<Option<FromWorker>, String> {
    Ok(match read_order(parts)? {
        (Order::Weights(directory), bytes) => {
            let bytes = Uint8Array::new(&bytes).to_vec();
            worker.keep_weights(directory.map(|directory| Weights::listed(directory, bytes)));
            None
        }
        (Order::Job(ticket, request), input) => {
            Some(worker.compute(ticket, &request, &numbers(&input)))
        }
    })
}

fn post(answer: FromWorker) {
    if let Some(written) = write_answer(answer) {
        send(&written);
    }
}

/// After a panic the memory cannot be trusted any more: the engine has another worker started.
fn report_panics() {
    panic::set_hook(Box::new(|info| {
        send(&MessageParts {
            parts: Array::of2(&PANIC.into(), &info.to_string().into()),
            transfer: Array::new(),
        });
    }));
}

fn send(MessageParts { parts, transfer }: &MessageParts) {
    let sent = PORT.with_borrow(|port| {
        port.as_ref()
            .map(|port| port.post_message_with_transferable(parts, transfer))
    });
    if let Some(Err(error)) = sent {
        web_sys::console::error_1(&error);
    }
}

fn main() {}
