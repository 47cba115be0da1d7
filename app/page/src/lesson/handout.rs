//! What the lesson adds to the learner's report, told from where the learner is and what came out.

use experiments::Experiment;
use leptos::prelude::With;
use metrics::Proportion;

use super::{guide::Guide, result, texts};
use crate::{
    I18n,
    experiment::{names, sentences},
    say,
    test::figures,
};
use ui_core::{
    handout::{Handout, Told, Tried, code},
    lesson::{Prediction, findings, verdict::Truth},
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
            .map(|trials| tried(i18n, guide, state, trials))
            .collect(),
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

fn tried(i18n: I18n, guide: Guide, state: &AppState, trials: &Trials) -> Tried {
    let Trials {
        experiment,
        outcomes,
        ..
    } = trials;
    let found = findings::brief(*experiment, &guide.shown(*experiment, outcomes));
    let sentence = |own| sentences::comparison(i18n, *experiment, own);
    let mut found: Vec<String> = found.iter().map(sentence).collect();
    if *experiment == Experiment::Arms {
        found.extend(own_arm(i18n, state));
    }
    Tried {
        name: names::title(i18n, *experiment),
        found,
    }
}

/// The small network of the run's arm and seed, which goes into the result code beside the run.
fn own_arm(i18n: I18n, state: &AppState) -> Option<String> {
    let run = state.trained()?;
    let score = code::arms_experiment(state, run)?;
    let score = Proportion::new(score.correct as usize, score.n as usize);
    Some(say!(
        i18n,
        takeaway.own_arm,
        score = figures::measured(i18n, Some(score))
    ))
}
