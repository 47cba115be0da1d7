//! Which minute it is, beside the minutes planned for the step. It says no more than that.

use leptos::prelude::*;

use super::guide::Guide;
use crate::{i18n::use_i18n, say};

#[component]
pub fn LessonClock() -> impl IntoView {
    let i18n = use_i18n();
    let guide = expect_context::<Guide>();
    let runs = Memo::new(move |_| guide.progress.with(|own| own.clock.runs()));
    let minute = Memo::new(move |_| {
        let now = guide.now.get();
        guide.progress.with(|own| own.minute(now))
    });
    let words = move || match runs.get() {
        true => say!(i18n, lesson.minute, n = minute.get()),
        false => say!(i18n, lesson.stopped, n = minute.get()),
    };
    let planned = move || {
        let (from, to) = guide.step.get().minutes();
        say!(i18n, lesson.planned, from = from, to = to)
    };
    let label = move || match runs.get() {
        true => say!(i18n, lesson.stop_clock),
        false => say!(i18n, lesson.start_clock),
    };
    view! {
        <p class="lesson-clock" data-testid="lesson-clock">
            <span class="lesson-minute">{words}</span>
            <span class="hint">{planned}</span>
            <button
                type="button"
                class="quiet lesson-small"
                data-testid="lesson-pause"
                on:click=move |_| match runs.get_untracked() {
                    true => guide.pause_clock(),
                    false => guide.start_clock(),
                }
            >
                {label}
            </button>
        </p>
    }
}
