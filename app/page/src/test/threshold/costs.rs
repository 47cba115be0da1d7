//! What a miss costs against a false alarm, and the threshold that costs least.

use leptos::prelude::*;
use metrics::decision::{self, Costs, Rates};

use super::{
    super::{figures, slider::Slider},
    Desk,
    crowd::prevalence,
};
use crate::{I18n, say, tr, words, workbench::Workbench};
use ui_core::evaluation::threshold::{Detection, MISS_COSTS};

/// Place of "as much as" among the costs.
const EQUAL: usize = 6;
/// Costs are told of so many patients.
const PATIENTS: f64 = 1_000.0;

#[derive(Clone, Copy, PartialEq)]
struct Found {
    /// In the middle of those that cost as little.
    threshold: f64,
    on_validation: bool,
}

pub fn panel(i18n: I18n, workbench: Workbench, desk: Desk) -> AnyView {
    let place = RwSignal::new(EQUAL);
    let costs = move || Costs {
        miss: MISS_COSTS.get(place.get()).copied().unwrap_or(1.0),
        false_alarm: 1.0,
    };
    let slider = Slider {
        id: "costs",
        label: tr!(i18n, report.costs),
        text: Signal::derive(move || ratio(i18n, costs().miss)),
        last: Signal::stored(MISS_COSTS.len() - 1),
        value: place.into(),
        set: Callback::new(move |to| place.set(to)),
    };
    let cheapest = Memo::new(move |_| cheapest(desk, &costs()));
    let units = move |cost: f64| words::count(i18n, cost * PATIENTS);
    let sentence = Signal::derive(move || {
        let told = cheapest.get();
        let told = told.map(|found| told_cheapest(i18n, workbench, desk, &found));
        told.unwrap_or_default()
    });
    let cost_at = move |at: f64| {
        let counts = desk.of_roc(|roc| roc.at(at))?;
        Rates::of(&counts)?.cost(desk.prevalence(), &costs())
    };
    let compared = move || {
        let found = cheapest.get()?;
        let now = cost_at(desk.threshold.get())?;
        let then = cost_at(found.threshold)?;
        Some(say!(
            i18n,
            report.cost_here,
            now = units(now),
            best = units(then)
        ))
    };
    let compared = Signal::derive(move || compared().unwrap_or_default());
    let none = Signal::derive(move || cheapest.get().is_none());
    let go = move |_| {
        if let Some(found) = cheapest.get() {
            desk.threshold.set(found.threshold);
        }
    };
    view! {
        <section class="panel costs" aria-labelledby="costs-heading">
            <h2 id="costs-heading">{tr!(i18n, report.costs_heading)}</h2>
            {slider.view()}
            <p data-testid="cheapest" aria-live="polite">{sentence}</p>
            <p data-testid="cost-here">{compared}</p>
            <div class="row">
                <button
                    type="button"
                    data-testid="use-cheapest"
                    disabled=none
                    on:click=go
                >
                    {tr!(i18n, report.use_cheapest)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// What a miss costs, in false alarms.
fn ratio(i18n: I18n, miss: f64) -> String {
    match miss {
        1.0 => say!(i18n, report.cost_equal),
        miss if miss > 1.0 => say!(i18n, report.cost_miss, n = miss.round()),
        miss => say!(i18n, report.cost_alarm, n = miss.recip().round()),
    }
}

/// On the validation films; on the test films only if the others have no curve.
fn cheapest(desk: Desk, costs: &Costs) -> Option<Found> {
    let prevalence = desk.prevalence();
    let on = |films: Memo<Option<Detection>>, on_validation: bool| {
        let threshold = films.with(|detection| {
            let roc = detection.as_ref()?.roc()?;
            let cheapest = decision::cheapest(roc, prevalence, costs)?;
            Some(roc.middle(&cheapest.point))
        })?;
        Some(Found {
            threshold,
            on_validation,
        })
    };
    on(desk.validation, true).or_else(|| on(desk.test, false))
}

fn told_cheapest(i18n: I18n, workbench: Workbench, desk: Desk, found: &Found) -> String {
    let threshold = figures::threshold(i18n, found.threshold);
    let prevalence = prevalence(i18n, desk.prevalence());
    let class = workbench.class_name(desk.class.get());
    if found.on_validation {
        say!(
            i18n,
            report.cheapest,
            threshold = threshold,
            prevalence = prevalence,
            class = class
        )
    } else {
        say!(
            i18n,
            report.cheapest_test,
            threshold = threshold,
            prevalence = prevalence,
            class = class
        )
    }
}
