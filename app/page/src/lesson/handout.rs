//! What the lesson adds to the learner's report, told from where the learner is and what came out.

use experiments::{EvaluationSet, Experiment};
use leptos::prelude::With;

use super::{guide::Guide, result, texts};
use crate::{
    I18n,
    experiment::{names, sentences},
    say,
};
use ui_core::{
    classroom::code::Counted,
    handout::{Handout, Told, Tried},
    lesson::{LessonProgress, Prediction, findings, verdict::Truth},
    state::{AppState, Trials},
};

pub fn handout(i18n: I18n, guide: Guide, state: &AppState) -> Handout {
    guide.progress.with(|progress| Handout {
        told: progress
            .predictions()
            .iter()
            .map(|own| told(i18n, state, own))
            .collect(),
        tried: state
            .experiments
            .all()
            .iter()
            .filter(|trials| trials.has_result())
            .map(|trials| tried(i18n, trials))
            .collect(),
        others: others(state, progress),
    })
}

fn told(i18n: I18n, state: &AppState, own: &Prediction) -> Told {
    let truth = Truth::of(own.step, state);
    let predicted = texts::answer(i18n, own.step, own.answer);
    Told {
        question: texts::question(i18n, own.step),
        predicted: match own.informed {
            true => format!("{predicted} ({})", say!(i18n, lesson.review.informed)),
            false => predicted,
        },
        found: match truth {
            Some(truth) => result::truth(i18n, own.step, truth),
            None => say!(i18n, lesson.review.not_run),
        },
    }
}

fn tried(i18n: I18n, trials: &Trials) -> Tried {
    let Trials {
        experiment,
        outcomes,
        ..
    } = trials;
    let found = findings::brief(*experiment, outcomes);
    let sentence = |own| sentences::comparison(i18n, *experiment, own);
    Tried {
        name: names::title(i18n, *experiment),
        found: found.iter().map(sentence).collect(),
    }
}

/// A network of the learner's arm and seed on patients that it had not seen, as the comparison of the arms has
/// judged it.
fn others(state: &AppState, progress: &LessonProgress) -> Option<Counted> {
    let condition = progress.arm?.place();
    let outcomes = state.experiments.outcomes(Experiment::Arms);
    let own = outcomes
        .iter()
        .find(|own| own.condition == condition && own.seed == progress.seed)?;
    let (_, score) = own
        .scores
        .iter()
        .find(|(ground, _)| *ground == EvaluationSet::OtherPatients)?;
    Counted::new(score.correct, score.n)
}
