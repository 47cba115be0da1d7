//! Test films from another hospital, and training that prepares for it or not.

use super::{Exam, Lessons, OfSeed, STEPS, Training, exam, lessons, plain, questions};
use crate::{
    features::AUGMENTED_VIEWS,
    laboratory::{Change, films::Films},
};
use experiments::{Ground, hospital::Hospital};

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let mut exams = vec![exam(films, Ground::Test, &test)];
    exams.extend(Hospital::ALL.map(|hospital| {
        let films = questions(films, &test, Change::From(hospital));
        Exam::on(hospital.ground(), films)
    }));
    let with = |further: &mut dyn Iterator<Item = Change>| {
        let mut changes = vec![Change::AsItIs];
        changes.extend(further);
        let plain = plain(films, &training, seed, STEPS);
        vec![Training {
            lessons: Lessons {
                films: lessons(films, &training, &changes),
                ..plain
            },
            exams: exams.clone(),
        }]
    };
    Ok(vec![
        with(&mut std::iter::empty()),
        with(&mut (1..=AUGMENTED_VIEWS).map(Change::View)),
        with(&mut Hospital::ALL.into_iter().map(Change::Like)),
    ])
}
