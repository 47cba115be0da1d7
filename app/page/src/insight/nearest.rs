//! The training films that a film is most like, and how far out it lies.

use imaging::{
    insight::{Neighbour, OodScore},
    split::Subset,
};
use leptos::prelude::*;

use super::wait;
use crate::{
    I18n, ask::rule, film, film::FilmCanvas, i18n::use_i18n, say, tr, words, workbench::Workbench,
};
use protocol::{Explanation, ExplanationResult, Subject};
use ui_core::{
    insight::abstain,
    state::{AppState, ExplanationStage, Question, QuestionSource, Reply},
};

#[component]
pub fn Nearest(subject: Subject) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    if let Subject::Sample(_) = subject {
        Effect::new(move |_| workbench.explain(Explanation::EmbeddingMap));
    }
    let ood_score = Memo::new(move |_| workbench.state.with(|state| ood_score(state, subject)));
    // The map of all films itself is large; only how it stands is of interest here.
    let waiting = Memo::new(move |_| {
        workbench.state.with(|state| {
            let stage = state.explanations.stage(&Explanation::EmbeddingMap);
            stage
                .filter(|stage| !matches!(stage, ExplanationStage::Found(_)))
                .cloned()
        })
    });
    let shown = move || match (ood_score.get(), subject) {
        (Some(ood_score), _) => view! {
            <p data-testid="rank">{rank_of(i18n, workbench, subject, &ood_score)}</p>
            {films(i18n, workbench, &ood_score, ood_score.neighbours.len())}
        }
        .into_any(),
        (None, Subject::Sample(_)) => wait::before_answer(
            waiting.get().as_ref(),
            Explanation::EmbeddingMap,
            tr!(i18n, insight.nearest_start),
            tr!(i18n, insight.nearest_asking),
        )
        .into_any(),
        (None, Subject::Odd(_) | Subject::Asked(_)) => {
            view! { <p class="hint">{tr!(i18n, insight.nearest_none)}</p> }.into_any()
        }
    };
    view! {
        <section class="examined-part" tabindex="-1" data-testid="nearest">
            <h3>{tr!(i18n, insight.nearest)}</h3>
            <p class="hint">{tr!(i18n, insight.nearest_lead)}</p>
            {shown}
        </section>
    }
}

/// The nearest films, at most `most`, each with class, distance and patient.
pub fn films(i18n: I18n, workbench: Workbench, ood_score: &OodScore, most: usize) -> AnyView {
    let one = move |near: &Neighbour| {
        let sample = near.sample;
        let facts = workbench.films.with_untracked(|films| {
            let films = films.as_ref()?;
            let film = films.data.samples.get(sample)?;
            let name = words::class(i18n, films, film.class);
            Some((film.class, name, film.patient.clone()))
        });
        let (class, class_name, patient) = facts?;
        let distance = words::fixed(i18n, near.distance.into(), 2);
        let patient = patient.map(|patient| say!(i18n, look.patient, patient = patient));
        Some(view! {
            <li class=format!("near {}", film::colour(class)) data-testid="near">
                <FilmCanvas picture=workbench.thumbnail(sample) />
                <span class="film-ribbon" aria-hidden="true"></span>
                <span class="near-words">
                    <span class="film-class">{class_name}</span>
                    <span>{say!(i18n, insight.distance, distance = distance)}</span>
                    <span>{patient}</span>
                </span>
            </li>
        })
    };
    let near = ood_score.neighbours.iter().take(most);
    view! { <ul class="near-films">{near.map(one).collect_view()}</ul> }.into_any()
}

/// The same of a film that may have been learned from, whose rank says nothing of the rule.
fn rank_of(i18n: I18n, workbench: Workbench, subject: Subject, ood_score: &OodScore) -> String {
    let part = |sample| workbench.state.with(|state| state.part_of(sample));
    match subject {
        Subject::Sample(sample) if part(sample) == Some(Subset::Train) => {
            say!(i18n, insight.rank_own)
        }
        _ => rank(i18n, workbench, ood_score),
    }
}

/// How far out a film lies, as a sentence.
pub fn rank(i18n: I18n, workbench: Workbench, ood_score: &OodScore) -> String {
    let others = rule::others(i18n, workbench);
    match abstain::rank_percent(ood_score.rank) {
        n if n.is_nan() => say!(i18n, insight.rank_unknown),
        0.0 => say!(i18n, insight.rank_none, others = others),
        100.0 => say!(i18n, insight.rank_all, others = others),
        n => say!(i18n, insight.rank, n = n, others = others),
    }
}

fn ood_score(state: &AppState, subject: Subject) -> Option<OodScore> {
    let answered = |question: &Question| match &question.reply {
        Reply::Answered(answer) => Some(answer.ood_score.clone()),
        Reply::Pending | Reply::Failed(_) => None,
    };
    match subject {
        Subject::Sample(sample) => match state.explanations.stage(&Explanation::EmbeddingMap)? {
            ExplanationStage::Found(ExplanationResult::EmbeddingMap(embedding_map)) => {
                embedding_map.ood_score.get(sample).cloned()
            }
            _ => None,
        },
        Subject::Odd(odd) => {
            let mut same = state
                .questions
                .iter()
                .filter(|question| question.source == QuestionSource::Odd(odd));
            same.find_map(answered)
        }
        Subject::Asked(id) => answered(state.questions.iter().find(|question| question.id == id)?),
    }
}
