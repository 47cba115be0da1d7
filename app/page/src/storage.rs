//! What the browser keeps between visits. Where that is forbidden or full, nothing is kept, all else goes on, and
//! the page says so (`keeping.rs`).

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use serde::{Serialize, de::DeserializeOwned};

/// What every key begins with: other sites may share the storage of a host.
const OWN: &str = "firstread.";

/// What became of the last thing to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    #[default]
    Kept,
    /// The visitor has forbidden it, or the browser has.
    Forbidden,
    /// There is no room; the browser keeps what it had.
    Full,
    /// The visitor has erased everything: nothing more is kept until the page is loaded anew.
    Stopped,
}

thread_local! {
    static KEEPING: ArcRwSignal<Keeping> = ArcRwSignal::new(Keeping::default());
    static WORK: ArcRwSignal<Keeping> = ArcRwSignal::new(Keeping::default());
}

/// The same of the visitor's work, which lies elsewhere (`kept.rs`).
pub fn work() -> ArcRwSignal<Keeping> {
    WORK.with(Clone::clone)
}

pub fn keeping() -> ArcRwSignal<Keeping> {
    KEEPING.with(Clone::clone)
}

pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

pub fn keep<T: Serialize>(key: &str, value: T) {
    let keeping = keeping();
    let before = keeping.get_untracked();
    let now = match before {
        Keeping::Stopped => Keeping::Stopped,
        _ if !allowed() => Keeping::Forbidden,
        _ if LocalStorage::set(key, value).is_err() => Keeping::Full,
        _ => Keeping::Kept,
    };
    if now != before {
        keeping.set(now);
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

/// What this tab remembers until it is closed, also when the page is loaded anew.
pub mod tab {
    use gloo_storage::{SessionStorage, Storage};
    use serde::{Serialize, de::DeserializeOwned};

    pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
        allowed().then(|| SessionStorage::get(key).ok()).flatten()
    }

    /// Whether there is anything, whatever wrote it.
    pub fn has(key: &str) -> bool {
        allowed() && matches!(SessionStorage::raw().get_item(key), Ok(Some(_)))
    }

    /// `false` if it could not be kept.
    pub fn keep<T: Serialize>(key: &str, value: T) -> bool {
        allowed() && SessionStorage::set(key, value).is_ok()
    }

    pub fn forget(key: &str) {
        if allowed() {
            SessionStorage::delete(key);
        }
    }

    fn allowed() -> bool {
        web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
    }
}

/// From now on nothing is kept.
pub fn stop() {
    keeping().set(Keeping::Stopped);
}

/// The browser throws at the mere asking where the visitor has forbidden it.
fn allowed() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
