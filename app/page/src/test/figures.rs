//! What the sections behind the door share: the opened test, and its figures in words.

use std::sync::Arc;

use leptos::prelude::*;
use metrics::{self, Estimate, Interval, Proportion, balanced_accuracy, patients::FEWEST_PATIENTS};

use crate::{I18n, i18n::use_i18n, say, words, workbench::Workbench};
use protocol::TestResult;
use text::number;

/// What was behind the door.
pub fn opened(workbench: Workbench) -> Memo<Option<Arc<TestResult>>> {
    let opened = Memo::new(move |_| workbench.state.with(|state| state.opened().cloned()));
    Memo::new(move |_| opened.get().map(Arc::new))
}

/// All but the class; with two classes, the other one.
pub fn other_class(i18n: I18n, workbench: Workbench, class: usize) -> String {
    let classes = workbench.films.with(|films| {
        let films = films.as_ref();
        films.map_or(0, |films| films.data.classes.len())
    });
    match (classes, class) {
        (2, 0 | 1) => workbench.class_name(1 - class),
        _ => say!(i18n, report.not_class, class = workbench.class_name(class)),
    }
}

/// "95 % (18 of 19; 75 to 99 %)".
pub fn measured(i18n: I18n, score: Option<Proportion>) -> String {
    match score {
        Some(score) => say!(
            i18n,
            report.measured,
            share = words::percent(i18n, score.share()),
            right = words::hits(i18n, &score),
            interval = words::interval(i18n, &score)
        ),
        None => say!(i18n, report.undefined),
    }
}

/// Classes of which not one film was recognised, which a high accuracy can hide; nothing if there are none.
pub fn never_found(i18n: I18n, workbench: Workbench, confusion: &[Vec<usize>]) -> Option<String> {
    let sentence = |(class, n): (usize, usize)| {
        let right = words::hits(i18n, &Proportion::new(0, n));
        let class = workbench.class_name(class);
        say!(i18n, report.never_found, class = class, right = right)
    };
    let sentences: Vec<String> = metrics::never_found(confusion)
        .into_iter()
        .map(sentence)
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Balanced accuracy as a sentence; nothing where no film was judged.
pub fn balanced(i18n: I18n, confusion: &[Vec<usize>]) -> Option<String> {
    let Estimate { value, interval } = balanced_accuracy(confusion)?;
    let interval = words::ends(i18n, interval.low, interval.high);
    let share = words::percent(i18n, value);
    Some(say!(
        i18n,
        report.balanced,
        share = share,
        interval = interval
    ))
}

/// A share that is not of films that were counted: "42 % (31 to 57 %)".
pub fn likely(i18n: I18n, share: f64, interval: Interval) -> String {
    say!(
        i18n,
        report.likely,
        share = words::surety(i18n, share as f32),
        interval = words::ends(i18n, interval.low, interval.high)
    )
}

/// A view that is made keyed whenever what it shows changes. One type for all of them keeps the page
/// small, see `tr!`.
pub fn keyed(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// A figure that is no share of films, to so many digits, with its interval.
pub fn estimated(i18n: I18n, value: f64, interval: Option<Interval>, digits: usize) -> String {
    let written = |value| words::fixed(i18n, value, digits);
    let value = written(value);
    match interval {
        Some(Interval { low, high }) => say!(
            i18n,
            report.estimated,
            value = value,
            low = written(low),
            high = written(high)
        ),
        None => value,
    }
}

/// To three digits, or to as many as it takes not to call it 0 or 1.
pub fn threshold(i18n: I18n, threshold: f64) -> String {
    if !threshold.is_finite() {
        return say!(i18n, report.above_all);
    }
    number::threshold(i18n.language(), threshold)
}

/// A chance, as it follows "p".
pub fn chance(i18n: I18n, p: f64) -> String {
    if p < 0.001 {
        say!(i18n, report.tiny)
    } else {
        say!(i18n, report.equals, value = words::fixed(i18n, p, 3))
    }
}

/// Of how many films and patients all figures of a section are, and what their intervals are about.
#[component]
pub fn Basis() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let opened = opened(workbench);
    let sentence = Signal::derive(move || {
        let Some(opened) = opened.get() else {
            return String::new();
        };
        let scores = &opened.report.scores;
        let films = words::films(i18n, scores.accuracy.n);
        match scores.patients {
            Some(n) => {
                let patients = words::patients(i18n, n);
                if n < FEWEST_PATIENTS {
                    say!(i18n, report.basis_few, films = films, patients = patients)
                } else {
                    say!(i18n, report.basis_many, films = films, patients = patients)
                }
            }
            None => say!(i18n, report.basis_unknown, films = films),
        }
    });
    view! { <p class="hint">{sentence}</p> }
}
