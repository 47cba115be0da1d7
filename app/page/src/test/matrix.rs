//! The confusion matrix; every number opens its films.

use imaging::report::{TestFilm, TestReport};
use leptos::prelude::*;

use crate::{film, film::FilmCard, i18n::use_i18n, say, tr, words, workbench::Workbench};
use ui_core::state::AppState;

/// A cell: truth and answer.
type MatrixCell = (usize, usize);

#[component]
pub fn Matrix() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let report = Memo::new(move |_| report(workbench));
    let chosen = RwSignal::new(None::<MatrixCell>);
    let classes = move || {
        report
            .get()
            .map_or(0, |report| report.scores.confusion.len())
    };
    let head = move |answer: usize| {
        let name = move || say!(i18n, test.answer, class = workbench.class_name(answer));
        view! { <th scope="col">{name}</th> }
    };
    let cell = move |truth: usize, answer: usize| {
        let count = move || {
            let confusion = report.get().map(|report| report.scores.confusion);
            confusion.map_or(0, |confusion| confusion[truth][answer])
        };
        let label = move || {
            let films = words::films(i18n, count());
            let (truth, answer) = (workbench.class_name(truth), workbench.class_name(answer));
            say!(
                i18n,
                test.cell,
                films = films,
                truth = truth,
                answer = answer
            )
        };
        view! {
            <td>
                <button
                    type="button"
                    class="cell"
                    class:cell-right=truth == answer
                    data-testid=format!("cell-{truth}-{answer}")
                    aria-label=label
                    aria-pressed=move || (chosen.get() == Some((truth, answer))).to_string()
                    on:click=move |_| chosen.set(Some((truth, answer)))
                >
                    {count}
                </button>
            </td>
        }
    };
    let row = move |truth: usize| {
        view! {
            <tr>
                <th scope="row">
                    <span class=format!("swatch {}", film::colour(truth))></span>
                    {move || workbench.class_name(truth)}
                </th>
                {(0..classes()).map(|answer| cell(truth, answer)).collect_view()}
            </tr>
        }
    };
    view! {
        <section class="panel" aria-labelledby="matrix-heading">
            <h2 id="matrix-heading">{tr!(i18n, test.matrix)}</h2>
            <p class="hint">{tr!(i18n, test.matrix_help)}</p>
            <table class="matrix" data-testid="matrix">
                <thead>
                    <tr>
                        <th scope="col">{tr!(i18n, test.truth)}</th>
                        {move || (0..classes()).map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{move || (0..classes()).map(row).collect_view()}</tbody>
            </table>
            {move || chosen.get().map(|cell| view! { <CellFilms cell report /> })}
        </section>
    }
}

#[component]
fn CellFilms(cell: MatrixCell, report: Memo<Option<TestReport>>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let (truth, answer) = cell;
    let heading = move || {
        let (truth, answer) = (workbench.class_name(truth), workbench.class_name(answer));
        say!(i18n, test.cell_heading, truth = truth, answer = answer)
    };
    let films = move || {
        let all = report.get().map(|report| report.films).unwrap_or_default();
        let here = move |film: &TestFilm| film.answer() == answer;
        all.into_iter().filter(here).collect::<Vec<_>>()
    };
    let card = move |tested: TestFilm| {
        let probability = tested
            .probabilities
            .get(answer)
            .copied()
            .unwrap_or_default();
        let class = workbench.class_name(answer);
        let share = words::surety(i18n, probability);
        let note = say!(i18n, test.surety, class = class, share = share);
        view! { <FilmCard sample=tested.sample note examined=true /> }
    };
    view! {
        <div data-testid="cell-films">
            <h3>{heading}</h3>
            <Show when=move || films().is_empty()>
                <p class="hint">{tr!(i18n, test.cell_empty)}</p>
            </Show>
            <div class="light-box">{move || films().into_iter().map(card).collect_view()}</div>
        </div>
    }
}

fn report(workbench: Workbench) -> Option<TestReport> {
    let report = |state: &AppState| state.opened().map(|opened| opened.report.clone());
    workbench.state.with(report)
}
