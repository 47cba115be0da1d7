//! The page's commands as messages: `postcard` bytes first, then the files that belong to them. Many files come ahead of their
//! command, in messages of their own, so that the page need not hand all over in one go.

use engine_core::host::{Message, UserFile};
use feature_worker::wire::read;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::File;

use super::files::BrowserFile;

/// Takes the page's messages.
#[derive(Default)]
pub struct CommandReader {
    /// Files that have come ahead of their command.
    ahead: Vec<Box<dyn UserFile>>,
}

impl CommandReader {
    /// A command is `[Uint8Array, File...]`; after its files have come ahead, `[Uint8Array, true]`. Files ahead are `[File...]`,
    /// and `[]` before the first of them, as others may have lost their command. Nothing comes of those yet.
    ///
    /// # Errors
    /// What is wrong with one that the page cannot have written.
    pub fn read(&mut self, parts: &Array) -> Result<Option<Message>, String> {
        let files = parts.iter().filter_map(|part| part.dyn_into::<File>().ok());
        let files = files.map(|file| Box::new(BrowserFile(file)) as Box<dyn UserFile>);
        if parts.length() == 0 {
            self.ahead.clear();
            return Ok(None);
        }
        if !parts.get(0).is_instance_of::<Uint8Array>() {
            self.ahead.extend(files);
            return Ok(None);
        }
        let files = match parts.get(1).as_bool() {
            Some(true) => std::mem::take(&mut self.ahead),
            _ => files.collect(),
        };
        let command = read(parts)?;
        Ok(Some(Message::Command { command, files }))
    }
}
