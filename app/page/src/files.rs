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

/// Something that was dropped.
pub enum Dropped {
    /// A file or a folder that can be opened.
    Entry(FileSystemEntry),
    /// A file that lies in no file system, as when it is dragged out of another page.
    File(File),
}

impl Dropped {
    pub fn name(&self) -> String {
        match self {
            Self::Entry(entry) => entry.name(),
            Self::File(file) => file.name(),
        }
    }
}

/// What was dropped. The browser forgets it after the event, so it is taken out at once.
pub fn take_dropped(transfer: &DataTransfer) -> Vec<Dropped> {
    let items = transfer.items();
    let take = |place| {
        let item = items.get(place)?;
        match item.webkit_get_as_entry() {
            Ok(Some(entry)) => Some(Dropped::Entry(entry)),
            _ => item.get_as_file().ok().flatten().map(Dropped::File),
        }
    };
    (0..items.length()).filter_map(take).collect()
}

/// All files in what was dropped, folders opened. What the browser cannot open is left out.
pub async fn open_folders(dropped: Vec<Dropped>) -> Vec<Named> {
    let mut files = Vec::new();
    for one in dropped {
        match one {
            Dropped::Entry(entry) => files.append(&mut files_of(entries_in(entry).await).await),
            Dropped::File(file) => files.push((file.name(), file)),
        }
    }
    files
}

/// The entry itself, or all files in it and in its folders.
async fn entries_in(entry: FileSystemEntry) -> Vec<FileSystemEntry> {
    let mut files = Vec::new();
    let mut waiting = vec![entry];
    while let Some(entry) = waiting.pop() {
        // Chromium does not name these types to scripts, so they cannot be told by their type.
        if entry.is_directory() {
            let inside = entries_of(entry.unchecked_ref()).await;
            waiting.extend(inside.into_iter().rev());
        } else {
            files.push(entry);
        }
    }
    files
}

/// All at once: one after the other would take seconds for a few hundred.
async fn files_of(entries: Vec<FileSystemEntry>) -> Vec<Named> {
    let opened: Array = entries.iter().map(opened).collect();
    let Ok(opened) = JsFuture::from(Promise::all(&opened)).await else {
        return Vec::new();
    };
    let named = |(entry, file): (&FileSystemEntry, JsValue)| {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        Some((path, file.dyn_into().ok()?))
    };
    let files = Array::from(&opened);
    entries.iter().zip(files.iter()).filter_map(named).collect()
}

/// A promise of the file, or of the error; it never fails, so that the others arrive all the same.
fn opened(entry: &FileSystemEntry) -> Promise {
    let entry: &FileSystemFileEntry = entry.unchecked_ref();
    Promise::new(&mut |resolve, _| entry.file_with_callback_and_callback(&resolve, &resolve))
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
                entries.extend(portion.iter().map(FileSystemEntry::unchecked_from_js));
            }
            _ => return entries,
        }
    }
}
