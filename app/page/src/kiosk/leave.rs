//! The way out of a visit: at once, or after a question where a network would be lost.

use leptos::{html, prelude::*};

use super::{KioskContext, i18n};
use crate::tr;
use ui_core::kiosk::{has_something_to_lose, machine::Happening};

#[component]
pub fn Leave() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let dialog = NodeRef::<html::Dialog>::new();
    let finish = move || kiosk.on(Happening::Finished);
    let leave = move |_| {
        let asks = kiosk.workbench.state.with_untracked(has_something_to_lose);
        match dialog.get_untracked().filter(|_| asks) {
            // Fails only if it is open already, or gone.
            Some(dialog) => drop(dialog.show_modal()),
            None => finish(),
        }
    };
    let stay = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <button type="button" class="kiosk-button" data-testid="kiosk-leave" on:click=leave>
            {tr!(i18n, kiosk.leave)}
        </button>
        <dialog
            node_ref=dialog
            class="kiosk-question"
            data-testid="kiosk-leaving"
            role="alertdialog"
            aria-labelledby="kiosk-leaving-heading"
            aria-describedby="kiosk-leaving-help"
        >
            <h2 id="kiosk-leaving-heading">{tr!(i18n, kiosk.leaving.heading)}</h2>
            <p id="kiosk-leaving-help">{tr!(i18n, kiosk.leaving.help)}</p>
            <div class="kiosk-row">
                <button type="button" class="primary kiosk-button" data-testid="kiosk-leaving-no" autofocus on:click=stay>
                    {tr!(i18n, kiosk.leaving.stay)}
                </button>
                <button type="button" class="kiosk-button" data-testid="kiosk-leaving-yes" on:click=move |_| finish()>
                    {tr!(i18n, kiosk.leaving.done)}
                </button>
            </div>
        </dialog>
    }
}
