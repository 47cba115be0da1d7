//! What the lesson adds to the report: predictions beside what came out, and what the experiments showed.

use leptos::prelude::*;

use super::{guide::Guide, result, texts};
use crate::{
    i18n::I18n,
    lesson::{Prediction, findings::comparisons, verdict::Truth},
    page::{
        experiment::{names, sentences},
        say,
        takeaway::Handed,
        workbench::Workbench,
    },
    state::{AppState, Trials},
    takeaway::{Handout, Told},
};

/// Keeps the report in step with the lesson.
pub fn hand_out(i18n: I18n, workbench: Workbench, guide: Guide) {
    let Handed(handed) = expect_context();
    let told = Memo::new(move |_| {
        let predictions = guide.progress.with(|own| own.predictions().to_vec());
        workbench.state.with(|state| {
            let told = |own: &Prediction| prediction(i18n, state, own);
            predictions.iter().map(told).collect::<Vec<_>>()
        })
    });
    let experiments = Memo::new(move |_| {
        workbench.state.with(|state| {
            let over = state
                .experiments
                .all()
                .iter()
                .filter(|own| own.has_result());
            over.map(|trials| experiment(i18n, trials))
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        let (told, experiments) = (told.get(), experiments.get());
        handed.update(|handout| {
            *handout = Handout {
                told,
                experiments,
                others: handout.others,
            };
        });
    });
}

fn prediction(i18n: I18n, state: &AppState, own: &Prediction) -> Told {
    let found = match Truth::of(own.step, state) {
        Some(truth) => result::truth(i18n, own.step, truth),
        None => say!(i18n, lesson.review.not_run),
    };
    let predicted = texts::answer(i18n, own.step, own.answer);
    Told {
        question: texts::question(i18n, own.step),
        predicted: match own.informed {
            true => format!("{predicted} ({})", say!(i18n, lesson.review.informed)),
            false => predicted,
        },
        found,
    }
}

fn experiment(i18n: I18n, trials: &Trials) -> Told {
    let found = comparisons(trials.experiment, &trials.outcomes);
    let told = found
        .iter()
        .map(|own| sentences::comparison(i18n, trials.experiment, own));
    Told {
        question: names::title(i18n, trials.experiment),
        predicted: String::new(),
        found: told.collect::<Vec<_>>().join(" "),
    }
}
