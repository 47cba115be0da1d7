//! The way into the lesson: at the films in free play, and in the column after a reload.

use leptos::prelude::*;

use super::{
    guide::{Guide, HEADING, Mode},
    texts,
};
use crate::{
    i18n::use_i18n,
    say,
    sure::{Sure, Wording},
    test::figures,
    tr,
    workbench::Workbench,
};
use ui_core::lesson::LessonProgress;

/// Above the films, as long as they are looked at in free play.
#[component]
pub fn LookOffer() -> impl IntoView {
    let guide = expect_context::<Guide>();
    let i18n = use_i18n();
    let shown = move || guide.mode.get() == Mode::Free;
    view! {
        <section
            class="notice lesson-offer"
            data-testid="lesson-offer"
            aria-labelledby="lesson-offer-heading"
            hidden=move || !shown()
        >
            <h2 id="lesson-offer-heading">{tr!(i18n, lesson.offer.heading)}</h2>
            {content(guide)}
        </section>
    }
}

/// In the lesson's own column.
pub fn in_column(guide: Guide) -> AnyView {
    let i18n = use_i18n();
    view! {
        <div class="lesson-part" data-testid="lesson-resume">
            <h2 id=HEADING tabindex="-1">{tr!(i18n, lesson.offer.heading)}</h2>
            {content(guide)}
        </div>
    }
    .into_any()
}

fn content(guide: Guide) -> AnyView {
    let i18n = use_i18n();
    // What an earlier visit left, or what this one has left for free play.
    let left = Memo::new(move |_| {
        let step = |progress: &LessonProgress| progress.step;
        let begun = |progress: &LessonProgress| progress.is_begun().then_some(progress.step);
        let kept = guide.kept.with(|kept| kept.as_ref().map(step));
        kept.or_else(|| {
            guide
                .progress
                .with(begun)
                .filter(|_| guide.mode.get() == Mode::Free)
        })
    });
    let state = expect_context::<Workbench>().state;
    let trained = Memo::new(move |_| state.with(|state| state.run.is_some()));
    let sentence = Signal::derive(move || match left.get() {
        None => say!(i18n, lesson.offer.lead),
        Some(step) => {
            let place = texts::place_and_name(i18n, step);
            match trained.get() {
                true => say!(i18n, lesson.offer.kept_trained, place = place),
                false => say!(i18n, lesson.offer.kept, place = place),
            }
        }
    });
    let resume = move |_| match guide.kept.with_untracked(Option::is_some) {
        true => guide.resume(),
        false => guide.enter(),
    };
    let sure = Sure::new();
    let anew = move |_| match guide.would_lose() {
        true => sure.ask(),
        false => guide.begin_anew(),
    };
    let wording = Wording {
        id: "anew",
        question: tr!(i18n, lesson.offer.anew_sure),
        no: tr!(i18n, lesson.offer.anew_no),
        yes: tr!(i18n, lesson.offer.anew),
    };
    let buttons = figures::keyed(move || match left.get() {
        None => view! {
            <button
                type="button"
                class="primary"
                data-testid="lesson-begin"
                on:click=move |_| guide.begin_anew()
            >
                {tr!(i18n, lesson.offer.begin)}
            </button>
        }
        .into_any(),
        Some(_) => view! {
            <button
                type="button"
                class:primary=move || guide.mode.get() == Mode::Offer
                data-testid="lesson-go-on"
                on:click=resume
            >
                {tr!(i18n, lesson.offer.resume)}
            </button>
            <button
                type="button"
                node_ref=sure.from
                class="quiet"
                data-testid="lesson-anew"
                on:click=anew
            >
                {tr!(i18n, lesson.offer.anew)}
            </button>
        }
        .into_any(),
    });
    view! {
        <p>{sentence}</p>
        <p class="row" hidden=move || sure.is_asked()>{buttons}</p>
        {sure.question(wording, move || guide.begin_anew())}
        <p class="hint">{tr!(i18n, lesson.offer.storage)}</p>
    }
    .into_any()
}
