//! Asks the browser where the page was opened from.

use ui_core::origin::{PageOrigin, is_public};

/// It does not change while the page is open.
pub fn place() -> PageOrigin {
    let Some(window) = web_sys::window() else {
        return PageOrigin::Trusted;
    };
    let protocol = window.location().protocol().unwrap_or_default();
    let host = window.location().hostname().unwrap_or_default();
    PageOrigin::of(&protocol, &host, window.is_secure_context())
}

/// The address of the page, where it is of use on another computer too.
pub fn public_address() -> Option<String> {
    let location = web_sys::window()?.location();
    let (protocol, host) = (location.protocol().ok()?, location.hostname().ok()?);
    is_public(&protocol, &host).then(address)
}

/// The address of the page, without what its link says. Of a file only the name: where it lies is the visitor's own.
pub fn address() -> String {
    let whole = web_sys::window().and_then(|window| window.location().href().ok());
    let whole = whole.unwrap_or_default();
    let bare = whole.split(['?', '#']).next().unwrap_or_default();
    match place() {
        PageOrigin::Disk => bare.rsplit('/').next().unwrap_or_default().to_owned(),
        PageOrigin::Trusted | PageOrigin::ThisComputer | PageOrigin::PlainHttp => bare.to_owned(),
    }
}
