//! The learning curves of the report.

use crate::{i18n::I18n, say};
use plots::chart::{
    drawing::{Axis, Drawing, Look, Series},
    keep_apart, svg,
};
use ui_core::{
    curves::Curves,
    handout::document::{Block, Section},
    state::Run,
};

const SIZE: (f64, f64) = (440.0, 280.0);
/// Room behind the last step for the names of the lines.
const BEHIND: f64 = 1.32;

pub fn section(i18n: I18n, run: &Run) -> Section {
    let accuracy = Curves::accuracy(run);
    let share = Axis::percent(say!(i18n, takeaway.share));
    let loss = Curves::loss(run);
    let height = Axis::numbers(say!(i18n, train.loss), 0.0, loss.top);
    let n = run.epochs.last().map_or(0, |epoch| epoch.validation.n);
    let caption = say!(i18n, takeaway.accuracy_caption, n = n);
    Section {
        heading: say!(i18n, train.curves),
        blocks: vec![Block::Pair([
            (drawn(i18n, &accuracy, share), caption),
            (
                drawn(i18n, &loss, height),
                say!(i18n, takeaway.loss_caption),
            ),
        ])],
    }
}

fn drawn(i18n: I18n, curves: &Curves, up: Axis) -> String {
    let mut across = Axis::numbers(say!(i18n, train.steps_axis), 0.0, curves.steps_total);
    across.high *= BEHIND;
    let (low, high) = (up.low, up.high);
    let mut drawing = Drawing::new(SIZE, across, up);
    let training = say!(i18n, train.training_line);
    let validation = say!(i18n, train.validation_line);
    let label = |drawing: &Drawing| {
        let last = |points: &plots::chart::Points| points.last().copied();
        let (training, validation) = (last(&curves.training)?, last(&curves.validation)?);
        let gap = 17.0 / (drawing.frame().bottom - drawing.frame().top) * (high - low);
        let (first, second) = keep_apart(training.1, validation.1, gap);
        Some(((training.0, first), (validation.0, second)))
    };
    let ends = label(&drawing);
    let mut training = Series::line(training, Look::Soft, curves.training.iter().copied());
    let mut validation = Series::line(validation, Look::Main, curves.validation.iter().copied());
    training.label = ends.map(|ends| ends.0);
    validation.label = ends.map(|ends| ends.1);
    if let Some(at) = curves.unfrozen {
        let name = say!(i18n, train.unfrozen);
        let marker = Series::line(name, Look::Guide, [(at, low), (at, high)]);
        drawing
            .series
            .push(marker.labelled((at, low + 0.06 * (high - low))));
    }
    drawing.series.extend([training, validation]);
    let (width, height) = drawing.size;
    // What the figure shows is in its caption and in the numbers above.
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{}</svg>",
        svg::body(&drawing, i18n.language())
    )
}
