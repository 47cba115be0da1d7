//! One run a row, and in words what differs.

use leptos::prelude::*;

use super::{Chosen, named};
use crate::{
    I18n, i18n::use_i18n, plot::save, say, test::figures, tr, words, workbench::Workbench,
};
use plots::chart::{svg::escaped, table::csv_file};
use ui_core::runs::{Row, Setting, differing};

#[component]
pub fn Table(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let differing = Memo::new(move |_| chosen.with(differing));
    let heads = Signal::derive(move || {
        let first = [say!(i18n, beyond.runs.show), say!(i18n, beyond.runs.number)];
        let head = |head: String| format!("<th scope=\"col\">{}</th>", escaped(&head));
        let heads = first.into_iter().chain(columns(i18n));
        heads.map(head).collect::<String>()
    });
    // Not made keyed when a run is shown or hidden: its box would lose the focus.
    let rows = figures::keyed(move || {
        let view = |row: &Row| row_view(i18n, chosen, row, differing);
        let rows: Vec<AnyView> = chosen.rows.with(|rows| rows.iter().map(view).collect());
        rows.into_any()
    });
    let told_differences = Signal::derive(move || differences(i18n, chosen));
    let keep = move |_| {
        let file = chosen
            .rows
            .with_untracked(|rows| csv_file(lines(i18n, rows)));
        save::save("firstread-runs.csv", "text/csv", &file);
    };
    view! {
        <section class="panel" aria-labelledby="runs-heading">
            <h2 id="runs-heading">{tr!(i18n, beyond.runs.heading)}</h2>
            <p>{tr!(i18n, beyond.runs.lead)}</p>
            <div
                class="wide"
                tabindex="0"
                role="group"
                aria-label=tr!(i18n, beyond.runs.heading)
            >
                <table class="numbers runs-table" data-testid="runs-table">
                    <thead>
                        <tr inner_html=heads></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p role="status" data-testid="runs-differ">
                {told_differences}
            </p>
            <div class="row">
                <button type="button" class="quiet start" data-testid="runs-save" on:click=keep>
                    {tr!(i18n, beyond.runs.save)}
                </button>
                {go_back(i18n, workbench)}
            </div>
        </section>
    }
}

/// A new training takes the place of the network before it, which is not lost with that.
fn go_back(i18n: I18n, workbench: Workbench) -> AnyView {
    let before = Memo::new(move |_| workbench.state.with(|state| state.can_go_back()));
    let words = move || {
        let run = before.get();
        run.map(|run| say!(i18n, beyond.runs.go_back, n = run.0))
    };
    view! {
        <button
            type="button"
            class="quiet"
            data-testid="runs-go-back"
            hidden=move || before.get().is_none()
            on:click=move |_| workbench.state.update(|state| state.go_back())
        >
            {words}
        </button>
    }
    .into_any()
}

fn row_view(i18n: I18n, chosen: Chosen, row: &Row, differing: Memo<Vec<Setting>>) -> AnyView {
    let id = row.id;
    let cell = |words: String, setting: Option<Setting>| {
        let differs = Signal::derive(move || {
            let differs = |setting| differing.with(|differing| differing.contains(&setting));
            chosen.shows(id) && setting.is_some_and(differs)
        });
        let mark = Signal::derive(move || {
            if differs.get() {
                say!(i18n, beyond.runs.differs)
            } else {
                String::new()
            }
        });
        view! {
            <td>
                {words}
                <span class="differs">{mark}</span>
            </td>
        }
        .into_any()
    };
    let scores = named::scores(i18n, row).map(|score| cell(score, None));
    let settings =
        Setting::ALL.map(|setting| cell(named::value(i18n, setting, row), Some(setting)));
    let cells: Vec<AnyView> = scores.into_iter().chain(settings).collect();
    view! {
        <tr data-testid=format!("run-{}", id.0)>
            <td>
                <input
                    type="checkbox"
                    aria-label=say!(i18n, beyond.runs.show_run, n = id.0)
                    data-testid=format!("show-run-{}", id.0)
                    prop:checked=untrack(|| chosen.shows(id))
                    on:change=move |event| chosen.show(id, event_target_checked(&event))
                />
            </td>
            <th scope="row">{named::number(i18n, row)}</th>
            {cells}
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
        let told: Vec<String> = told.collect();
        if told.is_empty() {
            return say!(i18n, beyond.runs.same);
        }
        let settings = words::all_of(i18n, &told);
        say!(i18n, beyond.runs.differ, settings = settings)
    })
}
