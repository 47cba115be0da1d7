//! One run a row, and in words what differs.

use leptos::prelude::*;

use super::{Chosen, named};
use crate::{
    chart::table::csv_file,
    i18n::use_i18n,
    page::{I18n, plot::save, say, told},
    runs::{Row, Setting, differing},
};

#[component]
pub fn Table(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let differing = Memo::new(move |_| chosen.with(differing));
    let heads = move || {
        let mut heads = vec![say!(i18n, beyond.runs.show), say!(i18n, beyond.runs.number)];
        heads.extend(columns(i18n));
        let head = |head: String| view! { <th scope="col">{head}</th> };
        heads.into_iter().map(head).collect_view()
    };
    let rows = move || {
        let differing = differing.get();
        let view = |row: &Row| row_view(i18n, chosen, row, &differing);
        chosen
            .rows
            .with(|rows| rows.iter().map(view).collect_view())
    };
    let keep = move |_| {
        let file = chosen
            .rows
            .with_untracked(|rows| csv_file(lines(i18n, rows)));
        save::save("firstread-runs.csv", "text/csv", &file);
    };
    view! {
        <section class="panel" aria-labelledby="runs-heading">
            <h2 id="runs-heading">{told!(i18n, beyond.runs.heading)}</h2>
            <p>{told!(i18n, beyond.runs.lead)}</p>
            <div
                class="wide"
                tabindex="0"
                role="group"
                aria-label=told!(i18n, beyond.runs.heading)
            >
                <table class="numbers runs-table" data-testid="runs-table">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p role="status" data-testid="runs-differ">
                {move || differences(i18n, chosen)}
            </p>
            <button type="button" class="quiet start" data-testid="runs-save" on:click=keep>
                {told!(i18n, beyond.runs.save)}
            </button>
        </section>
    }
}

fn row_view(i18n: I18n, chosen: Chosen, row: &Row, differing: &[Setting]) -> AnyView {
    let id = row.id;
    let shown = chosen.shows(id);
    let cells = Setting::ALL.into_iter().map(|setting| {
        let differs = shown && differing.contains(&setting);
        let mark = differs.then(|| {
            view! { <span class="differs">{say!(i18n, beyond.runs.differs)}</span> }
        });
        view! {
            <td>
                {named::value(i18n, setting, row)}
                {mark}
            </td>
        }
    });
    let scores = named::scores(i18n, row)
        .map(|score| view! { <td>{score}</td> })
        .collect_view();
    view! {
        <tr data-testid=format!("run-{}", id.0)>
            <td>
                <input
                    type="checkbox"
                    aria-label=say!(i18n, beyond.runs.show_run, n = id.0)
                    data-testid=format!("show-run-{}", id.0)
                    prop:checked=shown
                    on:change=move |event| chosen.show(id, event_target_checked(&event))
                />
            </td>
            <th scope="row">{named::number(i18n, row)}</th>
            {scores}
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

fn columns(i18n: I18n) -> Vec<String> {
    let settings = Setting::ALL.map(|setting| named::setting(i18n, setting));
    let scores = named::scores_of(i18n);
    scores.into_iter().chain(settings).collect()
}

fn lines(i18n: I18n, rows: &[Row]) -> Vec<Vec<String>> {
    let mut head = vec![say!(i18n, beyond.runs.number)];
    head.extend(columns(i18n));
    let line = |row: &Row| {
        let mut line = vec![named::number(i18n, row)];
        line.extend(named::scores(i18n, row));
        line.extend(Setting::ALL.map(|setting| named::value(i18n, setting, row)));
        line
    };
    std::iter::once(head).chain(rows.iter().map(line)).collect()
}

/// "These differ in dropout (0, 0.5) and seed (1, 2)."
fn differences(i18n: I18n, chosen: Chosen) -> String {
    chosen.with(|rows| {
        if rows.len() < 2 {
            return say!(i18n, beyond.runs.one);
        }
        let told = differing(rows).into_iter().map(|setting| {
            let mut values: Vec<String> = rows
                .iter()
                .map(|row| named::value(i18n, setting, row))
                .collect();
            values.sort();
            values.dedup();
            let name = named::setting(i18n, setting).to_lowercase();
            let values = values.join("; ");
            say!(
                i18n,
                beyond.runs.setting_values,
                setting = name,
                values = values
            )
        });
        let mut told: Vec<String> = told.collect();
        let settings = match (told.pop(), told.is_empty()) {
            (None, _) => return say!(i18n, beyond.runs.same),
            (Some(only), true) => only,
            (Some(last), false) => {
                say!(i18n, beyond.and, names = told.join(", "), last = last)
            }
        };
        say!(i18n, beyond.runs.differ, settings = settings)
    })
}
