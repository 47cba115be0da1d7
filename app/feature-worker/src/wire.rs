//! `postcard` bytes first, then what is not worth copying: arrays of numbers.

use feature_pool::{FromWorker, Ticket, ToWorker};
use js_sys::{Array, Float32Array, Uint8Array};
use mobilenet::{
    frozen::{Features, Request},
    weights::{Directory, WeightsError},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// First entry of a message that says that the worker has crashed; the reason follows.
pub const PANIC: &str = "panic";

/// What goes to another thread; what `transfer` lists is moved, not copied.
pub struct MessageParts {
    pub parts: Array,
    pub transfer: Array,
}

/// The start of a message to a worker.
#[derive(Serialize, Deserialize)]
pub enum Order {
    /// Then the bytes of their file. The engine reads its directory: what reads JSON would be a third of a worker's program.
    Weights(Result<Directory, WeightsError>),
    /// Then the input.
    Job(Ticket, Request),
}

/// The start of a message from a worker.
#[derive(Serialize, Deserialize)]
enum Answer {
    Ready,
    /// Then the embedding and the feature map.
    Done(Ticket),
    Failed {
        ticket: Ticket,
        detail: String,
    },
}

/// `[Uint8Array]`.
///
/// # Panics
/// When a message has no `postcard` form: a fault of the program.
pub fn write(message: &impl Serialize) -> MessageParts {
    match postcard::to_allocvec(message) {
        Ok(bytes) => {
            let bytes = Uint8Array::from(bytes.as_slice());
            MessageParts {
                parts: Array::of1(&bytes),
                transfer: Array::of1(&bytes.buffer()),
            }
        }
        Err(error) => panic!("a message could not be written: {error}"),
    }
}

/// What [`write`] wrote.
///
/// # Errors
/// What is wrong with a message that the other side cannot have written.
pub fn read<T: DeserializeOwned>(parts: &Array) -> Result<T, String> {
    let bytes: Uint8Array = parts
        .get(0)
        .dyn_into()
        .map_err(|_| "not a message".to_owned())?;
    postcard::from_bytes(&bytes.to_vec()).map_err(|error| error.to_string())
}

/// `weights` are those that were downloaded.
pub fn write_order(message: &ToWorker, weights: &Uint8Array) -> MessageParts {
    match message {
        // Copied, as every worker needs them.
        ToWorker::Weights => {
            let written = write(&Order::Weights(Directory::read(&weights.to_vec())));
            written.parts.push(weights);
            written
        }
        ToWorker::Job {
            ticket,
            request,
            input,
        } => write(&Order::Job(*ticket, *request)).with(input),
    }
}

/// The start of a message to a worker, and what comes after it.
///
/// # Errors
/// What is wrong with one that the engine cannot have written.
pub fn read_order(parts: &Array) -> Result<(Order, JsValue), String> {
    Ok((read(parts)?, parts.get(1)))
}

/// A crash cannot be told by the worker itself.
pub fn write_answer(message: FromWorker) -> Option<MessageParts> {
    Some(match message {
        FromWorker::Ready => write(&Answer::Ready),
        FromWorker::Done { ticket, features } => write(&Answer::Done(ticket))
            .with(&features.embedding)
            .with(&features.feature_map),
        FromWorker::Failed { ticket, detail } => write(&Answer::Failed { ticket, detail }),
        FromWorker::Crashed { .. } => return None,
    })
}

/// From a worker, or told for it: `["panic", text]`.
///
/// # Errors
/// What is wrong with a message that no worker can have written.
pub fn read_answer(parts: &Array) -> Result<FromWorker, String> {
    if parts.get(0).as_string().as_deref() == Some(PANIC) {
        let detail = parts.get(1).as_string().unwrap_or_default();
        return Ok(FromWorker::Crashed { detail });
    }
    Ok(match read(parts)? {
        Answer::Ready => FromWorker::Ready,
        Answer::Done(ticket) => FromWorker::Done {
            ticket,
            features: Features {
                embedding: numbers(&parts.get(1)),
                feature_map: numbers(&parts.get(2)),
            },
        },
        Answer::Failed { ticket, detail } => FromWorker::Failed { ticket, detail },
    })
}

pub fn numbers(part: &JsValue) -> Vec<f32> {
    Float32Array::new(part).to_vec()
}

impl MessageParts {
    fn with(self, numbers: &[f32]) -> Self {
        let numbers = Float32Array::from(numbers);
        self.parts.push(&numbers);
        self.transfer.push(&numbers.buffer());
        self
    }
}
