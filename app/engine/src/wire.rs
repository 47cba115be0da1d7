//! The page's commands as messages: `postcard` bytes first, then the files that belong to them.

use engine_core::host::{Message, UserFile};
use feature_worker::wire::read;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::files::BrowserFile;

/// A command is `[Uint8Array, File...]`.
///
/// # Errors
/// What is wrong with one that the page cannot have written.
pub fn read_command(parts: &Array) -> Result<Message, String> {
    let files = parts.iter().skip(1);
    let files = files.filter_map(|part| part.dyn_into::<File>().ok());
    let files = files.map(|file| Box::new(BrowserFile(file)) as Box<dyn UserFile>);
    Ok(Message::Command {
        command: read(parts)?,
        files: files.collect(),
    })
}
