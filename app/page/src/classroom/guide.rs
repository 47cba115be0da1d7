//! What to say at each step, and what to expect.

use leptos::prelude::*;

use super::{Hall, time, words};
use crate::{
    i18n::{I18n, use_i18n},
    lesson::{pack_fit, texts},
    say,
    sure::Sure,
    tr,
};
use ui_core::lesson::{Lesson, Step};

#[component]
pub fn Guide() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let heading = Signal::derive(move || texts::place_and_name(i18n, hall.step.get()));
    let part = move |heading: Signal<String>, words: fn(I18n, Step) -> String| {
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
            {discussion(i18n, hall)}
            {part(tr!(i18n, lesson.pack_need.heading), pack_fit::asked)}
            <h3>{tr!(i18n, room.guide.trouble_heading)}</h3>
            <p>{tr!(i18n, room.guide.trouble, skip = say!(i18n, lesson.skip))}</p>
            {second(i18n, hall)}
        </section>
    }
}

/// The question that the lesson asks to discuss, which is on everybody's screen, and what can be said to it, which is not.
fn discussion(i18n: I18n, hall: Hall) -> AnyView {
    view! {
        <h3>{tr!(i18n, room.guide.answers)}</h3>
        <blockquote class="hint">{move || texts::discussion(i18n, hall.step.get())}</blockquote>
        <p>{move || words::answers(i18n, hall.step.get())}</p>
    }
    .into_any()
}

/// What the second lesson is, and the way to the lesson that the room is not in.
fn second(i18n: I18n, hall: Hall) -> AnyView {
    let other = move || match hall.step.get().lesson() {
        Lesson::First => say!(i18n, room.time.second),
        Lesson::Second => say!(i18n, room.time.first),
    };
    let sure = Sure::new();
    let begin = move || time::begin(hall, hall.step.get_untracked().lesson().other());
    view! {
        <h3>{tr!(i18n, lesson.second.name)}</h3>
        <p data-testid="guide-second">{move || texts::second(i18n)}</p>
        <button
            type="button"
            node_ref=sure.from
            data-testid="other-lesson"
            on:click=move |event| {
                // The second half of a double click would undo what the first one did.
                if event.detail() > 1 {
                    return;
                }
                match hall.clock.get_untracked().was_started() {
                    true => sure.ask(),
                    false => begin(),
                }
            }
        >
            {other}
        </button>
        {sure.question(time::wording(i18n, "other", Signal::derive(other)), begin)}
    }
    .into_any()
}
