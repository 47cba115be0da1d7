//! The current time: the only place that asks the browser for it.

use leptos::prelude::window;

/// Milliseconds since 1970, by the computer's clock, which may be set back: for what outlasts a visit.
pub fn date_ms() -> f64 {
    js_sys::Date::now()
}

/// The day and the time, as ISO 8601 has them.
pub fn date_iso() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Milliseconds on a clock that only runs forward: for durations.
pub fn steady_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
