//! Each class against all others, as a table.

use leptos::prelude::*;
use model::metrics::{Counts, Proportion, per_class};

use super::figures;
use crate::{
    i18n::use_i18n,
    page::{I18n, film, say, told, words, workbench::Workbench},
};

#[component]
pub fn Classes() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = figures::opened(workbench);
    let rows = move || {
        let opened = opened.get();
        let confusion = opened.map(|opened| opened.report.scores.confusion.clone());
        let counts = per_class(&confusion.unwrap_or_default());
        let rows = counts.iter().enumerate();
        rows.map(|(class, counts)| row(i18n, workbench, class, counts))
            .collect_view()
    };
    let heads = move || {
        [
            (
                say!(i18n, report.sensitivity),
                say!(i18n, report.sensitivity_help),
            ),
            (
                say!(i18n, report.specificity),
                say!(i18n, report.specificity_help),
            ),
            (say!(i18n, report.ppv), say!(i18n, report.ppv_help)),
            (say!(i18n, report.npv), say!(i18n, report.npv_help)),
            (say!(i18n, report.f1), say!(i18n, report.f1_help)),
        ]
        .map(|(name, help)| {
            view! {
                <th scope="col">
                    <span class="strong">{name}</span>
                    <span class="hint">{help}</span>
                </th>
            }
        })
        .collect_view()
    };
    view! {
        <section class="panel classes" aria-labelledby="classes-heading" data-testid="classes">
            <h2 id="classes-heading">{told!(i18n, report.classes)}</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{told!(i18n, report.class)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">{told!(i18n, report.classes_mix)}</p>
            <p class="hint">{told!(i18n, report.method)}</p>
        </section>
    }
}

fn row(i18n: I18n, workbench: Workbench, class: usize, counts: &Counts) -> AnyView {
    let share = |score: Option<Proportion>| {
        let written = |score: Proportion| {
            let n = words::hits(i18n, &score);
            let interval = words::interval(i18n, &score);
            (words::percent(i18n, score.share()), n, interval)
        };
        score.map(written)
    };
    let concerned = counts.total() - counts.true_negatives;
    let f1 = counts.f1().map(|score| {
        let ends = say!(
            i18n,
            report.between,
            low = format!("{:.2}", score.interval.low),
            high = format!("{:.2}", score.interval.high)
        );
        let n = say!(
            i18n,
            report.concerned,
            films = words::films(i18n, concerned)
        );
        (format!("{:.2}", score.value), n, ends)
    });
    let cells = [
        share(counts.sensitivity()),
        share(counts.specificity()),
        share(counts.positive_predictive_value()),
        share(counts.negative_predictive_value()),
        f1,
    ];
    let cell = |cell: Option<(String, String, String)>| match cell {
        Some((value, n, interval)) => view! {
            <td>
                <span class="figure">{value}</span>
                <span class="hint">{n}</span>
                <span class="hint">{interval}</span>
            </td>
        }
        .into_any(),
        None => view! { <td class="hint">{say!(i18n, report.undefined)}</td> }.into_any(),
    };
    view! {
        <tr data-testid=format!("class-{class}")>
            <th scope="row">
                <span class=format!("swatch {}", film::colour(class))></span>
                {workbench.class_name(class)}
            </th>
            {cells.map(cell).collect_view()}
        </tr>
    }
    .into_any()
}
