//! A file for the visitor: pieces that the browser keeps, on the disk if they are many, until the page has the whole.

use engine_core::host::NewFile;
use feature_worker::wire::write;
use js_sys::{Array, Uint8Array};
use protocol::Event;
use web_sys::Blob;

use super::worker_scope::{describe, post_parts};

#[derive(Default)]
pub struct Pieces(Array);

impl NewFile for Pieces {
    fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        let bytes = Array::of1(&Uint8Array::from(bytes));
        let piece = Blob::new_with_u8_array_sequence(&bytes).map_err(|error| describe(&error))?;
        self.0.push(&piece);
        Ok(())
    }

    /// A blob is handed on without its bytes.
    fn post(self: Box<Self>, event: Event) -> Result<(), String> {
        let whole = Blob::new_with_blob_sequence(&self.0).map_err(|error| describe(&error))?;
        let message = write(&event);
        message.parts.push(&whole);
        post_parts(&message);
        Ok(())
    }
}
