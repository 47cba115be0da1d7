//! Files as the browser hands them over: dropped, or chosen in an input.

use gloo_file::FileList;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

/// A file with its path as dropped or chosen, `/` between folders.
pub type Named = (String, File);

/// The chosen files, and the input emptied so that the same files can be chosen again.
pub fn take_chosen(input: &HtmlInputElement) -> Vec<Named> {
    let list = input.files().map(FileList::from);
    let files = list.iter().flat_map(|list| list.iter());
    let named = files
        .map(|file| {
            (
                chosen_path(file.as_ref()),
                AsRef::<File>::as_ref(file).clone(),
            )
        })
        .collect();
    input.set_value("");
    named
}

/// Of a chosen folder the browser tells the path within it.
fn chosen_path(file: &File) -> String {
    Reflect::get(file, &JsValue::from_str("webkitRelativePath"))
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| file.name())
}

/// What was dropped. The browser forgets it after the event, so it is taken out at once.
pub fn take_dropped(transfer: &DataTransfer) -> Vec<FileSystemEntry> {
    let items = transfer.items();
    let entry = |place| items.get(place)?.webkit_get_as_entry().ok().flatten();
    (0..items.length()).filter_map(entry).collect()
}

/// All files in what was dropped, folders opened. What the browser cannot open is left out.
pub async fn open_folders(dropped: Vec<FileSystemEntry>) -> Vec<Named> {
    let mut files = Vec::new();
    let mut waiting = dropped;
    waiting.reverse();
    while let Some(entry) = waiting.pop() {
        if let Some(folder) = entry.dyn_ref::<FileSystemDirectoryEntry>() {
            let mut inside = entries_of(folder).await;
            inside.reverse();
            waiting.append(&mut inside);
        } else if let Some(file) = file_of(&entry).await {
            let path = entry.full_path().trim_start_matches('/').to_owned();
            files.push((path, file));
        }
    }
    files
}

/// The browser hands out a folder in portions; an empty one is the end.
async fn entries_of(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let portion = Promise::new(&mut |resolve, reject| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                // Nobody is left to tell if this fails too.
                let _ = reject.call1(&JsValue::UNDEFINED, &error);
            }
        });
        let portion = JsFuture::from(portion).await.ok();
        let portion = portion.and_then(|portion| portion.dyn_into::<Array>().ok());
        match portion {
            Some(portion) if portion.length() > 0 => {
                entries.extend(portion.iter().filter_map(|entry| entry.dyn_into().ok()));
            }
            _ => return entries,
        }
    }
}

async fn file_of(entry: &FileSystemEntry) -> Option<File> {
    let entry = entry.dyn_ref::<FileSystemFileEntry>()?;
    let file = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(file).await.ok()?.dyn_into().ok()
}
