//! What the network said about each film, newest first.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    page::{failure, film, film::FilmCanvas, say, told, words, workbench::Workbench},
    protocol::{Answer, QuestionId},
    state::{Question, Reply, Source},
};

#[component]
pub fn Answers() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let asked = Memo::new(move |_| {
        workbench.state.with(|state| {
            let ids = state.questions.iter().map(|question| question.id);
            ids.collect::<Vec<_>>()
        })
    });
    let classes = move || {
        let films = workbench.films.get();
        films.map(|films| {
            let names = (0..films.data.classes.len()).map(|class| films.class_name(class));
            say!(
                i18n,
                ask.disclaimer,
                classes = words::any_of(i18n, names.collect())
            )
        })
    };
    view! {
        <section class="answers" aria-labelledby="answers-heading">
            <h2 id="answers-heading">{told!(i18n, ask.answers)}</h2>
            <Show when=move || asked.with(Vec::is_empty)>
                <p class="empty">{told!(i18n, ask.no_answers)}</p>
            </Show>
            <Show when=move || asked.with(|asked| !asked.is_empty())>
                <p class="hint">{classes}</p>
            </Show>
            <div aria-live="polite">
                <For each=move || asked.get() key=|id| *id let(id)>
                    <Asked id />
                </For>
            </div>
        </section>
    }
}

#[component]
fn Asked(id: QuestionId) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let question = Memo::new(move |_| {
        let find = |question: &&Question| question.id == id;
        workbench
            .state
            .with(|state| state.questions.iter().find(find).cloned())
    });
    let shown = move || {
        question.get().map(|question| {
            let name = match question.source {
                Source::File => question.name,
                Source::Odd(_) => words::odd_film(i18n, &question.name),
            };
            let (state, said) = match question.reply {
                Reply::Pending => (
                    "pending",
                    view! { <p>{say!(i18n, ask.pending)}</p> }.into_any(),
                ),
                Reply::Answered(answer) => ("answered", view! { <Said answer /> }.into_any()),
                Reply::Failed(reason) => {
                    let sentence = failure::failure(i18n, &reason);
                    (
                        "failed",
                        view! { <p class="problem-text">{sentence}</p> }.into_any(),
                    )
                }
            };
            view! {
                <article class="answer" data-testid="answer" data-state=state>
                    {said}
                    <p class="hint answer-name">{name}</p>
                </article>
            }
        })
    };
    view! { {shown} }
}

#[component]
fn Said(answer: Answer) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let mut order: Vec<(usize, f32)> = answer.probabilities.iter().copied().enumerate().collect();
    order.sort_by(|(_, left), (_, right)| right.total_cmp(left));
    let first = order.first().copied();
    let sentence = move || {
        first.map(|(class, probability)| {
            let share = words::surety(i18n, probability);
            say!(
                i18n,
                ask.answer,
                class = workbench.class_name(class),
                share = share
            )
        })
    };
    let bar = move |(class, probability): (usize, f32)| {
        view! {
            <li class="bar-row">
                <span class="bar-name">{move || workbench.class_name(class)}</span>
                <span class="bar-track" aria-hidden="true">
                    <span
                        class=format!("bar-fill {}", film::colour(class))
                        style:width=format!("{}%", probability * 100.0)
                    ></span>
                </span>
                <span class="bar-share">{move || words::surety(i18n, probability)}</span>
            </li>
        }
    };
    view! {
        <FilmCanvas picture=Signal::stored(Some(Arc::new(answer.picture))) />
        <div class="answer-words">
            <p class="sentence" data-testid="sentence">{sentence}</p>
            <ul class="bars">{order.into_iter().map(bar).collect_view()}</ul>
        </div>
    }
}
