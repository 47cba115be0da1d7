//! Doing it right, and the classic mistakes, each beside it.

use rand::seq::SliceRandom;

use super::{
    Evaluation, Example, OfSeed, Rule, STEPS, Training, TrainingSet, plain, questions, training_set,
};
use crate::experiment_runner::{
    Change,
    films::{DrawnFilms, Use, random},
};
use experiments::EvaluationSet;

/// Training films of each class: few, so that there is something left to get wrong.
const TRAINING: usize = 4;

/// Validation films of each class; not a multiple of a batch together.
const VALIDATION: usize = 5;

/// Test films of each class where there is no signal.
const SMALL_TEST: usize = 10;

/// Films in a batch, as in the original module: what does not fill one was left out there.
const BATCH: usize = 8;

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    films.require(&films.all(), 4)?;
    let n = films.counts(&films.all()).into_iter().min().unwrap_or(0);
    let all = films.all();
    let [training, rest] = films.draw(&all, TRAINING.min(n / 3), &mut random(seed, Use::Training));
    let [validation, test] = films.draw(&rest, VALIDATION.min(n / 3), &mut random(seed, Use::Test));
    let network = plain(films, &training, seed, STEPS);
    let predicted = |evaluation_set, questions| Evaluation::on(evaluation_set, questions);
    let with = |training_set: &TrainingSet, evaluation: Evaluation| {
        vec![Training {
            training_set: training_set.clone(),
            evaluations: vec![evaluation],
        }]
    };

    let right = questions(films, &validation, Change::AsItIs);
    let augmented = questions(films, &validation, Change::View(1));
    let mut shuffled = right.clone();
    shuffled.shuffle(&mut random(seed, Use::Marks));
    shuffled.truncate(if shuffled.len() < BATCH {
        shuffled.len()
    } else {
        shuffled.len() / BATCH * BATCH
    });
    let unscaled = TrainingSet {
        films: training_set(films, &training, &[Change::Unscaled]),
        ..network.clone()
    };
    let test_as = |change| predicted(EvaluationSet::Test, questions(films, &test, change));

    let (blind, [tested, others]) = without_signal(films, seed);
    let blind_by = |rule: Rule| Evaluation {
        rule,
        ..predicted(EvaluationSet::Test, tested.clone())
    };
    Ok(vec![
        vec![Training {
            training_set: network.clone(),
            evaluations: vec![
                predicted(EvaluationSet::Validation, right),
                test_as(Change::AsItIs),
            ],
        }],
        with(&network, predicted(EvaluationSet::Validation, augmented)),
        with(&network, predicted(EvaluationSet::Validation, shuffled)),
        with(&network, test_as(Change::Unscaled)),
        with(&unscaled, test_as(Change::Unscaled)),
        with(&blind, blind_by(Rule::Highest)),
        with(&blind, blind_by(Rule::Threshold(tested.clone()))),
        with(&blind, blind_by(Rule::Threshold(others))),
    ])
}

/// A network for classes that were drawn by lot for all films, so that nothing can be learnt; test films, and as
/// many others.
fn without_signal(films: &DrawnFilms, seed: u64) -> (TrainingSet, [Vec<Example>; 2]) {
    let mut classes: Vec<usize> = films.all().iter().map(|&film| films.class(film)).collect();
    classes.shuffle(&mut random(seed, Use::Labels));
    let names: Vec<&str> = films.class_names().iter().map(String::as_str).collect();
    let films = films.only(&films.all()).with_classes(&names, &classes);
    let n = films.counts(&films.all()).into_iter().min().unwrap_or(0);
    let draw = |from: &[usize], of| films.draw(from, SMALL_TEST.min(n / 3), &mut random(seed, of));
    let [test, rest] = draw(&films.all(), Use::Test);
    let [others, training] = draw(&rest, Use::Pool);
    let asked = |drawn: &[usize]| questions(&films, drawn, Change::AsItIs);
    let training_set = plain(&films, &training, seed, STEPS);
    (training_set, [asked(&test), asked(&others)])
}
