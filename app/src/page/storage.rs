//! What the browser keeps between visits. Where that is forbidden or full, nothing is kept and all else goes on.

use gloo_storage::{LocalStorage, Storage};
use serde::{Serialize, de::DeserializeOwned};

pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

pub fn keep<T: Serialize>(key: &str, value: T) {
    if allowed() {
        // A full storage keeps what it had.
        let _ = LocalStorage::set(key, value);
    }
}

pub fn forget(key: &str) {
    if allowed() {
        LocalStorage::delete(key);
    }
}

/// The browser throws at the mere asking where the visitor has forbidden it.
fn allowed() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
