//! Reads DICOM files for the engine, see `public/engine-start.js`. It asks nothing of the world around it: whoever runs it puts
//! a file where [`reserve`] says, has it read, and takes the answer from where the other functions say.
//!
//! No wasm-bindgen, whose script runs one instance for good: after a panic the engine throws this one away and makes another,
//! so that a fault here costs one file, and never the engine.
#![allow(
    unsafe_code,
    reason = "functions that are called by their names; none does anything that Rust does not check"
)]

use std::cell::RefCell;

use dicom_reader::answer::{Written, write_film, write_values};

/// Of the engine that this program belongs to.
const BUILD: &str = match option_env!("FIRSTREAD_BUILD") {
    Some(build) => build,
    None => "",
};

thread_local! {
    static FILE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Written> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Makes room for a file of so many bytes; its address.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> *mut u8 {
    FILE.with_borrow_mut(|file| {
        *file = vec![0; length];
        file.as_mut_ptr()
    })
}

/// Answers with a frame of the file in grey.
#[unsafe(no_mangle)]
extern "C" fn read_film(frame: u32) {
    let film = FILE.with_borrow(|file| dicom::film(file, frame));
    ANSWER.replace(write_film(BUILD, film));
    FILE.take();
}

/// Answers with the values of a frame.
#[unsafe(no_mangle)]
extern "C" fn read_values(frame: u32) {
    let values = FILE.with_borrow(|file| dicom::values(file, frame));
    ANSWER.replace(write_values(BUILD, values));
    FILE.take();
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
extern "C" fn pixels() -> *const u16 {
    ANSWER.with_borrow(|(_, pixels)| pixels.as_ptr())
}

/// How many; each has two bytes.
#[unsafe(no_mangle)]
extern "C" fn pixels_length() -> usize {
    ANSWER.with_borrow(|(_, pixels)| pixels.len())
}

/// The answer has been taken.
#[unsafe(no_mangle)]
extern "C" fn release() {
    ANSWER.take();
}

fn main() {}
