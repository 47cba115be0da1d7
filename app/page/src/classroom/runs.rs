//! All runs that were gathered, one a row.

use leptos::prelude::*;

use super::{Hall, words};
use crate::{
    i18n::{I18n, use_i18n},
    plot::save,
    say,
    test::figures,
    tr, words as common,
};
use metrics::Proportion;
use plots::chart::table::csv_file;
use ui_core::classroom::code::{Code, Counted};

#[component]
pub fn Runs() -> impl IntoView {
    let i18n = use_i18n();
    let hall = expect_context::<Hall>();
    let rows = figures::keyed(move || {
        let row = |code: &Code| row(i18n, hall, *code);
        let rows: Vec<AnyView> = hall
            .pool
            .with(|pool| pool.codes().iter().map(row).collect());
        rows.into_any()
    });
    let any = Memo::new(move |_| hall.pool.with(|pool| !pool.codes().is_empty()));
    let heads = move || {
        let head = |head: String| view! { <th scope="col">{head}</th> };
        heads(i18n).into_iter().map(head).collect_view()
    };
    let keep = move |_| {
        let mut lines = vec![heads_of_file(i18n)];
        hall.pool
            .with_untracked(|pool| lines.extend(pool.codes().iter().map(|code| line(i18n, code))));
        save::save("firstread-room.csv", "text/csv", &csv_file(lines));
    };
    view! {
        <details class="notice room-runs" hidden=move || !any.get() data-testid="room-runs">
            <summary>{tr!(i18n, room.runs.heading)}</summary>
            <div
                class="wide"
                tabindex="0"
                role="group"
                aria-label=tr!(i18n, room.runs.heading)
            >
                <table class="numbers">
                    <thead><tr>{heads}<td></td></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <button type="button" class="quiet start" data-testid="room-save" on:click=keep>
                {tr!(i18n, beyond.runs.save)}
            </button>
        </details>
    }
}

fn heads(i18n: I18n) -> Vec<String> {
    vec![
        say!(i18n, room.runs.code),
        say!(i18n, room.join.arm),
        say!(i18n, room.join.seed),
        say!(i18n, room.measure.validation),
        say!(i18n, room.measure.test),
        say!(i18n, room.measure.arms_experiment),
    ]
}

fn heads_of_file(i18n: I18n) -> Vec<String> {
    let mut heads = heads(i18n);
    heads.push(say!(i18n, room.results.kind));
    heads
}

fn cells(i18n: I18n, code: &Code) -> [String; 6] {
    let score = |score: Option<Counted>| match score {
        Some(score) => {
            let score = Proportion::new(score.correct as usize, score.n as usize);
            common::hits(i18n, &score)
        }
        None => String::new(),
    };
    [
        code.text(),
        words::arm(i18n, code.arm),
        code.seed.to_string(),
        score(Some(code.validation)),
        score(code.test),
        score(code.arms_experiment),
    ]
}

fn line(i18n: I18n, code: &Code) -> Vec<String> {
    let mut line = cells(i18n, code).to_vec();
    line.push(words::kind(
        i18n,
        ui_core::classroom::pool::Kind::of_run(code),
    ));
    line
}

fn row(i18n: I18n, hall: Hall, code: Code) -> AnyView {
    let [text, rest @ ..] = cells(i18n, &code);
    let label = say!(i18n, room.runs.remove_one, code = text);
    let rest = rest.map(|cell| view! { <td>{cell}</td> });
    view! {
        <tr>
            <th scope="row"><code>{text}</code></th>
            {rest}
            <td>
                <button
                    type="button"
                    class="quiet"
                    aria-label=label
                    on:click=move |_| hall.pool.update(|pool| pool.remove(&code))
                >
                    {say!(i18n, room.runs.remove)}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
