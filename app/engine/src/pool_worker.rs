//! A worker of the pool, in the browser.

use std::{cell::RefCell, rc::Rc};

use engine_core::{pool::FromWorker, worker::Worker};
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::spawn_local;

use super::{
    scope::{listen, post_parts},
    wire::{Order, numbers, read_order, write_answer},
};

/// Listens for jobs until the engine ends this worker.
pub fn run() {
    let worker = Rc::new(RefCell::new(Worker::default()));
    listen(move |parts| {
        if let Err(error) = obey(&worker, &parts) {
            web_sys::console::error_1(&error.into());
        }
    });
    answer(FromWorker::Ready);
}

fn obey(worker: &RefCell<Worker>, parts: &Array) -> Result<(), String> {
    match read_order(parts)? {
        (Order::Weights, bytes) => worker
            .borrow_mut()
            .keep_weights(&Uint8Array::new(&bytes).to_vec()),
        (Order::Recipe(recipe), _) => worker.borrow_mut().keep_recipe(&recipe),
        (Order::Job(ticket), input) => {
            let computed = worker.borrow().compute(ticket, numbers(&input));
            spawn_local(async move { answer(computed.await) });
        }
    }
    Ok(())
}

fn answer(message: FromWorker) {
    if let Some(written) = write_answer(message) {
        post_parts(&written);
    }
}
