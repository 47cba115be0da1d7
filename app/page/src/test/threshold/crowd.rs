//! How common the finding is, and what an answer then says of a patient.

use leptos::prelude::*;
use metrics::{
    Counts,
    decision::{Predictive, Rates, predictive_intervals},
};

use super::{
    super::{figures, slider::Slider},
    Desk,
};
use crate::{I18n, film, say, tr, workbench::Workbench};
use plots::chart::svg::escaped;
use ui_core::evaluation::threshold::{CROWD, CROWD_CELL, CROWD_ROW, PREVALENCES, crowd, signs};

/// The style classes of the four kinds, in the order of [`crowd`].
const KINDS: [&str; 4] = ["found", "missed", "alarmed", "cleared"];

pub fn panel(i18n: I18n, workbench: Workbench, desk: Desk) -> AnyView {
    let slider = Slider {
        id: "prevalence",
        label: Signal::derive(move || {
            let class = workbench.class_name(desk.class.get());
            say!(i18n, report.prevalence, class = class)
        }),
        text: Signal::derive(move || prevalence(i18n, desk.prevalence())),
        last: Signal::stored(PREVALENCES.len() - 1),
        value: desk.prevalence.into(),
        set: Callback::new(move |place| desk.prevalence.set(place)),
    };
    let rates = move || desk.counts.get().and_then(|counts| Rates::of(&counts));
    let people = Memo::new(move |_| rates()?.patients(CROWD, desk.prevalence()));
    let predictive = Memo::new(move |_| rates()?.predictive(desk.prevalence()));
    let class = move || workbench.class_name(desk.class.get());
    let other = move || figures::other_class(i18n, workbench, desk.class.get());
    let sentence = Signal::derive(move || {
        let told = people.get().map(|people| {
            say!(
                i18n,
                report.crowd,
                with = people.positives(),
                class = class(),
                found = people.true_positives,
                missed = people.false_negatives,
                alarms = people.false_positives
            )
        });
        told.unwrap_or_default()
    });
    let intervals = move || predictive_intervals(&desk.counts.get()?, desk.prevalence());
    let value = move |of: fn(Predictive) -> Option<f64>, nth: usize| {
        Signal::derive(move || {
            let share = predictive.get().and_then(of);
            match share.zip(intervals().map(|both| both[nth])) {
                Some((share, interval)) => figures::likely(i18n, share, interval),
                None => say!(i18n, report.undefined),
            }
        })
    };
    let drawn = Signal::derive(move || {
        let paths = crowd(&people.get().unwrap_or_default());
        let path = |(kind, path): (&str, String)| format!("<path class=\"{kind}\" d=\"{path}\"/>");
        KINDS.into_iter().zip(paths).map(path).collect::<String>()
    });
    let key = Signal::derive(move || {
        let people = people.get().unwrap_or_default();
        key(i18n, desk.class.get(), &people)
    });
    let colour = Signal::derive(move || format!("crowd {}", film::colour(desk.class.get())));
    let width = CROWD_ROW as f64 * CROWD_CELL;
    let height = (CROWD / CROWD_ROW) as f64 * CROWD_CELL;
    view! {
        <section class="panel crowd-panel" aria-labelledby="crowd-heading">
            <h2 id="crowd-heading">{tr!(i18n, report.crowd_heading)}</h2>
            <p class="hint">{tr!(i18n, report.crowd_help)}</p>
            {slider.view()}
            <dl class="facts" aria-live="polite">
                <dt>{tr!(i18n, report.ppv_of, class = class())}</dt>
                <dd data-testid="ppv">{value(|predictive| predictive.positive, 0)}</dd>
                <dt>{tr!(i18n, report.npv_of, class = other())}</dt>
                <dd data-testid="npv">{value(|predictive| predictive.negative, 1)}</dd>
            </dl>
            <p data-testid="crowd-sentence">{sentence}</p>
            <svg
                class=colour
                viewBox=format!("0 0 {width} {height}")
                role="img"
                aria-label=sentence
                data-testid="crowd"
                inner_html=drawn
            ></svg>
            <ul class="crowd-key" inner_html=key></ul>
        </section>
    }
    .into_any()
}

/// The four kinds by name, each with its sign and its number; what is within the `ul` element.
fn key(i18n: I18n, class: usize, people: &Counts) -> String {
    let names = [
        say!(i18n, report.found, n = people.true_positives),
        say!(i18n, report.missed, n = people.false_negatives),
        say!(i18n, report.alarmed, n = people.false_positives),
        say!(i18n, report.cleared, n = people.true_negatives),
    ];
    let colour = film::colour(class);
    let one = |((kind, sign), name): ((&str, String), &String)| {
        let name = escaped(name);
        format!(
            "<li><svg class=\"crowd crowd-sign {colour}\" viewBox=\"0 0 {CROWD_CELL} {CROWD_CELL}\" \
             aria-hidden=\"true\"><path class=\"{kind}\" d=\"{sign}\"/></svg>{name}</li>"
        )
    };
    KINDS
        .into_iter()
        .zip(signs())
        .zip(&names)
        .map(one)
        .collect()
}

/// Below 1 % with a digit after the point.
pub fn prevalence(i18n: I18n, share: f64) -> String {
    let percent = (share * 1000.0).round() / 10.0;
    say!(i18n, number.percent, n = percent)
}
