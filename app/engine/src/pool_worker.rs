//! A worker of the pool, in the browser.

use std::{cell::RefCell, rc::Rc};

use engine_core::{pool::FromWorker, worker::Worker};
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::spawn_local;

use super::{
    wire::{PoolHead, numbers, read_order, write_answer},
    worker_scope::{listen, post_parts},
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
        (PoolHead::Weights, bytes) => worker
            .borrow_mut()
            .keep_weights(&Uint8Array::new(&bytes).to_vec()),
        (PoolHead::FeatureKey(key), _) => worker.borrow_mut().keep_recipe(&key),
        (PoolHead::Job(ticket), input) => {
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
