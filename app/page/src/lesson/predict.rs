//! The question of a step, and the answer that is kept before the result can be seen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{guide::Guide, texts};
use crate::{I18n, i18n::use_i18n, say, test::figures, tr};
use ui_core::lesson::{Answer, Step, Todo};

/// The heading above the question.
const HEADING: &str = "lesson-predict";

/// Where a slider stands before it is moved.
const MIDDLE: u8 = 50;

/// The answer that is being chosen; `None` until one is.
pub type Draft = RwSignal<Option<Answer>>;

pub fn draft() -> Draft {
    RwSignal::new(None)
}

pub fn view(guide: Guide, step: Step, draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let open = Memo::new(move |_| guide.todo.get() == Todo::Predict);
    let content = figures::keyed(move || match open.get() {
        true => question(guide, i18n, step, draft),
        false => kept(guide, i18n, step),
    });
    view! {
        <section class="lesson-part" aria-labelledby=HEADING data-testid="lesson-predict">
            <h3 id=HEADING>{tr!(i18n, lesson.predict)}</h3>
            {content}
        </section>
    }
    .into_any()
}

/// Leads to the question: into view, with the focus on the first that answers it.
pub fn lead_to() {
    request_animation_frame(|| {
        super::column::scroll_to(HEADING);
        let first = document().query_selector(".lesson-question input");
        let first = first.ok().flatten();
        if let Some(first) = first.and_then(|found| found.dyn_into().ok()) {
            let first: web_sys::HtmlElement = first;
            // Refused only if it is gone again.
            let _ = first.focus();
        }
    });
}

fn question(guide: Guide, i18n: I18n, step: Step, draft: Draft) -> AnyView {
    let inputs = match texts::on_slider(step) {
        true => slider(i18n, draft),
        false => choices(i18n, step, draft),
    };
    view! {
        <fieldset class="lesson-question">
            <legend>{Signal::derive(move || texts::question(i18n, step))}</legend>
            {inputs}
        </fieldset>
        <button
            type="button"
            class="quiet lesson-small"
            data-testid="lesson-decline"
            on:click=move |_| {
                guide.predict(Answer::Declined);
                super::column::focus_next();
            }
        >
            {tr!(i18n, lesson.decline)}
        </button>
    }
    .into_any()
}

fn choices(i18n: I18n, step: Step, draft: Draft) -> AnyView {
    let choice = move |place: usize| {
        let words = Signal::derive(move || {
            let mut all = texts::choices(i18n, step).into_iter();
            all.nth(place).unwrap_or_default()
        });
        view! {
            <label class="lesson-choice">
                <input
                    type="radio"
                    name="lesson-prediction"
                    data-testid=format!("predict-{place}")
                    prop:checked=move || draft.get() == Some(Answer::Choice(place))
                    on:change=move |_| draft.set(Some(Answer::Choice(place)))
                />
                <span>{words}</span>
            </label>
        }
        .into_any()
    };
    let n = untrack(|| texts::choices(i18n, step).len());
    let all: Vec<AnyView> = (0..n).map(choice).collect();
    all.into_any()
}

fn slider(i18n: I18n, draft: Draft) -> AnyView {
    let percent = move || match draft.get() {
        Some(Answer::Percent(percent)) => percent,
        _ => MIDDLE,
    };
    let slide = move |event: web_sys::Event| {
        if let Ok(percent) = event_target_value(&event).parse::<u8>() {
            draft.set(Some(Answer::Percent(percent.min(100))));
        }
    };
    // Where it stands before it is touched is nobody's answer.
    let words = move || match draft.get() {
        None => say!(i18n, lesson.answer.not_moved),
        Some(_) => say!(i18n, lesson.answer.percent, n = percent()),
    };
    view! {
        <label class="lesson-slider">
            <span>{tr!(i18n, lesson.answer.slider)}</span>
            <input
                type="range"
                min="0"
                max="100"
                step="1"
                data-testid="predict-slider"
                aria-valuetext=words
                prop:value=move || percent().to_string()
                on:input=slide
                on:click=move |event| slide(event.into())
            />
            <output data-testid="predict-value">{words}</output>
        </label>
    }
    .into_any()
}

fn kept(guide: Guide, i18n: I18n, step: Step) -> AnyView {
    let prediction = guide.progress.with(|own| own.prediction(step).copied());
    let Some(prediction) = prediction else {
        return ().into_any();
    };
    let words = match prediction.answer {
        Answer::Declined => say!(i18n, lesson.declined),
        answer => say!(
            i18n,
            lesson.said,
            answer = texts::answer(i18n, step, answer)
        ),
    };
    let note = match (prediction.answer, prediction.informed) {
        (Answer::Declined, _) => String::new(),
        (_, true) => say!(i18n, lesson.said_after),
        (_, false) => say!(i18n, lesson.said_before),
    };
    view! {
        <p class="hint">{texts::question(i18n, step)}</p>
        <p class="strong" data-testid="lesson-said">{words}</p>
        <p class="hint">{note}</p>
    }
    .into_any()
}
