//! The words of training, each explained where its control or its curve is, with the line of code that it stands for.

use leptos::prelude::*;

use crate::{I18n, i18n::use_i18n, say, tr, workbench::Workbench};

pub use ui_core::lesson::Term;

fn question(i18n: I18n, term: Term) -> String {
    match term {
        Term::Epoch => say!(i18n, lesson.explain.epoch),
        Term::Batch => say!(i18n, lesson.explain.batch),
        Term::Rate => say!(i18n, lesson.explain.rate),
        Term::Optimiser => say!(i18n, lesson.explain.optimiser),
        Term::Loss => say!(i18n, lesson.explain.loss),
        Term::Metric => say!(i18n, lesson.explain.metric),
        Term::Regularisation => say!(i18n, lesson.explain.regularisation),
        Term::Dropout => say!(i18n, lesson.explain.dropout),
        Term::Augmentation => say!(i18n, lesson.explain.augmentation),
        Term::Transfer => say!(i18n, lesson.explain.transfer),
        Term::Frozen => say!(i18n, lesson.explain.frozen),
        Term::Fitting => say!(i18n, lesson.explain.fitting),
    }
}

fn answer(i18n: I18n, term: Term) -> String {
    match term {
        Term::Epoch => say!(i18n, lesson.explain.epoch_text),
        Term::Batch => say!(i18n, lesson.explain.batch_text),
        Term::Rate => say!(i18n, lesson.explain.rate_text),
        Term::Optimiser => say!(i18n, lesson.explain.optimiser_text),
        Term::Loss => say!(i18n, lesson.explain.loss_text),
        Term::Metric => say!(i18n, lesson.explain.metric_text),
        Term::Regularisation => say!(i18n, lesson.explain.regularisation_text),
        Term::Dropout => say!(i18n, lesson.explain.dropout_text),
        Term::Augmentation => say!(i18n, lesson.explain.augmentation_text),
        Term::Transfer => say!(i18n, lesson.explain.transfer_text),
        Term::Frozen => say!(i18n, lesson.explain.frozen_text),
        Term::Fitting => say!(i18n, lesson.explain.fitting_text),
    }
}

/// A question that opens to its answer.
#[component]
pub fn Explain(term: Term) -> impl IntoView {
    let i18n = use_i18n();
    let workbench = expect_context::<Workbench>();
    let line = Memo::new(move |_| workbench.state.with(|state| term.line(&state.settings)));
    let none = Signal::derive(move || line.with(Option::is_none));
    let question = Signal::derive(move || question(i18n, term));
    let answer = Signal::derive(move || answer(i18n, term));
    view! {
        <details class="explain" data-testid=format!("explain-{}", term.id())>
            <summary>{question}</summary>
            <p>{answer}</p>
            <p hidden=none>
                {tr!(i18n, lesson.explain.line)} <code translate="no">{move || line.get().unwrap_or_default()}</code>
            </p>
        </details>
    }
    .into_any()
}
