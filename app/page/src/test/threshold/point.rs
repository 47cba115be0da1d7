//! The operating point: its threshold, its four counts and their films.

use imaging::report::TestFilm;
use leptos::prelude::*;
use metrics::decision;

use super::{
    super::{figures, slider::Slider},
    Desk, EVEN, no_curve,
};
use crate::{I18n, film::FilmCard, say, tr, words, workbench::Workbench};
use ui_core::evaluation::threshold::Detection;

/// Whether the films show it, and whether it was answered.
type CountCell = (bool, bool);

pub fn panel(i18n: I18n, workbench: Workbench, desk: Desk) -> AnyView {
    let spoken = Signal::derive(move || {
        let threshold = figures::threshold(i18n, desk.threshold.get());
        let class = workbench.class_name(desk.class.get());
        say!(
            i18n,
            report.point_text,
            threshold = threshold,
            class = class
        )
    });
    let last = move || desk.of_roc(|roc| roc.points().len() - 1);
    let slider = Slider {
        id: "operating-point",
        label: tr!(i18n, report.point_slider),
        text: spoken,
        last: Signal::derive(move || last().unwrap_or_default()),
        value: Signal::derive(move || desk.place()),
        set: Callback::new(move |place| desk.go_to(place)),
    };
    let measured = move |of: fn(&metrics::Counts) -> Option<metrics::Proportion>| {
        Signal::derive(move || {
            let score = desk.counts.get().and_then(|counts| of(&counts));
            figures::measured(i18n, score)
        })
    };
    view! {
        <section class="panel point" aria-labelledby="point-heading">
            <h2 id="point-heading">{tr!(i18n, report.point)}</h2>
            {slider.view()}
            <div class="pair">
                <Table desk />
                <dl class="facts" aria-live="polite">
                    <dt>{tr!(i18n, report.sensitivity)}</dt>
                    <dd data-testid="sensitivity">{measured(|counts| counts.sensitivity())}</dd>
                    <dt>{tr!(i18n, report.specificity)}</dt>
                    <dd data-testid="specificity">{measured(|counts| counts.specificity())}</dd>
                </dl>
            </div>
            <Choices desk />
        </section>
    }
    .into_any()
}

/// Ways to a threshold that do not look at the test films.
#[component]
fn Choices(desk: Desk) -> impl IntoView {
    let i18n = crate::i18n::use_i18n();
    let best = move || {
        desk.validation.with(|validation| {
            let roc = validation.as_ref()?.roc()?;
            let best = decision::youden(roc);
            Some((roc.alike(&best), roc.middle(&best), best.counts))
        })
    };
    let found = Signal::derive(move || match best() {
        Some(([_, high], _, counts)) if high.is_infinite() => {
            let films = words::films(i18n, counts.total());
            say!(i18n, report.best_above, films = films)
        }
        Some(([low, high], middle, counts)) => say!(
            i18n,
            report.best,
            films = words::films(i18n, counts.total()),
            low = figures::threshold(i18n, low),
            high = figures::threshold(i18n, high),
            threshold = figures::threshold(i18n, middle)
        ),
        None => {
            let reason = desk.validation.with(|validation| {
                let curve = |detection: &Detection| detection.curve.as_ref().err().copied();
                validation.as_ref().and_then(curve)
            });
            let reason = reason.map(|reason| no_curve(i18n, reason));
            say!(i18n, report.no_best, reason = reason.unwrap_or_default())
        }
    });
    let none = Signal::derive(move || best().is_none());
    let use_best = move |_| {
        if let Some((_, middle, _)) = best() {
            desk.threshold.set(middle);
        }
    };
    view! {
        <p class="hint">{tr!(i18n, report.flatters)}</p>
        <p data-testid="best-threshold">{found}</p>
        <div class="row">
            <button
                type="button"
                data-testid="use-best"
                disabled=none
                on:click=use_best
            >
                {tr!(i18n, report.use_best)}
            </button>
            <button type="button" data-testid="use-even" on:click=move |_| desk.threshold.set(EVEN)>
                {tr!(i18n, report.use_even)}
            </button>
        </div>
    }
}

/// The four counts; each opens its films.
#[component]
fn Table(desk: Desk) -> impl IntoView {
    let i18n = crate::i18n::use_i18n();
    let workbench = expect_context::<Workbench>();
    let chosen = RwSignal::new(None::<CountCell>);
    let name = move |positive: bool| class_or_others(i18n, workbench, desk, positive);
    let row = move |shown: bool| {
        let button = |said: bool| count_button(i18n, workbench, desk, chosen, (shown, said));
        view! {
            <tr>
                <th scope="row">{Signal::derive(move || name(shown))}</th>
                {[true, false].map(button).collect_view()}
            </tr>
        }
    };
    let head = move |said: bool| {
        let words = tr!(i18n, test.answer, class = name(said));
        view! { <th scope="col">{words}</th> }
    };
    let shown = figures::keyed(move || match chosen.get() {
        Some(cell) => films_view(i18n, workbench, desk, cell),
        None => ().into_any(),
    });
    view! {
        <div>
            <table class="matrix" data-testid="counts-at-threshold">
                <thead>
                    <tr>
                        <th scope="col">{tr!(i18n, test.truth)}</th>
                        {[true, false].map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{[true, false].map(row).collect_view()}</tbody>
            </table>
            {shown}
        </div>
    }
}

/// The class that counts as positive, or what all others are called.
fn class_or_others(i18n: I18n, workbench: Workbench, desk: Desk, positive: bool) -> String {
    let class = desk.class.get();
    if positive {
        workbench.class_name(class)
    } else {
        figures::other_class(i18n, workbench, class)
    }
}

/// A cell of the table with the button that opens its films.
fn count_button(
    i18n: I18n,
    workbench: Workbench,
    desk: Desk,
    chosen: RwSignal<Option<CountCell>>,
    (shown, said): CountCell,
) -> AnyView {
    let count = move || {
        let counts = desk.counts.get().unwrap_or_default();
        match (shown, said) {
            (true, true) => counts.true_positives,
            (true, false) => counts.false_negatives,
            (false, true) => counts.false_positives,
            (false, false) => counts.true_negatives,
        }
    };
    let label = Signal::derive(move || {
        let films = words::films(i18n, count());
        let name = |positive| class_or_others(i18n, workbench, desk, positive);
        let (truth, answer) = (name(shown), name(said));
        say!(
            i18n,
            test.cell,
            films = films,
            truth = truth,
            answer = answer
        )
    });
    view! {
        <td>
            <button
                type="button"
                class="cell"
                class:cell-right=shown == said
                data-testid=format!("count-{shown}-{said}")
                aria-label=label
                aria-pressed=move || (chosen.get() == Some((shown, said))).to_string()
                on:click=move |_| {
                    chosen.update(|cell| {
                        let here = Some((shown, said));
                        *cell = if *cell == here { None } else { here };
                    })
                }
            >
                {count}
            </button>
        </td>
    }
    .into_any()
}

fn films_of(desk: Desk, cell: CountCell) -> Vec<TestFilm> {
    let (class, threshold) = (desk.class.get(), desk.threshold.get());
    let here = move |film: &TestFilm| {
        let probability = film.probabilities.get(class).copied().unwrap_or(f32::NAN);
        (film.class == class, f64::from(probability) >= threshold) == cell
    };
    let all = desk.opened.get();
    let all = all.map(|opened| opened.report.films.clone());
    let mut films = all.unwrap_or_default();
    films.retain(here);
    films
}

fn films_view(i18n: I18n, workbench: Workbench, desk: Desk, cell: CountCell) -> AnyView {
    let card = move |film: TestFilm| {
        let class = desk.class.get();
        let probability = film.probabilities.get(class).copied().unwrap_or_default();
        let note = say!(
            i18n,
            test.surety,
            class = workbench.class_name(class),
            share = words::surety(i18n, probability)
        );
        view! { <FilmCard sample=film.sample note /> }
    };
    let films = films_of(desk, cell);
    let empty = films.is_empty().then(|| say!(i18n, test.cell_empty));
    let name = |positive| class_or_others(i18n, workbench, desk, positive);
    let (truth, answer) = (name(cell.0), name(cell.1));
    view! {
        <div class="point-films" data-testid="point-films">
            <h3>{say!(i18n, test.cell_heading, truth = truth, answer = answer)}</h3>
            <p class="hint">{empty.unwrap_or_default()}</p>
            <div class="light-box">{films.into_iter().map(card).collect_view()}</div>
        </div>
    }
    .into_any()
}
