//! The program inside the page that classifies by itself (`model-files/src/page/page.js`): the same decoders and the same
//! arithmetic as the engine's workers, on one network. It imports nothing, and an instance that an image has ended is thrown away.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use std::cell::RefCell;

use imaging::decode::decode;
use model_files::classifier::Classifier;

#[derive(Default)]
struct Memory {
    /// What the page has put there: the network's file, then one image after another.
    bytes: Vec<u8>,
    classifier: Option<Classifier>,
    input: Vec<f32>,
    probabilities: Vec<f32>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Makes room for so many bytes; their address.
#[unsafe(no_mangle)]
extern "C" fn room(length: usize) -> *mut u8 {
    MEMORY.with_borrow_mut(|memory| {
        memory.bytes = vec![0; length];
        memory.bytes.as_mut_ptr()
    })
}

/// Takes the bytes for a network's file; whether they are one.
#[unsafe(no_mangle)]
extern "C" fn load() -> bool {
    MEMORY.with_borrow_mut(|memory| {
        let bytes = std::mem::take(&mut memory.bytes);
        memory.classifier = Classifier::new(&bytes).ok();
        memory.classifier.is_some()
    })
}

/// Takes the bytes for an image; whether it can be read.
#[unsafe(no_mangle)]
extern "C" fn classify() -> bool {
    MEMORY.with_borrow_mut(|memory| {
        let bytes = std::mem::take(&mut memory.bytes);
        let (Some(classifier), Ok(film)) = (&mut memory.classifier, decode(&bytes)) else {
            return false;
        };
        memory.input = film.input(classifier.side());
        memory.probabilities = classifier.probabilities(&memory.input);
        !memory.probabilities.is_empty()
    })
}

/// Side x side numbers.
#[unsafe(no_mangle)]
extern "C" fn input() -> *const f32 {
    MEMORY.with_borrow(|memory| memory.input.as_ptr())
}

/// One of each class.
#[unsafe(no_mangle)]
extern "C" fn probabilities() -> *const f32 {
    MEMORY.with_borrow(|memory| memory.probabilities.as_ptr())
}

fn main() {}
