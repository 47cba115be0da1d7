//! What the browser keeps between visits. Where that is forbidden or full, nothing is kept, all else goes on, and
//! the page says so (`keeping.rs`).

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use serde::{Serialize, de::DeserializeOwned};

/// What became of the last thing to be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    #[default]
    Kept,
    /// The visitor has forbidden it, or the browser has.
    Forbidden,
    /// There is no room; the browser keeps what it had.
    Full,
}

thread_local! {
    static KEEPING: ArcRwSignal<Keeping> = ArcRwSignal::new(Keeping::default());
}

pub fn keeping() -> ArcRwSignal<Keeping> {
    KEEPING.with(Clone::clone)
}

pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

pub fn keep<T: Serialize>(key: &str, value: T) {
    let now = match allowed() {
        false => Keeping::Forbidden,
        true if LocalStorage::set(key, value).is_err() => Keeping::Full,
        true => Keeping::Kept,
    };
    let keeping = keeping();
    if keeping.get_untracked() != now {
        keeping.set(now);
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
