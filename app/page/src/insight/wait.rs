//! An explanation that has no answer yet: not asked, under way, or failed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{failure, i18n::use_i18n, tr, words, workbench::Workbench};
use protocol::{Explanation, Failure};
use ui_core::state::{ExplanationStage, Progress};

/// What stands where the answer will be; `None` once it is there. `start` is the button's label before it
/// has been asked, `asking` what is said meanwhile.
pub fn before_answer(
    stage: Option<&ExplanationStage>,
    about: Explanation,
    start: Signal<String>,
    asking: Signal<String>,
) -> Option<AnyView> {
    match stage {
        None => Some(ask_button(about, start)),
        Some(ExplanationStage::Asked(progress)) => Some(under_way(about, asking, *progress)),
        Some(ExplanationStage::Failed(reason)) => Some(failed(about, reason)),
        Some(ExplanationStage::Found(_)) => None,
    }
}

fn ask_button(about: Explanation, label: Signal<String>) -> AnyView {
    let workbench = expect_context::<Workbench>();
    view! {
        <button
            type="button"
            class="inquiry-start"
            data-testid="inquire"
            on:click=move |event| {
                keep_place(&event);
                workbench.explain(about.clone());
            }
        >
            {label}
        </button>
    }
    .into_any()
}

fn under_way(about: Explanation, asking: Signal<String>, progress: Option<Progress>) -> AnyView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let left = progress.and_then(|progress| progress.seconds_left);
    let left = move || left.map(|seconds| words::time_left(i18n, seconds));
    let bar = progress.map(|progress| {
        view! {
            <progress
                aria-label=tr!(i18n, insight.progress)
                max=progress.total.max(1).to_string()
                value=progress.done.to_string()
            ></progress>
        }
    });
    view! {
        <div class="inquiry" data-testid="inquiring">
            <p class="run-words">{asking} <span class="run-left">{left}</span></p>
            {bar}
            <button
                type="button"
                data-testid="end-inquiry"
                on:click=move |event| {
                    keep_place(&event);
                    workbench.end_explanation(&about);
                }
            >
                {tr!(i18n, insight.stop)}
            </button>
        </div>
    }
    .into_any()
}

/// The button goes with what it did: the focus stays in its section.
fn keep_place(event: &web_sys::MouseEvent) {
    let button = event_target::<web_sys::Element>(event);
    let section = button.closest("section").ok().flatten();
    if let Some(section) = section.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = section.focus();
    }
}

/// What went wrong, and a way to ask again.
pub fn failed(about: Explanation, reason: &Failure) -> AnyView {
    let i18n = use_i18n();
    let sentence = failure::failure(i18n, reason);
    view! {
        <div class="inquiry">
            <p class="problem-text" role="alert">{sentence}</p>
            {ask_button(about, tr!(i18n, insight.again))}
        </div>
    }
    .into_any()
}
