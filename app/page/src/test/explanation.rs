//! An explanation that is not answered yet.

use leptos::prelude::*;

use crate::{I18n, failure, say, words};
use protocol::Failure;
use ui_core::state::Progress;

/// How far it has come.
pub fn working(i18n: I18n, progress: Option<Progress>) -> AnyView {
    let words = match progress {
        Some(Progress { done, total, .. }) => {
            say!(i18n, beyond.working, done = done, total = total)
        }
        None => say!(i18n, beyond.working_start),
    };
    let left = progress.and_then(|progress| progress.seconds_left);
    let left = left.map(|seconds| words::time_left(i18n, seconds));
    let bar = progress.map(|Progress { done, total, .. }| {
        let label = say!(i18n, beyond.progress);
        view! { <progress aria-label=label max=total.to_string() value=done.to_string()></progress> }
    });
    view! {
        <div class="run-state" data-testid="inquiry-progress">
            <p class="run-words">
                <span>{words}</span>
                <span class="run-left">{left}</span>
            </p>
            {bar}
        </div>
    }
    .into_any()
}

/// Why there is no answer, and the way to another try.
pub fn failed(i18n: I18n, reason: &Failure, again: Callback<()>) -> AnyView {
    view! {
        <div class="notice problem" role="alert">
            <p>{failure::failure(i18n, reason)}</p>
            <button type="button" on:click=move |_| again.run(())>
                {say!(i18n, beyond.again)}
            </button>
        </div>
    }
    .into_any()
}
