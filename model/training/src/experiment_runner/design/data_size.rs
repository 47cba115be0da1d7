//! Fewer films of each class, of all patients and of some.

use super::{OfSeed, STEPS, Training, evaluation, plain};
use crate::experiment_runner::films::{Drawn, DrawnFilms, Use, random};
use experiments::{EvaluationSet, Experiment};

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let mut evaluation_sets = vec![(EvaluationSet::Test, films.by_image(seed)?)];
    evaluation_sets.extend(
        films
            .by_patient(seed)
            .map(|by| (EvaluationSet::OtherPatients, by)),
    );
    let of_size = |n: usize| {
        let of = |(evaluation_set, [training, test]): &(EvaluationSet, [Drawn; 2])| {
            let [few, _] = films.draw(training, n, &mut random(seed, Use::Training));
            Training {
                training_set: plain(films, &few, seed, STEPS),
                evaluations: vec![evaluation(films, *evaluation_set, test)],
            }
        };
        evaluation_sets.iter().map(of).collect()
    };
    let conditions = Experiment::DataSize.conditions().iter();
    let sizes = conditions.filter_map(|condition| condition.level);
    Ok(sizes.map(|n| of_size(n as usize)).collect())
}
