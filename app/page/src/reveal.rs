//! Leads the visitor to what came of something: into view, with the focus on its heading.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Between what is led to and the edges of what can be seen, pixels.
const GAP: f64 = 16.0;

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
            // Refused only if it is gone again.
            let _ = heading.focus();
        }
        scroll_to(place);
    });
}

/// Back to the button that led away: focus would be lost with the one that was pressed since.
pub fn back_to(button: NodeRef<html::Button>) {
    request_animation_frame(move || {
        // A page in the background draws nothing: by the time that it does, the button's place may have been closed.
        if let Some(button) = button.try_get_untracked().flatten() {
            // Refused only if it is gone.
            let _ = button.focus();
        }
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

/// By as little as shows all of it, or its beginning if it is larger; clear of the stations' names, which stay above.
fn scroll_to(place: &str) {
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let (Some(place), Some(height)) = (found(place), height) else {
        return;
    };
    let names = found(".stepper").map_or(0.0, |names| names.get_bounding_client_rect().height());
    let (top, bottom) = (names + GAP, height - GAP);
    let area = place.get_bounding_client_rect();
    let by = if area.top() < top || area.height() > bottom - top {
        area.top() - top
    } else {
        (area.bottom() - bottom).max(0.0)
    };
    window().scroll_by_with_x_and_y(0.0, by);
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn is_in_station(element: &Element) -> bool {
    matches!(element.closest(".station"), Ok(Some(_)))
}
