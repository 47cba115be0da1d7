//! The learning curves of the report.

use crate::{
    i18n::I18n,
    say,
    train::plot::{Curve, Wording},
};
use plots::chart::svg;
use ui_core::{
    curves::Curves,
    handout::document::{Block, Section},
    state::Run,
};

pub fn section(i18n: I18n, run: &Run) -> Section {
    let n = run.epochs.last().map_or(0, |epoch| epoch.validation.n);
    let by_epoch = Curves {
        batches: Vec::new(),
        ..Curves::loss(run)
    };
    Section {
        heading: say!(i18n, train.curves),
        blocks: vec![Block::Pair([
            (
                drawn(i18n, Curve::Accuracy, &Curves::accuracy(run)),
                say!(i18n, takeaway.accuracy_caption, n = n),
            ),
            (
                drawn(i18n, Curve::Loss, &by_epoch),
                say!(i18n, takeaway.loss_caption),
            ),
        ])],
    }
}

fn drawn(i18n: I18n, measure: Curve, curves: &Curves) -> String {
    let drawing = measure.drawing(i18n, curves, Wording::Terms);
    let (width, height) = drawing.size;
    // What the figure shows is in its caption and in the numbers above.
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{}</svg>",
        svg::body(&drawing, i18n.language())
    )
}
