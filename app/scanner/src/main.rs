//! Reads QR codes in a worker, see `public/scanner-start.js`.

mod scan;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn read(width: usize, height: usize, rgba: &[u8]) -> Vec<String> {
    scan::read(width, height, rgba)
}

fn main() {}
