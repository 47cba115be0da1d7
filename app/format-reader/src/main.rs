//! Reads what the engine has no decoder for, see `public/engine-start.js`. It asks nothing of the world around it: whoever runs it puts
//! a file where [`reserve`] says, has it read, and takes the answer from where the other functions say.
//!
//! No wasm-bindgen, whose script runs one instance for good: after a panic the engine throws this one away and makes another,
//! so that a fault here costs one file, and never the engine.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use std::cell::RefCell;

use reader_answers::{Written, write_film, write_picture, write_values};

/// Of the engine that this program belongs to.
const BUILD: &str = match option_env!("FIRSTREAD_BUILD") {
    Some(build) => build,
    None => "",
};

thread_local! {
    static FILE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Answer> = const { RefCell::new((Vec::new(), Body::Bytes(Vec::new()))) };
}

type Answer = (Vec<u8>, Body);

/// Pixels, or samples of a picture.
enum Body {
    Words(Vec<u16>),
    Bytes(Vec<u8>),
}

fn answer<P>((head, body): Written<P>, kind: impl FnOnce(Vec<P>) -> Body) {
    ANSWER.replace((head, kind(body)));
    FILE.take();
}

/// Makes room for a file of so many bytes; its address.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> *mut u8 {
    FILE.with_borrow_mut(|file| {
        *file = vec![0; length];
        file.as_mut_ptr()
    })
}

/// Answers with a frame of a DICOM file in grey.
#[unsafe(no_mangle)]
extern "C" fn read_film(frame: u32) {
    let film = FILE.with_borrow(|file| dicom::film(file, frame));
    answer(write_film(BUILD, film), Body::Words);
}

/// Answers with the values of a frame of a DICOM file.
#[unsafe(no_mangle)]
extern "C" fn read_values(frame: u32) {
    let values = FILE.with_borrow(|file| dicom::values(file, frame));
    answer(write_values(BUILD, values), Body::Words);
}

/// Answers with the samples of any other picture.
#[unsafe(no_mangle)]
extern "C" fn read_picture(_: u32) {
    let picture = FILE.with_borrow(|file| picture_formats::read(file));
    answer(write_picture(BUILD, picture), Body::Bytes);
}

#[unsafe(no_mangle)]
extern "C" fn head() -> *const u8 {
    ANSWER.with_borrow(|(head, _)| head.as_ptr())
}

/// In bytes.
#[unsafe(no_mangle)]
extern "C" fn head_length() -> usize {
    ANSWER.with_borrow(|(head, _)| head.len())
}

#[unsafe(no_mangle)]
extern "C" fn body() -> *const u8 {
    ANSWER.with_borrow(|(_, body)| match body {
        Body::Words(words) => words.as_ptr().cast(),
        Body::Bytes(bytes) => bytes.as_ptr(),
    })
}

/// In bytes.
#[unsafe(no_mangle)]
extern "C" fn body_length() -> usize {
    ANSWER.with_borrow(|(_, body)| match body {
        Body::Words(words) => 2 * words.len(),
        Body::Bytes(bytes) => bytes.len(),
    })
}

/// The answer has been taken.
#[unsafe(no_mangle)]
extern "C" fn release() {
    ANSWER.replace((Vec::new(), Body::Bytes(Vec::new())));
}

fn main() {}
