//! Small pictures of what dropout, batch size and epochs do.

use imaging::{settings::Network, split::Subset};
use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, test::figures::keyed, words, workbench::Workbench};
use plots::sketch::{
    steps::{self, StepPlan},
    units,
};

/// The hidden units of the head in one step.
#[component]
pub fn Silenced() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let dropout = Memo::new(move |_| {
        let settings = workbench.state.with(|state| state.settings.clone());
        (settings.network != Network::Scratch).then_some(settings.dropout)
    });
    keyed(move || match dropout.get() {
        Some(dropout) => silenced(i18n, dropout),
        None => view! { <p class="hint">{say!(i18n, sketch.no_dropout)}</p> }.into_any(),
    })
}

fn silenced(i18n: I18n, dropout: f64) -> AnyView {
    let silenced = units::dropped(dropout);
    let (width, rows) = (units::ROW as f64 * units::CELL, units::UNITS / units::ROW);
    let height = rows as f64 * units::CELL;
    let (n, of) = (units::count(dropout), units::UNITS);
    view! {
        <figure class="sketch" data-testid="dropout-sketch">
            <svg viewBox=format!("0 0 {width} {height}") aria-hidden="true">
                <path class="unit-on" d=units::squares(&silenced, false)></path>
                <path class="unit-off" d=units::squares(&silenced, true)></path>
            </svg>
            <figcaption class="hint">{say!(i18n, sketch.silenced, n = n, of = of)}</figcaption>
        </figure>
    }
    .into_any()
}

/// How many steps the run has.
#[component]
pub fn StepCount() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let plan = Memo::new(move |_| plan(workbench));
    keyed(move || match plan.get() {
        Some(plan) => drawn(i18n, &plan),
        None => ().into_any(),
    })
}

fn drawn(i18n: I18n, plan: &StepPlan) -> AnyView {
    let films = words::films(i18n, plan.films);
    let (each, last) = (plan.steps_per_epoch(), plan.last());
    let (epochs, steps) = (plan.first + plan.second, plan.steps());
    let steps = words::count(i18n, steps as f64);
    let sentence = say!(
        i18n,
        sketch.steps,
        films = films,
        batch = plan.batch,
        each = each,
        last = last,
        epochs = epochs,
        steps = steps
    );
    let tuned = (plan.second > 0).then(|| say!(i18n, sketch.steps_tuned));
    view! {
        <figure class="sketch" data-testid="steps-sketch">
            <svg viewBox=format!("0 0 {} {}", steps::WIDTH, plan.height()) aria-hidden="true">
                <path class="step-first" d=plan.boxes(false)></path>
                <path class="step-second" d=plan.boxes(true)></path>
            </svg>
            <figcaption class="hint">{sentence} " " {tuned}</figcaption>
        </figure>
    }
    .into_any()
}

/// `None` while the films cannot be divided.
fn plan(workbench: Workbench) -> Option<StepPlan> {
    let films = workbench.parts.with(|parts| {
        let parts = parts.as_ref()?.as_ref().ok()?;
        Some(parts.iter().filter(|part| **part == Subset::Train).count())
    })?;
    let settings = workbench.state.with(|state| state.settings.clone());
    let tuning = settings
        .fine_tuning
        .filter(|tuning| tuning.stages > 0 && settings.network != Network::Scratch);
    Some(StepPlan {
        films,
        batch: settings.batch_size.max(1),
        first: settings.epochs,
        second: tuning.map_or(0, |tuning| tuning.epochs),
    })
}
