//! The switch in the bar between the lesson and free play.

use leptos::prelude::*;

use super::guide::{Guide, Mode};
use crate::{
    i18n::use_i18n,
    overlay::{Over, Shown},
    tr,
};

#[component]
pub fn WaySwitch() -> impl IntoView {
    let i18n = use_i18n();
    let guide = expect_context::<Guide>();
    let shown = expect_context::<Shown>();
    let free = Signal::derive(move || guide.mode.get() == Mode::Free);
    let button = move |id: &'static str, words: Signal<String>, own: bool| {
        view! {
            <button
                type="button"
                data-testid=id
                // Neither while something lies over both.
                aria-pressed=move || (free.get() == own && !shown.covers()).to_string()
                on:click=move |_| {
                    shown.show(Over::Nothing);
                    match (free.get_untracked(), own) {
                        (true, false) => guide.enter(),
                        (false, true) => guide.leave(),
                        _ => {}
                    }
                }
            >
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="way" role="group" aria-label=tr!(i18n, lesson.switch.label)>
            {button("to-lesson", tr!(i18n, lesson.switch.lesson), false)}
            {button("to-free-play", tr!(i18n, lesson.switch.free), true)}
        </div>
    }
}
