//! "Are you still there?", with the seconds that are left.

use leptos::{html, prelude::*};

use super::{KioskContext, i18n};
use crate::{say, tr};
use ui_core::kiosk::machine::Happening;

/// Seconds that are said aloud.
const SAID: [u32; 3] = [15, 10, 5];

#[component]
pub fn Question() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let left = Memo::new(move |_| kiosk.seconds_left());
    let asks = Memo::new(move |_| left.get().is_some());
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            match (asks.get(), dialog.open()) {
                // Fails only if it is open already, or gone.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let seconds = move || left.get().map(|n| say!(i18n, kiosk.idle.seconds, n = n));
    let said = Memo::new(move |before: Option<&Option<u32>>| match left.get() {
        Some(n) if SAID.contains(&n) => Some(n),
        Some(_) => before.copied().flatten(),
        None => None,
    });
    let aloud = move || said.get().map(|n| say!(i18n, kiosk.idle.seconds, n = n));
    view! {
        // A touch anywhere is an answer.
        <dialog
            node_ref=dialog
            class="kiosk-question"
            data-testid="kiosk-question"
            role="alertdialog"
            aria-labelledby="kiosk-question-heading"
            aria-describedby="kiosk-question-help"
            on:click=move |_| kiosk.on(Happening::Stayed)
            on:cancel=move |_: web_sys::Event| kiosk.on(Happening::Stayed)
        >
            <h2 id="kiosk-question-heading">{tr!(i18n, kiosk.idle.heading)}</h2>
            <p id="kiosk-question-help">{tr!(i18n, kiosk.idle.help)}</p>
            <p class="kiosk-countdown" aria-hidden="true" data-testid="kiosk-countdown">{seconds}</p>
            <p class="unseen" role="alert">{aloud}</p>
            <div class="kiosk-row">
                <button type="button" class="primary kiosk-button" data-testid="kiosk-stay" autofocus>
                    {tr!(i18n, kiosk.idle.stay)}
                </button>
                <button
                    type="button"
                    class="kiosk-button"
                    data-testid="kiosk-done"
                    on:click=move |event| {
                        event.stop_propagation();
                        kiosk.on(Happening::Finished);
                    }
                >
                    {tr!(i18n, kiosk.idle.done)}
                </button>
            </div>
        </dialog>
    }
}
