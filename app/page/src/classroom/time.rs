//! What leads through the lesson, always in view: the clock, how it stands against the plan, and the steps.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::{
    Hall,
    slides::{self, Slide},
    window,
};
use crate::{
    clock,
    i18n::{I18n, use_i18n},
    lesson::texts,
    say,
    sure::{Sure, Wording},
    tr,
};
use ui_core::{
    classroom::timing::Standing,
    lesson::{Clock, Lesson, Step},
};

pub fn tick(hall: Hall) {
    let ticking = Interval::new(1000, move || {
        let _ = hall.now.try_set(clock::date_ms());
    });
    let ticking = StoredValue::new_local(Some(ticking));
    on_cleanup(move || drop(ticking.try_update_value(Option::take)));
}

/// "07:30".
pub fn face(hall: Hall) -> String {
    let seconds = (hall.clock.get().elapsed(hall.now.get()) / 1000.0) as u64;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

pub fn planned(i18n: I18n, step: Step) -> String {
    let (from, to) = step.minutes();
    say!(i18n, room.time.planned, from = from, to = to)
}

/// Whether the room is where the plan has it.
pub fn standing(i18n: I18n, hall: Hall) -> String {
    match Standing::of(hall.clock.get(), hall.step.get(), hall.now.get()) {
        Standing::NotStarted => say!(i18n, room.time.not_started),
        Standing::Paused => say!(i18n, room.time.paused),
        Standing::OnTime => say!(i18n, room.time.on_time),
        Standing::Behind(n) => {
            let behind = say!(i18n, room.time.behind, n = n);
            let shorten = match hall.step.get().lesson() {
                Lesson::First => say!(
                    i18n,
                    room.time.shorten,
                    first = texts::name(i18n, Step::Where),
                    second = texts::name(i18n, Step::Look)
                ),
                Lesson::Second => say!(i18n, room.time.shorten_second),
            };
            format!("{behind} {shorten}")
        }
        Standing::Ahead(n) => say!(i18n, room.time.ahead, n = n),
    }
}

#[component]
pub fn Time() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let sure = Sure::new();
    let begin = move || begin(hall, hall.step.get_untracked().lesson());
    let press = move |event: web_sys::MouseEvent| {
        // The second half of a double click would undo what the first one did.
        if event.detail() > 1 {
            return;
        }
        let now = clock::date_ms();
        hall.now.set(now);
        hall.clock.update(|clock| match clock.runs() {
            true => clock.stop(now),
            false => clock.start(now),
        });
    };
    let again = move |event: web_sys::MouseEvent| {
        if event.detail() > 1 {
            return;
        }
        match hall.clock.get_untracked().was_started() {
            true => sure.ask(),
            false => begin(),
        }
    };
    let again_label = tr!(i18n, room.time.again);
    let label = Signal::derive(move || match hall.clock.get().runs() {
        true => say!(i18n, room.time.pause),
        false => say!(i18n, room.time.start),
    });
    view! {
        <section class="panel room-lead" aria-labelledby="clock-heading">
            <h2 id="clock-heading" class="unseen">{tr!(i18n, room.time.heading)}</h2>
            <p class="clock-face" role="timer" data-testid="clock">{move || face(hall)}</p>
            // Before what changes its width: the second press of a double click must not land on another button.
            <div class="row room-clock">
                <button type="button" data-testid="clock-start" on:click=press>{label}</button>
                <button
                    type="button"
                    node_ref=sure.from
                    class="quiet"
                    data-testid="clock-again"
                    on:click=again
                >
                    {again_label}
                </button>
            </div>
            {sure.question(wording(i18n, "clock", again_label), begin)}
            <p data-testid="clock-standing">{move || standing(i18n, hall)}</p>
            {steps(i18n, hall)}
            {turns(i18n, hall)}
        </section>
    }
}

/// The question before clock and step are given up; `yes` says for what.
pub fn wording(i18n: I18n, id: &'static str, yes: Signal<String>) -> Wording {
    Wording {
        id,
        question: tr!(i18n, room.time.sure),
        no: tr!(i18n, room.time.keep),
        yes,
    }
}

/// A lesson from its first step, with the clock at zero.
pub fn begin(hall: Hall, lesson: Lesson) {
    hall.clock.set(Clock::default());
    hall.step.set(lesson.first_step());
    hall.slide.set(Slide::Join);
}

/// To the step before and the one after.
fn steps(i18n: I18n, hall: Hall) -> AnyView {
    let button = |id: &'static str, to: fn(Step) -> Option<Step>, words: Signal<String>| {
        view! {
            <button
                type="button"
                data-testid=id
                disabled=move || to(hall.step.get()).is_none()
                on:click=move |_| {
                    if let Some(step) = to(hall.step.get_untracked()) {
                        hall.step.set(step);
                        hall.slide.set(Slide::Question);
                    }
                }
            >
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="row room-steps">
            <span class="strong">
                {move || texts::place(i18n, hall.step.get())}
            </span>
            {button("step-back", Step::previous, tr!(i18n, room.guide.previous))}
            {button("step-on", Step::next, tr!(i18n, room.guide.next))}
        </div>
    }
    .into_any()
}

/// What the projector shows and what comes next, and the buttons that turn it, always in the same place.
fn turns(i18n: I18n, hall: Hall) -> AnyView {
    follow_presenter(hall);
    let open = Memo::new(move |_| {
        hall.now.track();
        window::is_open()
    });
    let shown = move || {
        let slide = slides::name(i18n, hall.slide.get(), hall.step.get());
        match open.get() {
            true => say!(i18n, room.guide.shown, slide = slide),
            false => say!(i18n, room.guide.would_show, slide = slide),
        }
    };
    let after = move || match slides::following(hall) {
        Some((slide, step)) if step == hall.step.get() => {
            let slide = slides::name(i18n, slide, step);
            say!(i18n, room.guide.after, slide = slide)
        }
        Some((_, step)) => {
            let step = texts::name(i18n, step);
            say!(i18n, room.guide.after_step, step = step)
        }
        None => say!(i18n, room.guide.last),
    };
    view! {
        <div class="row room-turns">
            <button
                type="button"
                data-testid="guide-slide-back"
                aria-disabled=move || slides::is_first(hall).to_string()
                on:click=move |_| slides::back(hall)
            >
                {tr!(i18n, room.guide.slide_back)}
            </button>
            <button
                type="button"
                class="primary"
                data-testid="guide-slide-on"
                aria-disabled=move || slides::following(hall).is_none().to_string()
                on:click=move |_| slides::forward(hall)
            >
                {tr!(i18n, room.guide.slide_on)}
            </button>
            <p>
                <span data-testid="guide-slide">{shown}</span>
                " "
                <span class="hint" data-testid="guide-slide-after">{after}</span>
            </p>
        </div>
    }
    .into_any()
}

/// A presenter's keys turn the slides of an open projector from the notes too, wherever the last click was, unless something is
/// being typed or chosen there.
fn follow_presenter(hall: Hall) {
    let options = EventListenerOptions::enable_prevent_default();
    let keys = EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        // The space bar scrolls the notes, and presses buttons.
        let key = event.key();
        let free = key != " " && !is_modified(event) && !has_own_use(event);
        if free && window::is_open() && slides::turn(hall, &key) {
            event.prevent_default();
        }
    });
    let keys = StoredValue::new_local(Some(keys));
    on_cleanup(move || drop(keys.try_update_value(Option::take)));
}

/// With one of these a key is the browser's.
fn is_modified(event: &KeyboardEvent) -> bool {
    event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key()
}

/// Whether what has the focus types, chooses or scrolls with such a key.
fn has_own_use(event: &KeyboardEvent) -> bool {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let own = "input, textarea, select, dialog, .plot-table";
    target.is_some_and(|target| matches!(target.closest(own), Ok(Some(_))))
}
