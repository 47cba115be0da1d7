//! For the projector: one thing at a time, large, with keys to go on.

use gloo_events::EventListener;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{Hall, join, measured, qr, results, slide_pictures, time, window, words};
use crate::{
    i18n::{I18n, use_i18n},
    lesson::texts,
    look::site_packs::SitePacks,
    origin, say,
    test::figures,
    tr,
};
use ui_core::{
    lesson::{Ask, Step},
    origin::PageOrigin,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slide {
    /// The link.
    #[default]
    Join,
    /// What the step asks, with the answers to choose from.
    Question,
    /// Where the code is that the room collects.
    HandIn,
    /// How the room's networks did on the test set.
    Room,
    /// What the room found, where arms are compared.
    Arms,
    Effects,
    /// What has been measured beforehand.
    Finding,
    /// What the room talks about then.
    Discuss,
    /// What is to be remembered of the lesson.
    TakeHome,
}

/// The slides of a step in their order.
fn slides(step: Step) -> &'static [Slide] {
    match (Ask::of(step), step) {
        (None, Step::Start) => &[Slide::Question, Slide::Discuss],
        (None, Step::TakeAway) => &[Slide::Question, Slide::TakeHome, Slide::Discuss],
        (None, _) => &[Slide::Question],
        (Some(_), Step::Compare) => &[
            Slide::Question,
            Slide::Arms,
            Slide::Effects,
            Slide::Finding,
            Slide::Discuss,
        ],
        (Some(_), Step::Test) => &[
            Slide::Question,
            Slide::HandIn,
            Slide::Room,
            Slide::Finding,
            Slide::Discuss,
        ],
        (Some(_), _) => &[Slide::Question, Slide::Finding, Slide::Discuss],
    }
}

/// The link first, then the steps of the lesson.
fn next(slide: Slide, step: Step) -> (Slide, Step) {
    let own = slides(step);
    let after = match own.iter().position(|own| *own == slide) {
        Some(place) => own.get(place + 1),
        None => own.first(),
    };
    match (after, step.next()) {
        (Some(slide), _) => (*slide, step),
        (None, Some(step)) => (Slide::Question, step),
        (None, None) => (slide, step),
    }
}

fn previous(slide: Slide, step: Step) -> (Slide, Step) {
    let own = slides(step);
    let place = own.iter().position(|own| *own == slide);
    let before = place.and_then(|place| own.get(place.checked_sub(1)?));
    let step_before = step.previous().filter(|_| place.is_some());
    let last = step_before.and_then(|before| Some((*slides(before).last()?, before)));
    match (before, last) {
        (Some(slide), _) => (*slide, step),
        (None, Some(last)) => last,
        (None, None) => (Slide::Join, step),
    }
}

/// What comes after the slide that is shown; `None` at the end of the lesson.
pub fn following(hall: Hall) -> Option<(Slide, Step)> {
    let at = (hall.slide.get(), hall.step.get());
    Some(next(at.0, at.1)).filter(|after| *after != at)
}

/// Whether there is none before it.
pub fn is_first(hall: Hall) -> bool {
    let at = (hall.slide.get(), hall.step.get());
    previous(at.0, at.1) == at
}

/// To the next slide, on every projector of this browser.
pub fn forward(hall: Hall) {
    go(hall, next);
}

pub fn back(hall: Hall) {
    go(hall, previous);
}

fn go(hall: Hall, to: fn(Slide, Step) -> (Slide, Step)) {
    let (slide, step) = to(hall.slide.get_untracked(), hall.step.get_untracked());
    hall.slide.set(slide);
    if step != hall.step.get_untracked() {
        hall.step.set(step);
    }
}

/// A key that turns slides, as arrows, the space bar and the keys of a presenter do.
pub fn turn(hall: Hall, key: &str) -> bool {
    match key {
        "ArrowRight" | "PageDown" | " " => forward(hall),
        "ArrowLeft" | "PageUp" => back(hall),
        _ => return false,
    }
    true
}

/// What a slide is about, for whoever holds the notes.
pub fn name(i18n: I18n, slide: Slide, step: Step) -> String {
    match slide {
        Slide::Question if step == Step::Start => say!(i18n, room.slide.start),
        Slide::Question if step.reviews() => say!(i18n, room.slide.end),
        Slide::TakeHome => say!(i18n, room.slide.take_home),
        Slide::Join => say!(i18n, room.slide.join),
        Slide::Question => say!(i18n, room.slide.question),
        Slide::HandIn => say!(i18n, room.slide.hand_in),
        Slide::Room => say!(i18n, room.slide.room),
        Slide::Arms => say!(i18n, room.slide.arms),
        Slide::Effects => say!(i18n, room.slide.effects),
        Slide::Finding => say!(i18n, room.slide.finding),
        Slide::Discuss => say!(i18n, room.slide.discuss),
    }
}

#[component]
pub fn Slides() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let keys = EventListener::new(&document(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let key = event.key();
        match key.as_str() {
            // A button takes the space bar for itself.
            " " if is_on_button(event) => {}
            // In a window of the projector it ends the full screen.
            "Escape" if !window::is_projector() => leave(hall),
            _ => drop(turn(hall, &key)),
        }
    });
    let keys = StoredValue::new_local(Some(keys));
    on_cleanup(move || drop(keys.try_update_value(Option::take)));
    let slide = figures::keyed(move || match hall.slide.get() {
        Slide::Join => joining(i18n, hall),
        Slide::Question => question(i18n, hall),
        Slide::Finding => finding(i18n, hall),
        Slide::HandIn => large(i18n, hall, |i18n, _| say!(i18n, room.slides.hand_in)),
        Slide::Discuss => large(i18n, hall, texts::discussion),
        Slide::TakeHome => take_home(i18n, hall),
        Slide::Room => results::room_plot(hall),
        Slide::Arms => results::arms_plot(hall),
        Slide::Effects => results::effects_plot(hall),
    });
    let keys_help = move || match window::is_projector() {
        true => say!(i18n, room.slides.keys_window),
        false => say!(i18n, room.slides.keys),
    };
    let title = NodeRef::<leptos::html::H1>::new();
    title.on_load(|title| {
        request_animation_frame(move || {
            // Refused only if it is gone again.
            let _ = title.focus();
        });
    });
    view! {
        <main class="projector" data-testid="slides">
            <h1 class="unseen" node_ref=title tabindex="-1">{tr!(i18n, room.projector)}</h1>
            <div class="slide" aria-live="polite">{slide}</div>
            <div class="slide-foot">
                <p class="slide-clock" data-testid="slide-clock">{move || time::face(hall)}</p>
                <p class="hint">{keys_help}</p>
                <button
                    type="button"
                    data-testid="slide-back"
                    aria-disabled=move || is_first(hall).to_string()
                    on:click=move |_| back(hall)
                >
                    {tr!(i18n, room.slides.previous)}
                </button>
                <button
                    type="button"
                    data-testid="slide-on"
                    aria-disabled=move || following(hall).is_none().to_string()
                    on:click=move |_| forward(hall)
                >
                    {tr!(i18n, room.slides.next)}
                </button>
                <button
                    type="button"
                    data-testid="slides-leave"
                    on:click=move |_| leave(hall)
                >
                    {tr!(i18n, room.slides.leave)}
                </button>
            </div>
        </main>
    }
}

fn is_on_button(event: &KeyboardEvent) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.tag_name() == "BUTTON")
}

/// Back to the notes. A window of the projector closes, or shows them too where the browser keeps it open.
fn leave(hall: Hall) {
    if window::is_projector() {
        window::close();
    }
    hall.projecting.set(false);
}

/// One sentence of the step.
fn large(i18n: I18n, hall: Hall, words: fn(I18n, Step) -> String) -> AnyView {
    let step = hall.step.get();
    view! {
        {heading(i18n, step)}
        <p class="slide-words" data-testid="slide-words">{words(i18n, step)}</p>
    }
    .into_any()
}

fn joining(i18n: I18n, hall: Hall) -> AnyView {
    let packs = expect_context::<SitePacks>().all;
    let text = Signal::derive(move || packs.with(|packs| join::address(hall.link.get(), packs)));
    // An address of this computer is of no use to others, least of all as a picture.
    let place = origin::place();
    let heading = match place {
        PageOrigin::Disk => say!(i18n, room.slides.join_file),
        _ => say!(i18n, room.slides.join),
    };
    let link = match place {
        PageOrigin::Disk => {
            view! { <p class="slide-words" data-testid="slide-link">{origin::address()}</p> }
                .into_any()
        }
        PageOrigin::ThisComputer => view! {
            <p class="slide-words" data-testid="slide-link">{text}</p>
            <p>{say!(i18n, dist.link_here)}</p>
        }
        .into_any(),
        _ => qr::shown("slide-link", text),
    };
    view! {
        <h2>{heading}</h2>
        {link}
        <p>{say!(i18n, room.slides.stays)}</p>
    }
    .into_any()
}

/// What the audience is to answer. What to say about it is the facilitator's alone.
fn question(i18n: I18n, hall: Hall) -> AnyView {
    let step = hall.step.get();
    let question = match step {
        Step::Start => say!(i18n, room.slides.start),
        Step::TakeAway => say!(i18n, room.slides.take_away),
        Step::LookBack => texts::discussion(i18n, step),
        step => texts::question(i18n, step),
    };
    let choice = |choice: String| view! { <li>{choice}</li> };
    let choices: Vec<_> = texts::choices(i18n, step).into_iter().map(choice).collect();
    let choices = match choices.is_empty() {
        true => ().into_any(),
        false => view! { <ol class="slide-choices">{choices}</ol> }.into_any(),
    };
    view! {
        {heading(i18n, step)}
        <p class="slide-words" data-testid="slide-question">{question}</p>
        <div class="slide-beside">{slide_pictures::row(i18n, step)} {choices}</div>
        <p class="slide-plan">{time::planned(i18n, step)}</p>
    }
    .into_any()
}

/// The sentences that the takeaways begin with.
fn take_home(i18n: I18n, hall: Hall) -> AnyView {
    let sentences = [
        say!(i18n, takeaway.message.look),
        say!(i18n, takeaway.message.test),
        say!(i18n, takeaway.message.leak),
        say!(i18n, takeaway.message.marker),
        say!(i18n, takeaway.message.heat),
    ];
    view! {
        {heading(i18n, hall.step.get())}
        <ul class="slide-list" data-testid="slide-take-home">
            {sentences.map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
        </ul>
    }
    .into_any()
}

fn finding(i18n: I18n, hall: Hall) -> AnyView {
    let step = hall.step.get();
    view! {
        {heading(i18n, step)}
        <p class="slide-words" data-testid="slide-finding">{words::finding(i18n, step)}</p>
        {measured::bars(i18n, step)}
        <p class="slide-plan">{say!(i18n, room.slides.measured)}</p>
    }
    .into_any()
}

fn heading(i18n: I18n, step: Step) -> AnyView {
    view! {
        <p class="slide-step">{texts::place(i18n, step)}</p>
        <h2 data-testid="slide-heading">{texts::name(i18n, step)}</h2>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ui_core::lesson::Lesson;

    #[test]
    fn the_slides_go_all_the_way_and_back() {
        let mut seen = Vec::new();
        for lesson in Lesson::ALL {
            let mut at = (Slide::Join, lesson.first_step());
            assert_eq!(previous(at.0, at.1), at);
            seen.push(at);
            loop {
                let after = next(at.0, at.1);
                if after == at {
                    break;
                }
                assert_eq!(previous(after.0, after.1), at);
                at = after;
                seen.push(at);
            }
            assert!(at.1.reviews(), "{lesson:?}");
            assert_eq!(slides(at.1).last(), Some(&at.0));
        }
        // The link, what each step asks, what was found and is talked about, where the code is, what the room found; what the first
        // step and the last talk about, and what is to be remembered.
        let steps = Step::all().count();
        let found = Step::all().filter(|step| Ask::of(*step).is_some()).count();
        assert_eq!(seen.len(), 2 + steps + 2 * found + 1 + 3 + 3);
    }
}
