//! The same test films, once with other films of their patients in training, once without.

use super::{OfSeed, STEPS, Training, evaluation, plain};
use crate::experiment_runner::{
    ExperimentError,
    films::{DrawnFilms, Use, random},
};
use experiments::EvaluationSet;

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    if films.patients().is_none() {
        return Err(ExperimentError::NoPatients);
    }
    let [training, others] = films.by_patient(seed).ok_or(ExperimentError::FewPatients)?;
    let halves: Vec<usize> = films
        .counts(&others)
        .iter()
        .map(|n| n.div_ceil(2))
        .collect();
    let [test, siblings] = films.draw_each(&others, &halves, &mut random(seed, Use::Test));
    // Equally many films train, whoever they are of.
    let n = films.counts(&training);
    let mut leaky = [training.clone(), siblings].concat();
    leaky.sort_unstable();
    let [leaky, _] = films.draw_each(&leaky, &n, &mut random(seed, Use::Training));
    let predicted = |training: &Vec<usize>, evaluation_set| {
        vec![Training {
            training_set: plain(films, training, seed, STEPS),
            evaluations: vec![evaluation(films, evaluation_set, &test)],
        }]
    };
    Ok(vec![
        predicted(&leaky, EvaluationSet::Test),
        predicted(&training, EvaluationSet::OtherPatients),
    ])
}
