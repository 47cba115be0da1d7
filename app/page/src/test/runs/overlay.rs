//! The validation curves of several runs in one plot.

use leptos::prelude::*;

use super::{Chosen, named};
use crate::{I18n, i18n::use_i18n, plot::Plot, say, test::figures, tr};
use plots::chart::drawing::{Axis, Drawing, Look, Series};
use ui_core::{
    embedding_map::{palette, spread},
    runs::Row,
};

const SIZE: (f64, f64) = (640.0, 320.0);
/// Names of lines that end this near to each other are kept a line apart.
const NAME_WIDTH: f64 = 80.0;
const NAME_GAP: f64 = 16.0;
/// Room for the names behind the last epoch.
const BEHIND: f64 = 1.12;

#[component]
pub fn Overlay(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let drawing = Memo::new(move |_| chosen.with(|rows| drawing(i18n, rows)));
    let caption = Signal::derive(move || {
        let n = |row: &&Row| {
            let score = row.validation?.accuracy;
            let run = named::run(i18n, row);
            Some(say!(i18n, beyond.runs.plot_n, run = run, n = score.n))
        };
        let ns = chosen.with(|rows| rows.iter().filter_map(n).collect::<Vec<_>>());
        say!(i18n, beyond.runs.plot_caption, ns = ns.join(", "))
    });
    let none = Memo::new(move |_| drawing.with(|drawing| drawing.series.is_empty()));
    figures::keyed(move || match none.get() {
        true => view! { <p class="hint">{tr!(i18n, beyond.runs.plot_none)}</p> }.into_any(),
        false => view! { <Plot id="runs" heading=tr!(i18n, beyond.runs.plot) caption drawing /> }
            .into_any(),
    })
}

fn drawing(i18n: I18n, rows: &[&Row]) -> Drawing {
    let drawn: Vec<&Row> = rows
        .iter()
        .copied()
        .filter(|row| !row.curve.is_empty())
        .collect();
    let longest = drawn.iter().map(|row| row.curve.len()).max().unwrap_or(1);
    let across = Axis::counts(say!(i18n, beyond.runs.epoch_axis), longest as f64, BEHIND);
    let up = Axis::percent(say!(i18n, beyond.runs.accuracy_axis));
    let mut drawing = Drawing::new(SIZE, across, up);
    let end = |row: &&Row| {
        let last = row.curve.last().copied().unwrap_or_default();
        drawing.place(row.curve.len() as f64, last)
    };
    let mut labels: Vec<(f64, f64)> = drawn.iter().map(end).collect();
    spread(&mut labels, NAME_WIDTH, NAME_GAP);
    let line = |(at, (row, (x, y))): (usize, (&&Row, (f64, f64)))| {
        let points = (1..).map(f64::from).zip(row.curve.iter().copied());
        let (width, height) = drawing.size;
        // A single epoch is no line yet.
        let series = match row.curve.len() {
            1 => Series::dots(
                named::run(i18n, row),
                Look::Class(palette(at)),
                points.map(Into::into).collect(),
            ),
            _ => Series::line(named::run(i18n, row), Look::Class(palette(at)), points),
        };
        series.labelled(drawing.read(x / width, y / height))
    };
    drawing.series = drawn.iter().zip(labels).enumerate().map(line).collect();
    drawing
}
