//! What the network says of a film, and where it looked.

use std::sync::Arc;

use imaging::insight::{HeatMap, Witness};
use leptos::prelude::*;

use super::{Booth, button, head, i18n};
use crate::{bars::Bars, failure, film::FilmCanvas, insight::map, say, test::figures, told, words};
use protocol::{self, Finding, Inquiry, Subject};
use ui_core::{
    insight::abstain,
    kiosk::machine::Stop,
    state::{Question, Reply, Stage},
};

const OPACITY: f64 = 0.6;

#[component]
pub fn Answer() -> impl IntoView {
    let i18n = i18n();
    let booth = expect_context::<Booth>();
    let workbench = booth.workbench;
    let question = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.questions.first().cloned())
    });
    let heading = Signal::derive(
        move || match question.get().map(|question| question.reply) {
            None | Some(Reply::Pending) => say!(i18n, ask.pending),
            Some(Reply::Failed(_)) => say!(i18n, kiosk.answer.failed),
            Some(Reply::Answered(answer)) => sentence(booth, &answer),
        },
    );
    let lead = Signal::derive(
        move || match question.get().map(|question| question.reply) {
            None | Some(Reply::Pending) => String::new(),
            Some(Reply::Failed(reason)) => failure::failure(i18n, &reason),
            Some(Reply::Answered(answer)) if unlike(&answer) => say!(i18n, kiosk.answer.unlike),
            Some(Reply::Answered(_)) => say!(i18n, kiosk.answer.only),
        },
    );
    let shown = figures::anew(move || match question.get() {
        Some(Question {
            id,
            reply: Reply::Answered(answer),
            ..
        }) => said(booth, Subject::Asked(id), answer),
        _ => ().into_any(),
    });
    view! {
        <section class="kiosk-screen">
            <div aria-live="polite" data-testid="kiosk-sentence">{head(heading, lead)}</div>
            {shown}
            <div class="kiosk-next">
                {button("kiosk-another", "kiosk-button", told!(i18n, kiosk.answer.another), move || booth.go(Stop::Film))}
                {button("kiosk-next", "primary kiosk-huge", told!(i18n, kiosk.answer.next), move || booth.go(Stop::End))}
            </div>
        </section>
    }
}

fn unlike(answer: &protocol::Answer) -> bool {
    answer.likeness.abstains(abstain::DEFAULT)
}

fn sentence(booth: Booth, answer: &protocol::Answer) -> String {
    let i18n = booth.workbench.i18n();
    if unlike(answer) {
        return say!(i18n, insight.unlike);
    }
    let class = metrics::answer(&answer.probabilities);
    let share = answer.probabilities.get(class).copied().unwrap_or_default();
    let share = words::surety(i18n, share);
    say!(
        i18n,
        ask.answer,
        class = booth.workbench.class_name(class),
        share = share
    )
}

/// The film, where the network looked, and how the classes share the answer.
fn said(booth: Booth, subject: Subject, answer: protocol::Answer) -> AnyView {
    let i18n = i18n();
    let workbench = booth.workbench;
    let class = metrics::answer(&answer.probabilities);
    let about = Inquiry::Heat { subject, class };
    let stage = workbench.finding(about.clone());
    workbench.inquire(about);
    let picture = Signal::stored(Some(Arc::new(answer.picture)));
    let opacity = RwSignal::new(OPACITY);
    let heat = figures::anew(move || {
        let map = match stage.get() {
            Some(Stage::Found(Finding::Heat(maps))) => trained(maps),
            _ => None,
        };
        match (map, stage.get()) {
            (Some(map), _) => {
                let label = format!(
                    "{} {}",
                    say!(i18n, kiosk.answer.heat),
                    map::place(i18n, &map)
                );
                map::picture(picture, Arc::new(map), opacity, Signal::stored(label))
            }
            (None, Some(Stage::Failed(_))) => ().into_any(),
            (None, _) => view! {
                <div class="kiosk-heat-waits">
                    <FilmCanvas picture />
                    <p role="status">{told!(i18n, kiosk.answer.heat_waits)}</p>
                </div>
            }
            .into_any(),
        }
    });
    let order = metrics::ranking(&answer.probabilities);
    view! {
        <div class="kiosk-answer" data-testid="kiosk-answer">
            <figure>
                <FilmCanvas picture />
                <figcaption>{told!(i18n, kiosk.answer.film)}</figcaption>
            </figure>
            <figure data-testid="kiosk-heat">
                {heat}
                <figcaption>{told!(i18n, kiosk.answer.heat)}</figcaption>
            </figure>
            <div class="kiosk-answer-words">
                <h2>{told!(i18n, kiosk.answer.shares)}</h2>
                <Bars order probabilities=Signal::stored(answer.probabilities) />
                <p>{told!(i18n, kiosk.answer.note)}</p>
            </div>
        </div>
    }
    .into_any()
}

fn trained(maps: Vec<(Witness, HeatMap)>) -> Option<HeatMap> {
    let mut maps = maps.into_iter();
    let own = maps.find(|(witness, _)| *witness == Witness::Trained);
    own.map(|(_, map)| map)
}
