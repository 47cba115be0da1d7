//! The number pad before the operator's page.

use leptos::prelude::*;

use super::{KioskContext, button, head, i18n};
use crate::{clock, say, tr};
use ui_core::kiosk::{
    lock::{Lock, PinTried},
    machine::Happening,
};

#[component]
pub fn Pin() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    // Waits go on when the pad is opened anew.
    let lock = expect_context::<Waits>().0;
    lock.update(Lock::clear);
    let wrong = RwSignal::new(false);
    let digit = move |digit: char| {
        lock.update(|lock| lock.digit(digit));
    };
    let enter = move || {
        let pin = untrack(|| kiosk.set().pin);
        let tried = lock.try_update(|lock| lock.enter(&pin, clock::steady_ms()));
        match tried {
            Some(PinTried::Right) => kiosk.on(Happening::PinRight),
            _ => wrong.set(true),
        }
    };
    let shut = Memo::new(move |_| {
        let now = kiosk.now.get();
        lock.with(|lock| lock.seconds_shut(now))
    });
    let said = move || match shut.get() {
        0 => String::new(),
        n => say!(i18n, kiosk.pin.wrong, n = n),
    };
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Backspace" => lock.update(Lock::delete),
        own => {
            let mut letters = own.chars();
            if let (Some(letter), None) = (letters.next(), letters.next()) {
                digit(letter);
            }
        }
    };
    let pad = move |own: char| {
        view! {
            <button
                type="button"
                class="kiosk-key"
                data-testid=format!("kiosk-digit-{own}")
                on:click=move |_| digit(own)
            >
                {own.to_string()}
            </button>
        }
    };
    let entered = move || lock.with(|lock| "\u{25cf}".repeat(lock.digits()));
    let entered_said = move || say!(i18n, kiosk.pin.entered, n = lock.with(Lock::digits));
    view! {
        <section class="kiosk-screen kiosk-pin" on:keydown=key>
            {head(tr!(i18n, kiosk.pin.heading), tr!(i18n, kiosk.pin.lead))}
            <p class="kiosk-entered" aria-hidden="true">{entered}</p>
            <p class="unseen" role="status">{entered_said}</p>
            <div class="kiosk-pad" role="group" aria-label=tr!(i18n, kiosk.pin.heading)>
                {"123456789".chars().map(pad).collect_view()}
                {button("kiosk-delete", "kiosk-key", tr!(i18n, kiosk.pin.delete), move || lock.update(Lock::delete))}
                {pad('0')}
                {button("kiosk-enter", "kiosk-key primary", tr!(i18n, kiosk.pin.enter), enter)}
            </div>
            <p class="problem-text kiosk-wrong" role="alert" data-testid="kiosk-wrong">{said}</p>
            <div class="kiosk-next">
                {button("kiosk-back", "kiosk-button", tr!(i18n, kiosk.pin.back), move || kiosk.on(Happening::OperatorLeft))}
            </div>
        </section>
    }
}

/// What was entered, and until when nothing is looked at.
#[derive(Clone, Copy)]
pub struct Waits(pub RwSignal<Lock>);
