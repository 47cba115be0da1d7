//! The words of training, each explained where its control or its curve is.

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    page::{I18n, say},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    Epoch,
    Batch,
    Rate,
    Optimiser,
    Loss,
    Metric,
    Regularisation,
    Dropout,
    Augmentation,
    Transfer,
    Frozen,
    Fitting,
}

impl Term {
    fn id(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::Batch => "batch",
            Self::Rate => "rate",
            Self::Optimiser => "optimiser",
            Self::Loss => "loss",
            Self::Metric => "metric",
            Self::Regularisation => "regularisation",
            Self::Dropout => "dropout",
            Self::Augmentation => "augmentation",
            Self::Transfer => "transfer",
            Self::Frozen => "frozen",
            Self::Fitting => "fitting",
        }
    }

    fn question(self, i18n: I18n) -> String {
        match self {
            Self::Epoch => say!(i18n, lesson.explain.epoch),
            Self::Batch => say!(i18n, lesson.explain.batch),
            Self::Rate => say!(i18n, lesson.explain.rate),
            Self::Optimiser => say!(i18n, lesson.explain.optimiser),
            Self::Loss => say!(i18n, lesson.explain.loss),
            Self::Metric => say!(i18n, lesson.explain.metric),
            Self::Regularisation => say!(i18n, lesson.explain.regularisation),
            Self::Dropout => say!(i18n, lesson.explain.dropout),
            Self::Augmentation => say!(i18n, lesson.explain.augmentation),
            Self::Transfer => say!(i18n, lesson.explain.transfer),
            Self::Frozen => say!(i18n, lesson.explain.frozen),
            Self::Fitting => say!(i18n, lesson.explain.fitting),
        }
    }

    fn answer(self, i18n: I18n) -> String {
        match self {
            Self::Epoch => say!(i18n, lesson.explain.epoch_text),
            Self::Batch => say!(i18n, lesson.explain.batch_text),
            Self::Rate => say!(i18n, lesson.explain.rate_text),
            Self::Optimiser => say!(i18n, lesson.explain.optimiser_text),
            Self::Loss => say!(i18n, lesson.explain.loss_text),
            Self::Metric => say!(i18n, lesson.explain.metric_text),
            Self::Regularisation => say!(i18n, lesson.explain.regularisation_text),
            Self::Dropout => say!(i18n, lesson.explain.dropout_text),
            Self::Augmentation => say!(i18n, lesson.explain.augmentation_text),
            Self::Transfer => say!(i18n, lesson.explain.transfer_text),
            Self::Frozen => say!(i18n, lesson.explain.frozen_text),
            Self::Fitting => say!(i18n, lesson.explain.fitting_text),
        }
    }
}

/// A question that opens to its answer.
#[component]
pub fn Explain(term: Term) -> impl IntoView {
    let i18n = use_i18n();
    let question = Signal::derive(move || term.question(i18n));
    let answer = Signal::derive(move || term.answer(i18n));
    view! {
        <details class="explain" data-testid=format!("explain-{}", term.id())>
            <summary>{question}</summary>
            <p>{answer}</p>
        </details>
    }
    .into_any()
}
