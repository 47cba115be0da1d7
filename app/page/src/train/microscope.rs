//! One training step under the microscope: its films before and after, its loss, and what moved the weights.

use std::sync::Arc;

use imaging::report::{BatchFilm, Layer, StageKind, StepDiagnostics};
use leptos::prelude::*;

use super::gradients;
use crate::{
    I18n,
    film::{self, FilmCanvas},
    i18n::use_i18n,
    say,
    test::figures::keyed,
    tr, words,
    workbench::Workbench,
};
use ui_core::state::Run;

/// Smaller changes of the loss are none that anybody could see.
const UNCHANGED: f32 = 5e-4;

/// A step that was asked for by itself.
#[derive(Clone, PartialEq)]
pub(super) struct Look {
    pub batch: Vec<BatchFilm>,
    pub loss: f32,
    pub stage: StageKind,
    pub steps_done: usize,
    pub diagnostics: Arc<StepDiagnostics>,
}

impl Look {
    fn of(run: &Run) -> Option<Self> {
        let step = run.steps.last()?;
        Some(Self {
            batch: run.batch.clone(),
            loss: step.loss,
            stage: step.stage,
            steps_done: step.steps_done,
            diagnostics: run.diagnostics.clone()?,
        })
    }
}

/// Whether there is a step to look at.
pub(super) fn is_open(workbench: Workbench) -> Memo<bool> {
    Memo::new(move |_| {
        let looked = |run: &Run| run.diagnostics.is_some();
        workbench
            .state
            .with(|state| state.run.as_ref().is_some_and(looked))
    })
}

#[component]
pub fn Microscope() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let look = Memo::new(move |_| {
        workbench
            .state
            .with(|state| state.run.as_ref().and_then(Look::of))
    });
    let sentence = move || {
        look.get()
            .map(|look| happened(i18n, workbench, &look))
            .unwrap_or_default()
    };
    let inside = keyed(move || match look.get() {
        Some(look) => looked_at(i18n, workbench, &look),
        None => ().into_any(),
    });
    view! {
        <section
            class="panel microscope"
            data-testid="microscope"
            aria-labelledby="microscope-heading"
            hidden=move || look.with(Option::is_none)
        >
            <h2 id="microscope-heading">{tr!(i18n, microscope.heading)}</h2>
            <p data-testid="microscope-said" aria-live="polite">{sentence}</p>
            {inside}
        </section>
    }
}

fn looked_at(i18n: I18n, workbench: Workbench, look: &Look) -> AnyView {
    let (before, after) = (look.loss, look.diagnostics.loss_after);
    let loss = |loss: f32| words::fixed(i18n, loss.into(), 3);
    let films: Vec<AnyView> = look
        .batch
        .iter()
        .zip(&look.diagnostics.after)
        .map(|(film, after)| one_film(i18n, workbench, film, after))
        .collect();
    view! {
        <p class="microscope-loss" data-testid="microscope-loss">
            <span>{say!(i18n, microscope.loss_before)}</span>
            <strong data-testid="loss-before">{loss(before)}</strong>
            <span>{say!(i18n, microscope.loss_after)}</span>
            <strong data-testid="loss-after">{loss(after)}</strong>
        </p>
        <ul class="batch microscope-films" data-testid="batch">{films}</ul>
        <p class="hint">{say!(i18n, microscope.films_help)}</p>
        {gradients::view(i18n, look)}
    }
    .into_any()
}

fn one_film(i18n: I18n, workbench: Workbench, film: &BatchFilm, after: &[f32]) -> AnyView {
    let class = class_of(workbench, film.sample);
    let share = |probabilities: &[f32]| probabilities.get(class).copied().unwrap_or_default();
    let (before, after) = (share(&film.probabilities), share(after));
    let told = [before, after].map(|share| words::surety(i18n, share));
    let name = workbench.class_name(class);
    let [told_before, told_after] = told.clone();
    let label = say!(
        i18n,
        microscope.film,
        class = name,
        before = told_before,
        after = told_after
    );
    let [told_before, told_after] = told;
    let note = (film.view > 0).then(|| say!(i18n, train.view));
    view! {
        <li data-testid="microscope-film">
            <FilmCanvas picture=workbench.thumbnail(film.sample) />
            <span class="unseen">{label}</span>
            <span class="bar-place" aria-hidden="true">
                <span class="bar-track">
                    <span
                        class=format!("bar-fill {}", film::colour(class))
                        style:width=percent(after)
                    ></span>
                </span>
                <span class="bar-before" style:left=percent(before)></span>
            </span>
            <span class="microscope-name" aria-hidden="true">{name.clone()}</span>
            <span class="batch-words" aria-hidden="true">
                <span>{told_before}</span>
                <span>"\u{2192}"</span>
                <span>{told_after}</span>
            </span>
            <span class="batch-view" aria-hidden="true">{note}</span>
        </li>
    }
    .into_any()
}

/// What the step did, in a sentence.
fn happened(i18n: I18n, workbench: Workbench, look: &Look) -> String {
    let (before, after) = (look.loss, look.diagnostics.loss_after);
    let surer = look.batch.iter().zip(&look.diagnostics.after);
    let surer = surer.filter(|(film, after)| {
        let class = class_of(workbench, film.sample);
        after.get(class) > film.probabilities.get(class)
    });
    let (n, of) = (surer.count(), look.batch.len());
    let step = look.steps_done;
    let [before_told, after_told] = [before, after].map(|loss| words::fixed(i18n, loss.into(), 3));
    match after - before {
        change if change.abs() < UNCHANGED => {
            say!(i18n, microscope.stayed, step = step, n = n, of = of)
        }
        change if change < 0.0 => say!(
            i18n,
            microscope.fell,
            step = step,
            before = before_told,
            after = after_told,
            n = n,
            of = of
        ),
        _ => say!(
            i18n,
            microscope.rose,
            step = step,
            before = before_told,
            after = after_told,
            n = n,
            of = of
        ),
    }
}

fn class_of(workbench: Workbench, sample: usize) -> usize {
    let class = workbench.films.with_untracked(|films| {
        let sample = films.as_ref()?.data.samples.get(sample)?;
        Some(sample.class)
    });
    class.unwrap_or_default()
}

pub(super) fn layer_name(i18n: I18n, layer: Layer) -> String {
    match layer {
        Layer::Convolution(place) => say!(i18n, microscope.convolution, n = place + 1),
        Layer::Backbone(stage) => say!(i18n, microscope.backbone, n = stage + 1),
        Layer::Hidden => say!(i18n, microscope.hidden),
        Layer::Output => say!(i18n, microscope.output),
    }
}

fn percent(share: f32) -> String {
    format!("{}%", share * 100.0)
}
