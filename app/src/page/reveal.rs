//! Leads the visitor to what came of something: into view, with the focus on its heading.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Once it is on the page. Nothing moves on the way there, so there is no motion to reduce. Whoever has gone on to
/// something beside the stations meanwhile is left in peace.
pub fn reveal(place: &'static str, heading: &'static str) {
    request_animation_frame(move || {
        let focused = document().active_element();
        let elsewhere = focused.filter(|focused| focused.tag_name() != "BODY");
        if elsewhere.is_some_and(|focused| !is_in_station(&focused)) {
            return;
        }
        if let Some(heading) = found(heading).and_then(|found| found.dyn_into().ok()) {
            let heading: HtmlElement = heading;
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            // Refused only if it is gone again.
            let _ = heading.focus_with_options(&options);
        }
        scroll_to(place);
    });
}

/// What has grown stays in view, as long as the focus is where [`reveal`] put it.
pub fn keep_in_view(place: &'static str, heading: &'static str) {
    request_animation_frame(move || {
        if document().active_element() == found(heading) {
            scroll_to(place);
        }
    });
}

fn scroll_to(place: &str) {
    if let Some(place) = found(place) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        place.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn is_in_station(element: &Element) -> bool {
    matches!(element.closest(".station"), Ok(Some(_)))
}
