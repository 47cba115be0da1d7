//! What is said when a new version waits, and the button that lets it in.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Offline, script};
use crate::{i18n::use_i18n, keeping::Agreed, tr, workbench::Workbench};
use ui_core::{offline::Stored, state::AppState};

#[component]
pub fn NewVersion() -> impl IntoView {
    let i18n = use_i18n();
    let offline = expect_context::<Offline>();
    let workbench = expect_context::<Workbench>();
    let waits = Memo::new(move |_| matches!(offline.stored.get(), Stored::Newer { .. }));
    let computing = Memo::new(move |_| workbench.state.with(AppState::is_computing));
    let Agreed(agreed) = expect_context();
    let others = RwSignal::new(false);
    let switch = move |_| {
        if computing.get_untracked() {
            return;
        }
        agreed.set(true);
        spawn_local(async move {
            let answer = script::take_over().await;
            let stays = answer == "others";
            others.try_set(stays);
            agreed.try_set(!stays);
        });
    };
    let said = tr!(i18n, offline.newer_why);
    let loses = tr!(i18n, offline.switch_loses);
    let keeps = tr!(i18n, offline.switch_waits);
    let close = tr!(i18n, offline.switch_others);
    view! {
        // There before it has anything to say, as live regions have to be.
        <div class="new-version" role="status" class:notice=move || waits.get() data-testid="new-version">
            <Show when=move || waits.get()>
                <p class="strong">{said}</p>
                <p>{move || if computing.get() { keeps.get() } else { loses.get() }}</p>
                <p hidden=move || !others.get() data-testid="other-tabs">{close}</p>
                <button
                    type="button"
                    data-testid="switch-version"
                    aria-disabled=move || computing.get().to_string()
                    on:click=switch
                >
                    {tr!(i18n, offline.switch)}
                </button>
            </Show>
        </div>
    }
}
