//! For the projector: one thing at a time, large, with keys to go on.

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{Hall, join, qr, results, time, words};
use crate::{
    i18n::{I18n, use_i18n},
    say,
    test::figures,
    tr,
};
use ui_core::lesson::{Step, step::STEPS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slide {
    /// The link.
    Join,
    /// The clock and what is done now.
    Step,
    Arms,
    Effects,
}

/// The link first, then the steps, and what the room found after that where arms are compared.
fn next(slide: Slide, step: Step) -> (Slide, Step) {
    match slide {
        Slide::Join => (Slide::Step, step),
        Slide::Step if step == Step::Compare => (Slide::Arms, step),
        Slide::Arms => (Slide::Effects, step),
        Slide::Step | Slide::Effects => match step.next() {
            Some(step) => (Slide::Step, step),
            None => (slide, step),
        },
    }
}

fn previous(slide: Slide, step: Step) -> (Slide, Step) {
    match slide {
        Slide::Join => (Slide::Join, step),
        Slide::Effects => (Slide::Arms, step),
        Slide::Arms => (Slide::Step, step),
        Slide::Step => match step.previous() {
            Some(Step::Compare) => (Slide::Effects, Step::Compare),
            Some(step) => (Slide::Step, step),
            None => (Slide::Join, step),
        },
    }
}

#[component]
pub fn Slides() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let go = move |to: fn(Slide, Step) -> (Slide, Step)| {
        if let Some(slide) = hall.slide.get_untracked() {
            let (slide, step) = to(slide, hall.step.get_untracked());
            hall.slide.set(Some(slide));
            if step != hall.step.get_untracked() {
                hall.step.set(step);
            }
        }
    };
    let keys = EventListener::new(&document(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let on_button = event.target().is_some_and(|target| {
            target.is_instance_of::<web_sys::HtmlElement>() && {
                let element: &web_sys::HtmlElement = target.unchecked_ref();
                element.tag_name() == "BUTTON"
            }
        });
        match event.key().as_str() {
            // A button takes the space bar for itself.
            " " if on_button => {}
            "ArrowRight" | "PageDown" | " " => go(next),
            "ArrowLeft" | "PageUp" => go(previous),
            "Escape" => hall.slide.set(None),
            _ => {}
        }
    });
    let keys = StoredValue::new_local(Some(keys));
    on_cleanup(move || drop(keys.try_update_value(Option::take)));
    let slide = figures::keyed(move || match hall.slide.get() {
        None => ().into_any(),
        Some(Slide::Join) => joining(i18n, hall),
        Some(Slide::Step) => step(i18n, hall),
        Some(Slide::Arms) => results::arms_plot(hall),
        Some(Slide::Effects) => results::effects_plot(hall),
    });
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
                <p class="hint">{tr!(i18n, room.slides.keys)}</p>
                <button type="button" data-testid="slide-back" on:click=move |_| go(previous)>
                    {tr!(i18n, room.slides.previous)}
                </button>
                <button type="button" data-testid="slide-on" on:click=move |_| go(next)>
                    {tr!(i18n, room.slides.next)}
                </button>
                <button
                    type="button"
                    data-testid="slides-leave"
                    on:click=move |_| hall.slide.set(None)
                >
                    {tr!(i18n, room.slides.leave)}
                </button>
            </div>
        </main>
    }
}

fn joining(i18n: I18n, hall: Hall) -> AnyView {
    let text = Signal::derive(move || join::address(hall.link.get()));
    view! {
        <h2>{say!(i18n, room.slides.join)}</h2>
        {qr::shown("slide-link", text)}
        <p>{say!(i18n, room.slides.stays)}</p>
    }
    .into_any()
}

fn step(i18n: I18n, hall: Hall) -> AnyView {
    let step = hall.step.get();
    let name = words::step(i18n, step);
    view! {
        <p class="slide-step">{say!(i18n, room.slides.step, n = step.number(), all = STEPS)}</p>
        <h2 data-testid="slide-heading">{name}</h2>
        <p class="slide-points">{words::points(i18n, step)}</p>
        <p class="slide-plan">{time::planned(i18n, step)}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slides_go_all_the_way_and_back() {
        let mut at = (Slide::Join, Step::default());
        let mut seen = vec![at];
        loop {
            let after = next(at.0, at.1);
            if after == at {
                break;
            }
            assert_eq!(previous(after.0, after.1), at);
            at = after;
            seen.push(at);
        }
        assert_eq!(seen.len(), 1 + Step::ALL.len() + 2);
        assert_eq!(at.1, Step::TakeAway);
        assert_eq!(previous(Slide::Join, Step::default()).0, Slide::Join);
    }
}
