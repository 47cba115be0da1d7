//! The memory of an instance, as the engine's script sees it: room for a question, and an answer that lies there until it is taken.

use std::cell::RefCell;

use crate::{Body, Program, read, write};

/// All of an instance.
pub struct Instance<P>(RefCell<Memory<P>>);

#[derive(Default)]
struct Memory<P> {
    program: P,
    question: Vec<u8>,
    bytes: Vec<u8>,
    answer: Vec<u8>,
    body: Body,
}

impl<P: Default> Default for Instance<P> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<P: Program> Instance<P> {
    /// Makes room for a question, and for what lies beside it.
    pub fn reserve(&self, question: usize, bytes: usize) {
        let mut memory = self.0.borrow_mut();
        memory.question = vec![0; question];
        memory.bytes = vec![0; bytes];
    }

    pub fn question(&self) -> *mut u8 {
        self.0.borrow_mut().question.as_mut_ptr()
    }

    pub fn bytes(&self) -> *mut u8 {
        self.0.borrow_mut().bytes.as_mut_ptr()
    }

    /// Answers what has been put there. A question that cannot be read has an answer that cannot be read either.
    pub fn answer(&self, build: &str) {
        let memory = &mut *self.0.borrow_mut();
        let question = std::mem::take(&mut memory.question);
        let bytes = std::mem::take(&mut memory.bytes);
        if let Some(question) = read(build, &question) {
            let (answer, body) = memory.program.answer(question, &bytes);
            memory.answer = write(build, &answer);
            memory.body = body;
        }
    }

    pub fn head(&self) -> *const u8 {
        self.0.borrow().answer.as_ptr()
    }

    /// In bytes.
    pub fn head_length(&self) -> usize {
        self.0.borrow().answer.len()
    }

    pub fn body(&self) -> *const u8 {
        match &self.0.borrow().body {
            Body::Bytes(bytes) => bytes.as_ptr(),
            Body::Words(words) => words.as_ptr().cast(),
        }
    }

    /// In bytes.
    pub fn body_length(&self) -> usize {
        match &self.0.borrow().body {
            Body::Bytes(bytes) => bytes.len(),
            Body::Words(words) => 2 * words.len(),
        }
    }

    /// The answer has been taken.
    pub fn release(&self) {
        let memory = &mut *self.0.borrow_mut();
        memory.answer = Vec::new();
        memory.body = Body::default();
    }
}

#[cfg(test)]
impl<P: Program> Instance<P> {
    pub(crate) fn put(&self, question: &[u8], bytes: &[u8]) {
        let memory = &mut *self.0.borrow_mut();
        memory.question.copy_from_slice(question);
        memory.bytes.copy_from_slice(bytes);
    }

    pub(crate) fn answered(&self) -> (Vec<u8>, Vec<u8>) {
        let memory = self.0.borrow();
        let body = match &memory.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Words(_) => panic!("bytes"),
        };
        (memory.answer.clone(), body)
    }
}

/// The functions of a [`Program`]. No wasm-bindgen, whose script runs one instance for good: one that has ended is thrown away,
/// and another is made, so that a fault costs one question, and never the engine.
///
/// Where it stands, `unsafe_code` has to be allowed, as functions that are called by their names count as such; none does anything
/// that Rust does not check.
#[macro_export]
macro_rules! program {
    ($program:ty) => {
        /// Of the engine that this program belongs to.
        const BUILD: &str = match option_env!("FIRSTREAD_BUILD") {
            Some(build) => build,
            None => "",
        };

        thread_local! {
            static INSTANCE: $crate::Instance<$program> = $crate::Instance::default();
        }

        #[unsafe(no_mangle)]
        extern "C" fn reserve(question: usize, bytes: usize) {
            INSTANCE.with(|instance| instance.reserve(question, bytes));
        }

        #[unsafe(no_mangle)]
        extern "C" fn question() -> *mut u8 {
            INSTANCE.with($crate::Instance::question)
        }

        #[unsafe(no_mangle)]
        extern "C" fn bytes() -> *mut u8 {
            INSTANCE.with($crate::Instance::bytes)
        }

        #[unsafe(no_mangle)]
        extern "C" fn answer() {
            INSTANCE.with(|instance| instance.answer(BUILD));
        }

        #[unsafe(no_mangle)]
        extern "C" fn head() -> *const u8 {
            INSTANCE.with($crate::Instance::head)
        }

        #[unsafe(no_mangle)]
        extern "C" fn head_length() -> usize {
            INSTANCE.with($crate::Instance::head_length)
        }

        #[unsafe(no_mangle)]
        extern "C" fn body() -> *const u8 {
            INSTANCE.with($crate::Instance::body)
        }

        #[unsafe(no_mangle)]
        extern "C" fn body_length() -> usize {
            INSTANCE.with($crate::Instance::body_length)
        }

        #[unsafe(no_mangle)]
        extern "C" fn release() {
            INSTANCE.with($crate::Instance::release);
        }

        fn main() {}
    };
}
