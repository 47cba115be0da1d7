//! Five questions about what was seen, with what can be said of every choice.

use leptos::prelude::*;

use super::{HandoutData, sentences};
use crate::{i18n::use_i18n, say, storage, test::figures, tr};
use ui_core::handout::{Answers, CHOICES, RIGHT};

/// Where the browser keeps them.
pub const KEY: &str = "firstread.questions.1";

/// As the browser has them now.
pub fn stored() -> Answers {
    storage::kept(KEY).unwrap_or_default()
}

/// As they were given, and kept with every further one.
pub fn kept() -> RwSignal<Answers> {
    let answers = RwSignal::new(stored());
    Effect::new(move |before: Option<()>| {
        let answers = answers.get();
        // Where storage is forbidden, they last until the page is left.
        if before.is_some() {
            storage::keep(KEY, answers);
        }
    });
    answers
}

#[component]
pub fn Questions() -> impl IntoView {
    let i18n = use_i18n();
    let HandoutData(answers) = expect_context();
    let all: Vec<AnyView> = (0..RIGHT.len()).map(question).collect();
    let standing = Signal::derive(move || {
        answers.with(|answers| match answers.given() {
            0 => String::new(),
            n => say!(i18n, takeaway.standing, right = answers.right(), n = n),
        })
    });
    let again = figures::keyed(move || match answers.with(Answers::given) {
        0 => ().into_any(),
        _ => view! {
            <button
                type="button"
                class="quiet"
                data-testid="questions-again"
                on:click=move |_| answers.set(Answers::default())
            >
                {tr!(i18n, takeaway.again)}
            </button>
        }
        .into_any(),
    });
    view! {
        <section class="panel questions" aria-labelledby="questions-heading" data-testid="questions">
            <h2 id="questions-heading">{tr!(i18n, takeaway.questions)}</h2>
            <ol>{all}</ol>
            <div class="row">
                <p role="status" class="strong" data-testid="questions-standing">{standing}</p>
                {again}
            </div>
        </section>
    }
}

fn question(n: usize) -> AnyView {
    let i18n = use_i18n();
    let HandoutData(answers) = expect_context();
    let chosen = Memo::new(move |_| answers.with(|answers| answers.chosen(n)));
    let choices: Vec<AnyView> = (0..CHOICES)
        .map(|choice| radio(n, choice, chosen))
        .collect();
    view! {
        <li>
            <fieldset class="question" data-testid=format!("question-{}", n + 1)>
                <legend>{move || sentences::question(i18n, n)}</legend>
                {choices}
            </fieldset>
        </li>
    }
    .into_any()
}

/// A choice; once one was made, it says why it is right or wrong.
fn radio(n: usize, choice: usize, chosen: Memo<Option<usize>>) -> AnyView {
    let i18n = use_i18n();
    let HandoutData(answers) = expect_context();
    let right = RIGHT[n] == choice;
    let answered = Memo::new(move |_| chosen.get().is_some());
    let why = Signal::derive(move || match answered.get() {
        false => String::new(),
        true => {
            let why = sentences::why(i18n, n, choice);
            match right {
                true => say!(i18n, takeaway.right, why = why),
                false => say!(i18n, takeaway.wrong, why = why),
            }
        }
    });
    view! {
        <div class="choice" class:choice-right=move || right && answered.get()>
            <label>
                <input
                    type="radio"
                    name=format!("question-{n}")
                    data-testid=format!("choice-{}-{}", n + 1, choice + 1)
                    prop:checked=move || chosen.get() == Some(choice)
                    disabled=move || answered.get() && chosen.get() != Some(choice)
                    on:change=move |_| answers.update(|answers| answers.choose(n, choice))
                />
                <span>{move || sentences::choice(i18n, n, choice)}</span>
            </label>
            <p class="choice-why" role="status">{why}</p>
        </div>
    }
    .into_any()
}
