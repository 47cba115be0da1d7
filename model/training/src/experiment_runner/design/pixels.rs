//! How many pixels are enough, at home and on other patients.

use super::{Learns, OfSeed, STEPS, Training, TrainingSet, evaluation, plain};
use crate::experiment_runner::films::{Drawn, DrawnFilms};
use experiments::EvaluationSet;

/// Pixels along a side of the baselines.
pub(crate) const SIDES: [usize; 4] = [1, 2, 4, 8];

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let mut evaluation_sets = vec![(EvaluationSet::Test, films.by_image(seed)?)];
    evaluation_sets.extend(
        films
            .by_patient(seed)
            .map(|by| (EvaluationSet::OtherPatients, by)),
    );
    let network = |training: &Drawn| plain(films, training, seed, STEPS);
    let baseline = |side: usize, training: &Drawn| TrainingSet {
        learns: Learns::Pixels(side),
        ..network(training)
    };
    let all = |training_set: &dyn Fn(&Drawn) -> TrainingSet| {
        let of = |(evaluation_set, [training, test]): &(EvaluationSet, [Drawn; 2])| Training {
            training_set: training_set(training),
            evaluations: vec![evaluation(films, *evaluation_set, test)],
        };
        evaluation_sets.iter().map(of).collect()
    };
    let mut trials: Vec<_> = SIDES
        .iter()
        .map(|&side| all(&|training| baseline(side, training)))
        .collect();
    trials.push(all(&network));
    Ok(trials)
}
