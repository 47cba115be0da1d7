//! Test films from another hospital, and training that prepares for it or not.

use super::{
    Evaluation, OfSeed, STEPS, Training, TrainingSet, evaluation, plain, questions, training_set,
};
use crate::{
    experiment_runner::{Change, films::DrawnFilms},
    features::AUGMENTED_VIEWS,
};
use experiments::{EvaluationSet, hospital::Hospital};

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let mut evaluations = vec![evaluation(films, EvaluationSet::Test, &test)];
    evaluations.extend(Hospital::ALL.map(|hospital| {
        let films = questions(films, &test, Change::From(hospital));
        Evaluation::on(hospital.evaluation_set(), films)
    }));
    let with = |further: &mut dyn Iterator<Item = Change>| {
        let mut changes = vec![Change::AsItIs];
        changes.extend(further);
        let plain = plain(films, &training, seed, STEPS);
        vec![Training {
            training_set: TrainingSet {
                films: training_set(films, &training, &changes),
                ..plain
            },
            evaluations: evaluations.clone(),
        }]
    };
    Ok(vec![
        with(&mut std::iter::empty()),
        with(&mut (1..=AUGMENTED_VIEWS).map(Change::View)),
        with(&mut Hospital::ALL.into_iter().map(Change::Like)),
    ])
}
