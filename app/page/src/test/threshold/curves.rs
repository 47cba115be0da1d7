//! The ROC and the precision-recall curve, with the operating point on them.

use leptos::prelude::*;
use metrics::{
    Counts,
    auc::{Auc, AucSpread},
    roc::Roc,
};

use super::{super::figures, Desk};
use crate::{I18n, plot::Plot, say, words, workbench::Workbench};
use plots::chart::drawing::{Axis, Datum, Drawing, Look, Series, Shape};
use ui_core::evaluation::threshold::{Detection, nearest, precision_place, roc_place};

const SIZE: (f64, f64) = (420.0, 416.0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    Roc,
    Precision,
}

impl Curve {
    fn id(self) -> &'static str {
        match self {
            Self::Roc => "roc",
            Self::Precision => "precision-recall",
        }
    }

    fn heading(self, i18n: I18n) -> String {
        match self {
            Self::Roc => say!(i18n, report.roc),
            Self::Precision => say!(i18n, report.precision_recall),
        }
    }

    fn place(self) -> fn(&Counts) -> (f64, f64) {
        match self {
            Self::Roc => roc_place,
            Self::Precision => precision_place,
        }
    }

    /// What the curve amounts to in one figure.
    fn figure(self, i18n: I18n, detection: &Detection) -> Option<String> {
        match self {
            Self::Roc => detection.auc().map(|auc| area(i18n, auc)),
            Self::Precision => detection.roc().map(|roc| {
                let value = words::fixed(i18n, roc.average_precision(), 3);
                say!(i18n, report.average_precision, value = value)
            }),
        }
    }

    fn empty(self, i18n: I18n) -> Drawing {
        let sensitivity = Axis::percent(say!(i18n, report.sensitivity_axis));
        let mut drawing = match self {
            Self::Roc => {
                let alarms = Axis::percent(say!(i18n, report.alarms_axis));
                Drawing::new(SIZE, alarms, sensitivity)
            }
            Self::Precision => {
                let right = Axis::percent(say!(i18n, report.precision_axis));
                Drawing::new(SIZE, sensitivity, right)
            }
        };
        drawing.notes = say!(i18n, report.threshold);
        drawing
    }

    /// What the curve of a network that knows nothing would be.
    fn ignorance(self, i18n: I18n, positives: f64) -> Series {
        let (name, points, label) = match self {
            Self::Roc => (
                say!(i18n, report.chance),
                [(0.0, 0.0), (1.0, 1.0)],
                (0.45, 0.42),
            ),
            Self::Precision => (
                say!(i18n, report.always),
                [(0.0, positives), (1.0, positives)],
                (0.05, (positives - 0.05).max(0.04)),
            ),
        };
        Series::line(name, Look::Guide, points).labelled(label)
    }
}

pub fn plot(i18n: I18n, workbench: Workbench, desk: Desk, curve: Curve) -> AnyView {
    let drawing = Memo::new(move |_| {
        let class = workbench.class_name(desk.class.get());
        let at = desk.threshold.get();
        desk.test.with(|test| {
            let mut drawing = curve.empty(i18n);
            if let Some((test, roc)) = test.as_ref().and_then(|test| Some((test, test.roc()?))) {
                let positives = test.positives as f64 / test.films as f64;
                drawing.series = vec![
                    curve.ignorance(i18n, positives),
                    line(i18n, curve, class, roc),
                    operating_point(i18n, curve, roc, at),
                ];
            }
            drawing
        })
    });
    let caption = Signal::derive(move || {
        let class = desk.class.get();
        let (name, other) = (
            workbench.class_name(class),
            figures::other_class(i18n, workbench, class),
        );
        desk.test.with(|test| {
            let Some(test) = test else {
                return String::new();
            };
            let kinds = say!(
                i18n,
                report.kinds,
                films = words::films(i18n, test.films),
                positives = test.positives,
                class = name,
                negatives = test.films - test.positives,
                other = other
            );
            let figure = curve.figure(i18n, test).unwrap_or_default();
            format!("{figure} {kinds}")
        })
    });
    let grab = Callback::new(move |point| {
        let place = desk.of_roc(|roc| nearest(roc, curve.place(), point));
        desk.go_to(place.unwrap_or_default());
    });
    view! {
        <Plot
            id=curve.id()
            heading=Signal::derive(move || curve.heading(i18n))
            caption
            drawing
            grab
        />
    }
    .into_any()
}

fn line(i18n: I18n, curve: Curve, class: String, roc: &Roc) -> Series {
    let datum = |at: &metrics::roc::RocPoint| {
        let threshold = at.threshold.unwrap_or(f64::INFINITY);
        Datum {
            note: figures::threshold(i18n, threshold),
            ..Datum::from(curve.place()(&at.counts))
        }
    };
    Series {
        name: class,
        shape: match curve {
            Curve::Roc => Shape::Line,
            Curve::Precision => Shape::Steps,
        },
        look: Look::Main,
        data: roc.points().iter().map(datum).collect(),
        label: None,
    }
}

fn operating_point(i18n: I18n, curve: Curve, roc: &Roc, threshold: f64) -> Series {
    let written = figures::threshold(i18n, threshold);
    let (x, y) = curve.place()(&roc.at(threshold));
    let datum = Datum {
        note: written.clone(),
        ..Datum::from((x, y))
    };
    let name = say!(i18n, report.point_label, threshold = written);
    let series = Series::dots(name, Look::Point, vec![datum]);
    if y.is_finite() {
        series.labelled((x, (y - 0.06).max(0.03)))
    } else {
        series
    }
}

fn area(i18n: I18n, auc: Auc) -> String {
    let value = words::fixed(i18n, auc.value, 3);
    match auc.spread {
        AucSpread::DeLong { interval, .. } => say!(
            i18n,
            report.auc,
            value = value,
            low = words::fixed(i18n, interval.low, 3),
            high = words::fixed(i18n, interval.high, 3)
        ),
        AucSpread::Separated { pairs, interval } => say!(
            i18n,
            report.auc_separated,
            value = value,
            low = words::fixed(i18n, interval.low, 3),
            high = words::fixed(i18n, interval.high, 3),
            n = pairs
        ),
        AucSpread::NoVariance => say!(i18n, report.auc_no_variance, value = value),
        AucSpread::TooFew => say!(i18n, report.auc_too_few, value = value),
    }
}
