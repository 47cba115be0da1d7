//! Asks the browser where the page was opened from.

use ui_core::origin::Place;

/// It does not change while the page is open.
pub fn place() -> Place {
    let Some(window) = web_sys::window() else {
        return Place::Trusted;
    };
    let protocol = window.location().protocol().unwrap_or_default();
    Place::of(&protocol, window.is_secure_context())
}

/// The address of the page, without what its link says. Of a file only the name: where it lies is the visitor's own.
pub fn address() -> String {
    let whole = web_sys::window().and_then(|window| window.location().href().ok());
    let whole = whole.unwrap_or_default();
    let bare = whole.split(['?', '#']).next().unwrap_or_default();
    match place() {
        Place::Disk => bare.rsplit('/').next().unwrap_or_default().to_owned(),
        Place::Trusted | Place::PlainHttp => bare.to_owned(),
    }
}
