//! The projector in a window of its own, which follows the notes: both keep step, clock and codes in the same place.

use std::cell::RefCell;

use leptos::prelude::window;
use web_sys::Window;

/// In the address of such a window.
const PROJECTOR: &str = "projector";
const NAME: &str = "firstread-projector";
const FEATURES: &str = "popup,width=1280,height=800";

thread_local! {
    /// The one that this page has opened.
    static OPENED: RefCell<Option<Window>> = const { RefCell::new(None) };
}

/// Opens it, or brings it to the front.
pub fn open() {
    let query = window().location().search().unwrap_or_default();
    let sign = if query.is_empty() { '?' } else { '&' };
    let address = format!("{query}{sign}{PROJECTOR}");
    // Refused where the browser forbids windows: the other button is beside it.
    let opened = window().open_with_url_and_target_and_features(&address, NAME, FEATURES);
    OPENED.with_borrow_mut(|own| *own = opened.ok().flatten());
}

/// Whether one that this page has opened is still there; after a reload of this page that is not known.
pub fn is_open() -> bool {
    OPENED.with_borrow(|own| {
        own.as_ref()
            .is_some_and(|own| matches!(own.closed(), Ok(false)))
    })
}

/// Whether this is one.
pub fn is_projector() -> bool {
    let query = window().location().search().unwrap_or_default();
    query.split(['?', '&']).any(|pair| pair == PROJECTOR)
}

pub fn close() {
    // Refused where somebody has opened the address by hand.
    let _ = window().close();
}
