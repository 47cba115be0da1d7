//! A stop that has just come takes no touch: the second half of a double one was meant for the stop before it.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use ui_core::kiosk::machine::Screen;

/// Longer than between the halves of a double touch, shorter than a visitor needs to look.
const FRESH_MS: u32 = 500;

/// Whether the present stop has just come.
pub fn is_fresh(place: Memo<Screen>) -> ReadSignal<bool> {
    let (fresh, set_fresh) = signal(false);
    let timer = StoredValue::new_local(None::<Timeout>);
    on_cleanup(move || timer.dispose());
    Effect::new(move |before: Option<Screen>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            set_fresh.set(true);
            let end = Timeout::new(FRESH_MS, move || {
                // Refused only if the kiosk is gone.
                let _ = set_fresh.try_set(false);
            });
            timer.set_value(Some(end));
        }
        now
    });
    fresh
}
