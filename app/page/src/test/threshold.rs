//! Threshold: how sure is sure enough, and what that means for patients.

mod costs;
mod crowd;
mod curves;
mod point;

use std::sync::Arc;

use imaging::report::TestReport;
use leptos::prelude::*;
use metrics::{
    Counts,
    roc::{Roc, RocError},
};

use super::figures::{self, Basis};
use crate::{I18n, i18n::use_i18n, say, tr, workbench::Workbench};
use protocol::TestResult;
use ui_core::evaluation::threshold::{Detection, PREVALENCES, place, threshold};

/// Where a network with two classes draws the line when it answers.
const EVEN: f64 = 0.5;
/// Place of 10 % among the prevalences.
const USUAL_PREVALENCE: usize = 8;

/// What the parts of this section share.
#[derive(Clone, Copy)]
struct Desk {
    opened: Memo<Option<Arc<TestResult>>>,
    /// The class that counts as positive.
    class: RwSignal<usize>,
    /// From this probability on the answer is positive.
    threshold: RwSignal<f64>,
    /// Place among [`PREVALENCES`].
    prevalence: RwSignal<usize>,
    test: Memo<Option<Detection>>,
    validation: Memo<Option<Detection>>,
    counts: Memo<Option<Counts>>,
}

impl Desk {
    fn new(workbench: Workbench) -> Self {
        let opened = figures::opened(workbench);
        let last = workbench.films.with_untracked(|films| {
            let films = films.as_ref();
            films.map_or(0, |films| films.data.classes.len().saturating_sub(1))
        });
        let class = RwSignal::new(last);
        let threshold = RwSignal::new(EVEN);
        let detection = move |part: fn(&TestResult) -> &TestReport| {
            Memo::new(move |_| {
                let opened = opened.get()?;
                Some(Detection::of(part(&opened), class.get()))
            })
        };
        let test = detection(|opened| &opened.report);
        let counts =
            Memo::new(move |_| test.with(|test| Some(test.as_ref()?.roc()?.at(threshold.get()))));
        Self {
            opened,
            class,
            threshold,
            prevalence: RwSignal::new(USUAL_PREVALENCE),
            test,
            validation: detection(|opened| &opened.validation),
            counts,
        }
    }

    /// Something of the test films' curve.
    fn of_roc<T>(&self, read: impl FnOnce(&Roc) -> T) -> Option<T> {
        self.test.with(|test| Some(read(test.as_ref()?.roc()?)))
    }

    fn place(&self) -> usize {
        let at = self.threshold.get();
        self.of_roc(|roc| place(roc, at)).unwrap_or_default()
    }

    fn go_to(&self, place: usize) {
        let at = self.of_roc(|roc| threshold(roc, place));
        self.threshold.set(at.unwrap_or(EVEN));
    }

    fn prevalence(&self) -> f64 {
        let place = self.prevalence.get();
        PREVALENCES.get(place).copied().unwrap_or(EVEN)
    }
}

#[component]
pub fn Threshold() -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let desk = Desk::new(workbench);
    let problem = Memo::new(move |_| {
        desk.test.with(|test| {
            test.as_ref()
                .and_then(|test| test.curve.as_ref().err().copied())
        })
    });
    let content = figures::keyed(move || match problem.get() {
        Some(reason) => {
            let sentence = no_curve(i18n, reason);
            view! { <p class="notice" data-testid="no-curve">{sentence}</p> }.into_any()
        }
        None => view! {
            <div class="pair">
                {curves::plot(i18n, workbench, desk, curves::Curve::Roc)}
                {curves::plot(i18n, workbench, desk, curves::Curve::Precision)}
            </div>
            {point::panel(i18n, workbench, desk)}
            {crowd::panel(i18n, workbench, desk)}
            {costs::panel(i18n, workbench, desk)}
        }
        .into_any(),
    });
    view! {
        <div class="section-head">
            <p>{tr!(i18n, report.threshold_lead)}</p>
            <Basis />
        </div>
        <PositiveClass desk />
        {content}
    }
}

/// Which class is looked for.
#[component]
fn PositiveClass(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let classes = move || {
        workbench
            .films
            .get()
            .map_or(0, |films| films.data.classes.len())
    };
    let option = move |class: usize| {
        view! {
            <option value=class.to_string() selected=move || desk.class.get() == class>
                {workbench.class_name(class)}
            </option>
        }
    };
    let choose = move |event| {
        if let Ok(class) = event_target_value(&event).parse() {
            desk.class.set(class);
            desk.threshold.set(EVEN);
        }
    };
    view! {
        <div class="field positive">
            <label for="positive">{tr!(i18n, report.positive)}</label>
            <select
                id="positive"
                data-testid="positive"
                prop:value=move || desk.class.get().to_string()
                on:change=choose
            >
                {move || (0..classes()).map(option).collect_view()}
            </select>
        </div>
    }
}

fn no_curve(i18n: I18n, reason: RocError) -> String {
    match reason {
        RocError::TooFew => say!(i18n, report.too_few),
        RocError::OneClass => say!(i18n, report.one_class),
        RocError::NotANumber => say!(i18n, report.not_a_number),
        RocError::Uneven => say!(i18n, report.uneven),
    }
}
