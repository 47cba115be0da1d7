//! A program that runs in this worker: other instances beside the engine, each with a memory of its own.

use js_sys::{Array, Promise, Uint8Array, Uint16Array};
use serde::{Serialize, de::DeserializeOwned};
use side_program::{Unanswered, read, write};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use super::worker_scope::describe;

/// Bytes that an instance may have taken when it is asked again: memory only grows.
const MOST_MEMORY: f64 = (1_u32 << 28) as f64;

#[wasm_bindgen]
extern "C" {
    /// Of `engine-start.js`: fetches and compiles a program.
    #[wasm_bindgen(catch, js_name = fetchProgram)]
    fn fetch_program(name: &str) -> Result<Promise, JsValue>;

    /// Of `engine-start.js`: a new instance.
    #[wasm_bindgen(catch, js_name = startProgram)]
    fn start_program(compiled: &JsValue) -> Result<JsValue, JsValue>;

    /// Of `engine-start.js`: head and body of an answer, and the bytes of memory that the instance has taken; or what ended it.
    #[wasm_bindgen(catch, js_name = askProgram)]
    fn ask_program(instance: &JsValue, question: &[u8], bytes: &[u8]) -> Result<Array, JsValue>;
}

/// A program that has been fetched.
#[derive(Clone)]
pub struct Program {
    compiled: JsValue,
    /// What it must say that it belongs to.
    build: &'static str,
}

pub struct Instance {
    program: Program,
    /// `None` once it has ended.
    exports: Option<JsValue>,
    memory: f64,
}

/// What lies beside an answer, outside of the engine's memory.
pub struct Body(Uint8Array);

impl Program {
    /// `name`: that of its file, without the ending.
    ///
    /// # Errors
    /// What the browser said against it.
    pub async fn fetch(name: &str, build: &'static str) -> Result<Self, String> {
        let fetched = fetch_program(name).map_err(|error| describe(&error))?;
        let compiled = JsFuture::from(fetched).await;
        let compiled = compiled.map_err(|error| describe(&error))?;
        Ok(Self { compiled, build })
    }

    /// One that knows nothing yet.
    pub fn start(&self) -> Instance {
        Instance {
            program: self.clone(),
            exports: start_program(&self.compiled).ok(),
            memory: 0.0,
        }
    }
}

impl Instance {
    /// # Errors
    /// A panic there ends its instance, not this program; such an instance answers no more.
    pub fn ask<A: DeserializeOwned>(
        &mut self,
        question: &impl Serialize,
        bytes: &[u8],
    ) -> Result<(A, Body), Unanswered> {
        let build = self.program.build;
        let exports = self.exports.take().ok_or(Unanswered::Ended)?;
        let answer = ask_program(&exports, &write(build, question), bytes);
        let answer = answer.map_err(|_| Unanswered::Ended)?;
        let head: Uint8Array = answer.get(0).dyn_into().map_err(|_| Unanswered::Ended)?;
        let body: Uint8Array = answer.get(1).dyn_into().map_err(|_| Unanswered::Ended)?;
        self.memory = answer.get(2).as_f64().unwrap_or(f64::INFINITY);
        self.exports = Some(exports);
        let head = read(build, &head.to_vec()).ok_or(Unanswered::Garbled)?;
        Ok((head, Body(body)))
    }

    /// Whether it can be asked about something else: it has neither ended nor grown large.
    pub fn is_fit(&self) -> bool {
        self.exports.is_some() && self.memory <= MOST_MEMORY
    }
}

impl Body {
    pub fn bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// As numbers of two bytes.
    pub fn words(&self) -> Vec<u16> {
        Uint16Array::new(&self.0.buffer()).to_vec()
    }
}
