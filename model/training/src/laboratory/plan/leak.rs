//! The same test films, once with other films of their patients in training, once without.

use super::{OfSeed, STEPS, Training, exam, plain};
use crate::laboratory::{
    LaboratoryError,
    films::{Films, Use, random},
};
use experiments::Ground;

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    if films.patients().is_none() {
        return Err(LaboratoryError::NoPatients);
    }
    let [training, others] = films.by_patient(seed).ok_or(LaboratoryError::FewPatients)?;
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
    let judged = |training: &Vec<usize>, ground| {
        vec![Training {
            lessons: plain(films, training, seed, STEPS),
            exams: vec![exam(films, ground, &test)],
        }]
    };
    Ok(vec![
        judged(&leaky, Ground::Test),
        judged(&training, Ground::OtherPatients),
    ])
}
