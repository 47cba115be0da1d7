//! A file of the user's, read in this worker.

use engine_core::host::UserFile;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, File, FileReaderSync};

use super::worker_scope::describe;

pub struct BrowserFile(pub File);

impl UserFile for BrowserFile {
    fn name(&self) -> String {
        self.0.name()
    }

    fn size(&self) -> u64 {
        self.0.size() as u64
    }

    fn start(&self, length: u32) -> Vec<u8> {
        let start = self.0.slice_with_f64_and_f64(0.0, f64::from(length));
        start.and_then(|start| read(&start)).unwrap_or_default()
    }

    fn read(&self) -> Result<Vec<u8>, String> {
        read(&self.0).map_err(|error| describe(&error))
    }
}

fn read(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = FileReaderSync::new()?.read_as_array_buffer(blob)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
