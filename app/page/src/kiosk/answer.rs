//! What the network says of a film, and where it looked.

use std::sync::Arc;

use imaging::insight::{HeatMap, SanityCheck};
use leptos::prelude::*;

use super::{KioskContext, button, enlarge::Enlarged, head, i18n};
use crate::{
    ask::rule,
    bars::Bars,
    failure,
    film::FilmCanvas,
    insight::{
        map,
        stack::{FilmStack, is_cut},
    },
    say,
    test::figures,
    tr, words,
};
use protocol::{self, Explanation, ExplanationResult, Subject};
use ui_core::{
    insight::abstain,
    kiosk::machine::Stop,
    state::{ExplanationStage, Question, QuestionSource, Reply},
};

pub const OPACITY: f64 = 0.6;

#[component]
pub fn Answer() -> impl IntoView {
    let i18n = i18n();
    let kiosk = expect_context::<KioskContext>();
    let workbench = kiosk.workbench;
    let question = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.questions.first().cloned())
    });
    let heading = Signal::derive(
        move || match question.get().map(|question| question.reply) {
            None | Some(Reply::Pending) => say!(i18n, ask.pending),
            Some(Reply::Failed(_)) => say!(i18n, kiosk.answer.failed),
            Some(Reply::Answered(answer)) => sentence(kiosk, &answer),
        },
    );
    let lead = Signal::derive(
        move || match question.get().map(|question| question.reply) {
            None | Some(Reply::Pending) => String::new(),
            Some(Reply::Failed(reason)) => failure::failure(i18n, &reason),
            Some(Reply::Answered(answer)) => comment(kiosk, &answer),
        },
    );
    let shown = figures::keyed(move || match question.get() {
        Some(Question {
            id,
            reply: Reply::Answered(answer),
            ..
        }) => said(kiosk, Subject::Asked(id), answer),
        _ => ().into_any(),
    });
    view! {
        <section class="kiosk-screen">
            <div aria-live="polite" data-testid="kiosk-sentence">{head(heading, lead)}</div>
            {shown}
            <div class="kiosk-next">
                {button("kiosk-another", "kiosk-button", tr!(i18n, kiosk.answer.another), move || kiosk.go(Stop::Film))}
                {button("kiosk-next", "primary kiosk-huge", tr!(i18n, kiosk.answer.next), move || kiosk.go(Stop::End))}
            </div>
        </section>
    }
}

/// Whether the rule lets the network answer.
fn abstains(answer: &protocol::Answer) -> bool {
    answer.ood_score.abstains(abstain::DEFAULT)
}

/// What is known of an answer, by what was asked about.
fn comment(kiosk: KioskContext, answer: &protocol::Answer) -> String {
    let i18n = kiosk.workbench.i18n();
    if let Some(class) = truth(kiosk, answer) {
        let truth = kiosk.workbench.class_name(class);
        let is = say!(i18n, kiosk.answer.is, truth = truth);
        let is_right = metrics::answer(&answer.probabilities) == class;
        let rest = match (is_right, abstains(answer)) {
            (true, true) => say!(i18n, kiosk.answer.needlessly),
            (true, false) => say!(i18n, kiosk.answer.right),
            (false, true) => say!(i18n, kiosk.answer.rightly),
            (false, false) => say!(i18n, kiosk.answer.unnoticed),
        };
        return format!("{is} {rest}");
    }
    match (abstains(answer), is_odd(kiosk)) {
        (true, _) if rule::is_across_patients(kiosk.workbench) => {
            say!(i18n, kiosk.answer.unlike_people)
        }
        (true, _) => say!(i18n, kiosk.answer.unlike),
        (false, true) => say!(i18n, kiosk.answer.passes),
        (false, false) => say!(i18n, kiosk.answer.only),
    }
}

/// Whether the newest question is about one of the odd images of the pack.
fn is_odd(kiosk: KioskContext) -> bool {
    kiosk.workbench.state.with(|state| {
        let first = state.questions.first();
        first.is_some_and(|question| matches!(question.source, QuestionSource::Odd(_)))
    })
}

/// The class that it really is of, if it is of the data.
fn truth(kiosk: KioskContext, answer: &protocol::Answer) -> Option<usize> {
    let sample = answer.same_as?;
    let films = kiosk.workbench.films;
    films.with(|films| Some(films.as_ref()?.data.samples.get(sample)?.class))
}

fn sentence(kiosk: KioskContext, answer: &protocol::Answer) -> String {
    let i18n = kiosk.workbench.i18n();
    if abstains(answer) {
        return say!(i18n, kiosk.answer.abstains);
    }
    let class = metrics::answer(&answer.probabilities);
    let share = answer.probabilities.get(class).copied().unwrap_or_default();
    let share = words::surety(i18n, share);
    say!(
        i18n,
        ask.answer,
        class = kiosk.workbench.class_name(class),
        share = share
    )
}

/// What is enlarged of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Large {
    Nothing,
    Film,
    Heat,
}

/// The film, where the network looked, and how the classes share the answer.
fn said(kiosk: KioskContext, subject: Subject, answer: protocol::Answer) -> AnyView {
    let i18n = i18n();
    let workbench = kiosk.workbench;
    let class = metrics::answer(&answer.probabilities);
    let shares = match abstains(&answer) {
        true => tr!(i18n, kiosk.answer.shares),
        false => tr!(i18n, kiosk.answer.scores),
    };
    let about = Explanation::GradCam {
        subject,
        class,
        checks: false,
    };
    let stage = workbench.finding(about.clone());
    workbench.explain(about);
    let picture = Signal::stored(Some(Arc::new(answer.picture)));
    let opacity = RwSignal::new(OPACITY);
    let large = RwSignal::new(Large::Nothing);
    let heat = figures::keyed(move || {
        let map = match stage.get() {
            Some(ExplanationStage::Found(ExplanationResult::GradCam { maps, .. })) => trained(maps),
            _ => None,
        };
        match (map, stage.get()) {
            (Some(map), _) => {
                let label = format!(
                    "{} {}",
                    say!(i18n, kiosk.answer.heat),
                    map::place(i18n, &map)
                );
                view! {
                    <button
                        type="button"
                        class="kiosk-enlarge"
                        data-testid="kiosk-enlarge-heat"
                        aria-label=format!("{label}. {}", say!(i18n, kiosk.answer.enlarge))
                        on:click=move |_| large.set(Large::Heat)
                    >
                        {map::picture(picture, Arc::new(map), opacity, Signal::stored(label.clone()))}
                    </button>
                }
                .into_any()
            }
            (None, Some(ExplanationStage::Failed(_))) => ().into_any(),
            (None, _) => view! {
                <div class="kiosk-heat-waits">
                    <FilmCanvas picture />
                    <p role="status">{tr!(i18n, kiosk.answer.heat_waits)}</p>
                </div>
            }
            .into_any(),
        }
    });
    let enlarged = Signal::derive(move || picture.get().filter(|_| large.get() != Large::Nothing));
    let enlarged_heat = Signal::derive(move || match (large.get(), stage.get()) {
        (Large::Heat, Some(ExplanationStage::Found(ExplanationResult::GradCam { maps, .. }))) => {
            trained(maps).map(Arc::new)
        }
        _ => None,
    });
    let large_heading = Signal::derive(move || match large.get() {
        Large::Heat => say!(i18n, kiosk.answer.heat),
        Large::Nothing | Large::Film => say!(i18n, kiosk.answer.heading),
    });
    let close = Callback::new(move |()| large.set(Large::Nothing));
    let order = metrics::ranking(&answer.probabilities);
    let caption = move || match is_cut(picture) {
        true => say!(i18n, kiosk.answer.film_cut),
        false => say!(i18n, kiosk.answer.film),
    };
    view! {
        <div class="kiosk-answer" data-testid="kiosk-answer">
            <figure>
                // In the same frame as the map, to be compared place by place.
                <button
                    type="button"
                    class="kiosk-enlarge"
                    data-testid="kiosk-enlarge"
                    aria-label=tr!(i18n, kiosk.answer.enlarge)
                    on:click=move |_| large.set(Large::Film)
                >
                    <FilmStack picture />
                </button>
                <figcaption>{caption}</figcaption>
            </figure>
            <figure data-testid="kiosk-heat">
                {heat}
                <figcaption>{tr!(i18n, kiosk.answer.heat)}</figcaption>
            </figure>
            <div class="kiosk-answer-words">
                <h2>{shares}</h2>
                <Bars order probabilities=Signal::stored(answer.probabilities) />
                <p>{tr!(i18n, kiosk.answer.note)}</p>
            </div>
            <Enlarged picture=enlarged heat=enlarged_heat heading=large_heading close />
        </div>
    }
    .into_any()
}

fn trained(maps: Vec<(SanityCheck, HeatMap)>) -> Option<HeatMap> {
    let mut maps = maps.into_iter();
    let own = maps.find(|(witness, _)| *witness == SanityCheck::Trained);
    own.map(|(_, map)| map)
}
