//! The current time: the only place that asks the browser for it.

use leptos::prelude::window;
use text::language::Language;

/// Milliseconds since 1970, by the computer's clock, which may be set back: for what outlasts a visit.
pub fn date_ms() -> f64 {
    js_sys::Date::now()
}

/// The day and the time, as ISO 8601 has them.
pub fn date_iso() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// The time of day, with the day if that is not today, as a language has it.
pub fn short(date_ms: f64, language: Language) -> String {
    let date = js_sys::Date::new(&date_ms.into());
    let today = js_sys::Date::new_0();
    let same_day = date.to_date_string() == today.to_date_string();
    let options = js_sys::Object::new();
    let set = |key: &str, value: &str| {
        // A plain object takes everything.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    };
    set("timeStyle", "short");
    if !same_day {
        set("dateStyle", "medium");
    }
    date.to_locale_string(language.tag(), &options).into()
}

/// Milliseconds on a clock that only runs forward: for durations.
pub fn steady_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
