//! What the browser keeps between visits. Where that is forbidden or full, nothing is kept and all else goes on.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo_storage::{LocalStorage, Storage};
use serde::{Serialize, de::DeserializeOwned};

/// What every key begins with: other sites may share the storage of a host.
const OWN: &str = "firstread.";

/// The visitor has erased everything: nothing more is kept until the page is loaded anew.
static STOPPED: AtomicBool = AtomicBool::new(false);

pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

pub fn keep<T: Serialize>(key: &str, value: T) {
    if allowed() && !STOPPED.load(Ordering::Relaxed) {
        // A full storage keeps what it had.
        let _ = LocalStorage::set(key, value);
    }
}

pub fn forget(key: &str) {
    if allowed() {
        LocalStorage::delete(key);
    }
}

/// The keys under which something is kept now, sorted.
pub fn keys() -> Vec<String> {
    if !allowed() {
        return Vec::new();
    }
    let raw = LocalStorage::raw();
    let mut keys: Vec<String> = (0..LocalStorage::length())
        .filter_map(|at| raw.key(at).ok().flatten())
        .filter(|key| key.starts_with(OWN))
        .collect();
    keys.sort();
    keys
}

/// From now on nothing is kept.
pub fn stop() {
    STOPPED.store(true, Ordering::Relaxed);
}

/// The browser throws at the mere asking where the visitor has forbidden it.
fn allowed() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
