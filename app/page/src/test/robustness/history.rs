//! The changes that have been tried with this network, against the unchanged films.

use imaging::perturb::Perturbation;
use leptos::prelude::*;
use metrics::auc::{Auc, AucSpread};

use super::{described, result::before};
use crate::{
    I18n, i18n::use_i18n, plot::Plot, say, test::figures, tr, words, workbench::Workbench,
};
use plots::chart::drawing::{Axis, Datum, Drawing, Look, Series, Shape};
use protocol::{Explanation, ExplanationResult};
use ui_core::robustness::Judged;

const SIZE: (f64, f64) = (640.0, 240.0);

/// A value with the ends of its interval.
type Value = (f64, Option<(f64, f64)>);

#[component]
pub fn History(change: RwSignal<Perturbation>) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let tried = Memo::new(move |_| tried(workbench));
    let unchanged = Memo::new(move |_| before(workbench).map(|report| Judged::of(&report)));
    let two = Memo::new(move |_| {
        unchanged.with(|unchanged| {
            unchanged
                .as_ref()
                .is_some_and(|judged| judged.area().is_some())
        })
    });
    let any = Memo::new(move |_| tried.with(|tried| !tried.is_empty()));
    let caption = Signal::derive(move || {
        let n = unchanged.with(|judged| judged.as_ref().map_or(0, |judged| judged.accuracy.n));
        let films = words::films(i18n, n);
        say!(i18n, beyond.changes.history_caption, films = films)
    });
    let drawing = move |value: fn(&Judged) -> Option<Value>, up: fn(I18n, f64) -> Axis| {
        Signal::derive(move || {
            let unchanged = unchanged.with(|judged| judged.as_ref().and_then(value));
            tried.with(|tried| {
                let values = tried.iter().filter_map(|(_, judged)| value(judged));
                let low = |(height, interval): Value| interval.map_or(height, |(low, _)| low);
                let lowest = values.chain(unchanged).map(low).fold(1.0, f64::min);
                strip(i18n, tried, value, unchanged, up(i18n, lowest))
            })
        })
    };
    let again = move |(place, (own, _)): (usize, &(Perturbation, Judged))| {
        let own = *own;
        let words = format!("{}. {}", place + 1, described(i18n, &own));
        view! {
            <li>
                <span>{words}</span>
                <button type="button" class="quiet" on:click=move |_| change.set(own)>
                    {tr!(i18n, beyond.changes.show)}
                </button>
            </li>
        }
        .into_any()
    };
    let list = figures::keyed(move || {
        let list: Vec<AnyView> = tried.with(|tried| tried.iter().enumerate().map(again).collect());
        list.into_any()
    });
    let plot = move |id: &'static str, heading: Signal<String>, drawing: Signal<Drawing>| {
        view! { <Plot id heading caption drawing /> }.into_any()
    };
    let right = drawing(accuracy, accuracy_axis);
    let areas = drawing(area, area_axis);
    // Of no change there is no axis.
    let strips = figures::keyed(move || {
        let mut strips = Vec::new();
        if any.get() {
            let heading = tr!(i18n, beyond.changes.history_accuracy);
            strips.push(plot("changes-accuracy", heading, right));
        }
        if any.get() && two.get() {
            let heading = tr!(i18n, beyond.changes.history_area);
            strips.push(plot("changes-auc", heading, areas));
        }
        strips.into_any()
    });
    let some = Signal::derive(move || any.get());
    view! {
        <section class="panel" aria-labelledby="history-heading" data-testid="changes-history">
            <h2 id="history-heading">{tr!(i18n, beyond.changes.history)}</h2>
            <p class="hint" hidden=some>{tr!(i18n, beyond.changes.history_none)}</p>
            <div class="strips">{strips}</div>
            <ol class="tried">{list}</ol>
        </section>
    }
}

fn tried(workbench: Workbench) -> Vec<(Perturbation, Judged)> {
    workbench.state.with(|state| {
        let changed = |(about, finding): (&Explanation, &ExplanationResult)| match (about, finding)
        {
            (&Explanation::Changed { perturbation }, ExplanationResult::Changed(report)) => {
                Some((perturbation, Judged::of(report)))
            }
            _ => None,
        };
        state.explanations.found_all().filter_map(changed).collect()
    })
}

/// One point a change, in the order of trying.
fn strip(
    i18n: I18n,
    tried: &[(Perturbation, Judged)],
    value: fn(&Judged) -> Option<Value>,
    unchanged: Option<Value>,
    up: Axis,
) -> Drawing {
    let names = (1..=tried.len()).map(|place| place.to_string()).collect();
    let across = Axis::places(say!(i18n, beyond.changes.history_axis), names);
    let mut series = Vec::new();
    if let Some((height, _)) = unchanged {
        let name = say!(i18n, beyond.changes.unchanged_line);
        let line = [(across.low, height), (across.high, height)];
        series.push(Series::line(name, Look::Guide, line).labelled((across.low, height)));
    }
    for (place, (change, judged)) in tried.iter().enumerate() {
        let Some((height, interval)) = value(judged) else {
            continue;
        };
        let datum = Datum {
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
            ..Datum::from((place as f64, height))
        };
        series.push(Series {
            shape: Shape::Whiskers,
            ..Series::dots(described(i18n, change), Look::Main, vec![datum])
        });
    }
    Drawing {
        series,
        ..Drawing::new(SIZE, across, up)
    }
}

fn accuracy(judged: &Judged) -> Option<Value> {
    let score = judged.accuracy;
    (score.n > 0).then(|| (score.share(), Some((score.low, score.high))))
}

fn area(judged: &Judged) -> Option<Value> {
    let Auc { value, spread } = (*judged.area()?).ok()?;
    let interval = match spread {
        AucSpread::DeLong { interval, .. } | AucSpread::Separated { interval, .. } => {
            Some((interval.low, interval.high))
        }
        AucSpread::NoVariance | AucSpread::TooFew => None,
    };
    Some((value, interval))
}

fn accuracy_axis(i18n: I18n, _: f64) -> Axis {
    Axis::percent(say!(i18n, beyond.changes.accuracy_axis))
}

/// From 0.5, the AUC of chance, where nothing lies below it.
fn area_axis(i18n: I18n, lowest: f64) -> Axis {
    let low = if lowest < 0.5 { 0.0 } else { 0.5 };
    Axis::numbers(say!(i18n, beyond.changes.area_axis), low, 1.0)
}
