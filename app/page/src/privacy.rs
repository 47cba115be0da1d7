//! What leaves this computer, which is nothing: how to see it, what is stored, and how to erase that.

mod stored;

use std::time::Duration;

use leptos::prelude::*;

use super::{
    dialog::Dialog,
    offline::{self, Offline, script},
    say, tr, words,
};
use crate::i18n::use_i18n;

const TICK: Duration = Duration::from_millis(500);

/// The button of the bar, with how the copy for offline use stands, and the dialog that it opens.
#[component]
pub fn Privacy() -> impl IntoView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let open = RwSignal::new(false);
    view! {
        <button
            type="button"
            class="quiet bar-private"
            data-testid="open-privacy"
            on:click=move |_| open.set(true)
        >
            <span class="private-long">{tr!(i18n, privacy.open)}</span>
            <span class="private-short">{tr!(i18n, privacy.short)}</span>
            <span class="offline-state" data-testid="offline-state">
                {move || offline::briefly(i18n, offline.stored.get())}
            </span>
        </button>
        <p class="unseen" role="status" data-testid="offline-said">
            {move || offline::aloud(i18n, offline.stored.get())}
        </p>
        <Dialog
            id="privacy"
            open
            close=move |()| open.set(false)
            heading=tr!(i18n, privacy.heading)
        >
            <div class="prose">
                <p>{tr!(i18n, privacy.what)}</p>
                {network()}
                {offline::section()}
                {stored::section()}
            </div>
        </Dialog>
    }
}

fn network() -> AnyView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let fetched = RwSignal::new(script::fetched());
    // Refused only by a browser without timers.
    if let Ok(tick) = set_interval_with_handle(move || fetched.set(script::fetched()), TICK) {
        on_cleanup(move || tick.clear());
    }
    let own = move || {
        let fetched = fetched.get();
        let megabytes = fetched.bytes / 1e6;
        if megabytes < 0.1 {
            return say!(i18n, privacy.own_count_small, n = fetched.own);
        }
        let size = say!(
            i18n,
            offline.megabytes,
            n = words::fixed(i18n, megabytes, 1)
        );
        say!(i18n, privacy.own_count, n = fetched.own, size = size)
    };
    let ready = move || offline.stored.get().bytes().is_some();
    let whole = tr!(i18n, privacy.unplug_ready);
    let open = tr!(i18n, privacy.unplug_open);
    view! {
        <h3>{tr!(i18n, privacy.network)}</h3>
        <dl class="requests">
            <dt>{tr!(i18n, privacy.own)}</dt>
            <dd data-testid="requests-own">{own}</dd>
            <dt>{tr!(i18n, privacy.other)}</dt>
            <dd data-testid="requests-other">{move || words::count(i18n, fetched.get().other)}</dd>
        </dl>
        <p class="hint">{tr!(i18n, privacy.covers)}</p>
        <h3>{tr!(i18n, privacy.unplug)}</h3>
        <p data-testid="try-it">{move || if ready() { whole.get() } else { open.get() }}</p>
    }
    .into_any()
}
