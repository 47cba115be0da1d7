//! What the network said about each film, newest first.

use std::sync::Arc;

use imaging::split::Subset;
use leptos::prelude::*;
use metrics::ranking;

use super::rule;
use crate::{
    bars::Bars,
    failure,
    film::FilmCanvas,
    i18n::use_i18n,
    insight::{self, nearest},
    reveal::{keep_in_view, reveal},
    say, tr, words,
    workbench::Workbench,
};
use protocol::{Answer, QuestionId, Subject};
use ui_core::state::{Question, QuestionSource, Reply};

/// Training films that are shown with each answer.
const NEIGHBOURS: usize = 3;

const NEWEST: &str = ".answer";
const HEADING: &str = "#answers-heading";

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
    // The visitor's own film is what they look at next; an odd film's button keeps the focus for the next one.
    let newest = Memo::new(move |_| {
        workbench.state.with(|state| {
            let newest = state.questions.first()?;
            let own = newest.source == QuestionSource::File;
            own.then(|| (newest.id, newest.reply == Reply::Pending))
        })
    });
    Effect::new(move |_| match newest.get() {
        Some((_, true)) => reveal(NEWEST, HEADING),
        Some((_, false)) => keep_in_view(NEWEST, HEADING),
        None => {}
    });
    let classes = move || {
        let films = workbench.films.get();
        films.map(|films| {
            let names =
                (0..films.data.classes.len()).map(|class| words::class(i18n, &films, class));
            say!(
                i18n,
                ask.disclaimer,
                classes = words::any_of(i18n, &names.collect::<Vec<_>>())
            )
        })
    };
    view! {
        <section class="answers" aria-labelledby="answers-heading">
            <h2 id="answers-heading" tabindex="-1">{tr!(i18n, ask.answers)}</h2>
            <Show when=move || asked.with(Vec::is_empty)>
                <p class="empty">{tr!(i18n, ask.no_answers)}</p>
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
                QuestionSource::File if question.name.is_empty() => {
                    let same = match &question.reply {
                        Reply::Answered(answer) => answer.same_as,
                        _ => None,
                    };
                    name_of(workbench, same).unwrap_or_else(|| say!(i18n, kept.own_image))
                }
                QuestionSource::File => question.name,
                QuestionSource::Odd(_) => words::odd_film(i18n, &question.name),
            };
            let only = |words: AnyView| {
                view! {
                    {words}
                    <p class="hint answer-name">{name.clone()}</p>
                }
                .into_any()
            };
            let (state, said) = match question.reply {
                Reply::Pending => (
                    "pending",
                    only(view! { <p>{say!(i18n, ask.pending)}</p> }.into_any()),
                ),
                Reply::Answered(answer) => {
                    let name = name.clone();
                    let source = question.source;
                    (
                        "answered",
                        view! { <Said id answer source name /> }.into_any(),
                    )
                }
                Reply::Failed(reason) => {
                    let sentence = failure::failure(i18n, &reason);
                    (
                        "failed",
                        only(view! { <p class="problem-text">{sentence}</p> }.into_any()),
                    )
                }
            };
            view! {
                <article class="answer" data-testid="answer" data-state=state>
                    {said}
                </article>
            }
        })
    };
    view! { {shown} }
}

/// That of the loaded image which was asked about.
fn name_of(workbench: Workbench, sample: Option<usize>) -> Option<String> {
    workbench.films.with(|films| {
        let sample = films.as_ref()?.data.samples.get(sample?)?;
        Some(sample.name.clone())
    })
}

#[component]
fn Said(id: QuestionId, answer: Answer, source: QuestionSource, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let Answer {
        probabilities,
        ood_score,
        same_as,
        picture,
    } = answer;
    let shown_name = name.clone();
    // That of an answer from an earlier visit was not kept.
    let has_film = !picture.pixels.is_empty();
    let picture = has_film.then(|| Arc::new(picture));
    let shown = Signal::derive(move || {
        let odd = || match source {
            QuestionSource::Odd(place) => workbench.state.with(|state| {
                let film = state.odd.get(place)?;
                Some(Arc::new(film.picture.clone()))
            }),
            QuestionSource::File => None,
        };
        let same = || {
            let films = workbench.films.get()?;
            films.thumbnails.get(same_as?).cloned().flatten()
        };
        picture.clone().or_else(odd).or_else(same)
    });
    let order = ranking(&probabilities);
    let first = order.first().map(|&class| (class, probabilities[class]));
    let distance = ood_score.clone();
    let silent = Memo::new(move |_| rule::is_silent(workbench, &distance));
    let head = Signal::derive(move || {
        let (class, probability) = first?;
        Some((
            workbench.class_name(class),
            words::surety(i18n, probability),
        ))
    });
    let sentence = move || {
        let (class, share) = head.get()?;
        Some(match silent.get() {
            true => say!(i18n, insight.unlike),
            false => say!(i18n, ask.answer, class = class, share = share),
        })
    };
    let alone = move || {
        let (class, share) = head.get()?;
        silent
            .get()
            .then(|| say!(i18n, insight.head_says, class = class, share = share))
    };
    let part = Memo::new(move |_| workbench.state.with(|state| state.part_of(same_as?)));
    let seen = move || {
        part.get().map(|part| match part {
            Subset::Train => say!(i18n, ask.in_training),
            Subset::Validation => say!(i18n, ask.in_validation),
            Subset::Test => say!(i18n, ask.in_test),
        })
    };
    let trained = Memo::new(move |_| workbench.state.with(|state| state.trained().is_some()));
    let distance = ood_score.clone();
    let rank = move || nearest::rank(i18n, workbench, &distance);
    let near = move || nearest::films(i18n, workbench, &ood_score, NEIGHBOURS);
    let open = move || {
        let name = name.clone();
        let subject = match (has_film, same_as) {
            (true, _) => Subject::Asked(id),
            (false, Some(sample)) => Subject::Sample(sample),
            (false, None) => return None,
        };
        trained
            .get()
            .then(|| insight::open_button(i18n, subject, name))
    };
    view! {
        <FilmCanvas picture=shown />
        <div class="answer-words" data-silent=move || silent.get().to_string()>
            <p class="hint answer-name">{shown_name}</p>
            <p class="sentence" data-testid="sentence">{sentence}</p>
            <p class="hint" data-testid="head-says">{alone}</p>
            <p class="strong" data-testid="seen">{seen}</p>
            <Bars order probabilities=Signal::stored(probabilities) />
        </div>
        // The sentence is read out when it comes; the rest waits until one goes there.
        <div class="answer-more" aria-live="off">
            <p class="hint" data-testid="rank">{rank} " " {tr!(i18n, insight.like)}</p>
            {near}
            {open}
        </div>
    }
}
