//! What to say at each step, and what to expect.

use leptos::prelude::*;

use super::{Hall, time, words};
use crate::{i18n::use_i18n, say, tr};
use ui_core::lesson::{Step, step::STEPS};

#[component]
pub fn Guide() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let heading = Signal::derive(move || {
        let step = hall.step.get();
        let name = words::step(i18n, step);
        say!(
            i18n,
            room.guide.heading,
            n = step.number(),
            all = STEPS,
            name = name
        )
    });
    let part = move |heading: Signal<String>, words: fn(crate::i18n::I18n, Step) -> String| {
        view! {
            <h3>{heading}</h3>
            <p>{move || words(i18n, hall.step.get())}</p>
        }
        .into_any()
    };
    view! {
        <section class="panel room-guide" aria-labelledby="guide-heading" data-testid="guide">
            <h2 id="guide-heading" aria-live="polite">{heading}</h2>
            <p class="hint">{move || time::planned(i18n, hall.step.get())}</p>
            {part(tr!(i18n, room.guide.points), words::points)}
            {part(tr!(i18n, room.guide.expect), words::expect)}
            <p class="hint">{tr!(i18n, room.guide.measured)}</p>
        </section>
    }
}
