//! Each class against all others, as a table.

use leptos::prelude::*;
use metrics::{Counts, Proportion, per_class};

use super::figures;
use crate::{I18n, film, i18n::use_i18n, say, tr, words, workbench::Workbench};
use plots::chart::svg::escaped;

/// A figure, of how many, and its interval.
type Figure = (String, String, String);

#[component]
pub fn Classes() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = figures::opened(workbench);
    let table = Signal::derive(move || {
        let opened = opened.get();
        let confusion = opened.map(|opened| opened.report.scores.confusion.clone());
        let counts = per_class(&confusion.unwrap_or_default());
        let row = |(class, counts): (usize, &Counts)| {
            row(i18n, class, &workbench.class_name(class), counts)
        };
        let rows: String = counts.iter().enumerate().map(row).collect();
        format!("{}<tbody>{rows}</tbody>", head(i18n))
    });
    view! {
        <section class="panel classes" aria-labelledby="classes-heading" data-testid="classes">
            <h2 id="classes-heading">{tr!(i18n, report.classes)}</h2>
            <table inner_html=table></table>
            <p class="hint">{tr!(i18n, report.classes_mix)}</p>
            <p class="hint">{tr!(i18n, report.method)}</p>
        </section>
    }
}

fn head(i18n: I18n) -> String {
    let head = |(name, help): (String, String)| {
        format!(
            "<th scope=\"col\"><span class=\"strong\">{}</span><span class=\"hint\">{}</span></th>",
            escaped(&name),
            escaped(&help),
        )
    };
    let heads: String = [
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
    .map(head)
    .concat();
    let class = say!(i18n, report.class);
    format!(
        "<thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>",
        escaped(&class)
    )
}

fn row(i18n: I18n, class: usize, name: &str, counts: &Counts) -> String {
    let cell = |figure: Option<Figure>| match figure {
        Some((value, n, interval)) => format!(
            "<td><span class=\"figure\">{}</span><span class=\"hint\">{}</span><span class=\"hint\">{}</span></td>",
            escaped(&value),
            escaped(&n),
            escaped(&interval),
        ),
        None => {
            let undefined = say!(i18n, report.undefined);
            format!("<td class=\"hint\">{}</td>", escaped(&undefined))
        }
    };
    let cells = [
        share(i18n, counts.sensitivity()),
        share(i18n, counts.specificity()),
        share(i18n, counts.positive_predictive_value()),
        share(i18n, counts.negative_predictive_value()),
        f1(i18n, counts),
    ]
    .map(cell)
    .concat();
    format!(
        "<tr data-testid=\"class-{class}\"><th scope=\"row\"><span class=\"swatch {}\"></span>{}</th>{cells}</tr>",
        film::colour(class),
        escaped(name),
    )
}

fn share(i18n: I18n, score: Option<Proportion>) -> Option<Figure> {
    let score = score?;
    Some((
        words::percent(i18n, score.share()),
        words::hits(i18n, &score),
        words::interval(i18n, &score),
    ))
}

fn f1(i18n: I18n, counts: &Counts) -> Option<Figure> {
    let score = counts.f1()?;
    let concerned = words::films(i18n, counts.total() - counts.true_negatives);
    let low = words::fixed(i18n, score.interval.low, 2);
    let high = words::fixed(i18n, score.interval.high, 2);
    Some((
        words::fixed(i18n, score.value, 2),
        say!(i18n, report.concerned, films = concerned),
        say!(i18n, report.between, low = low, high = high),
    ))
}
