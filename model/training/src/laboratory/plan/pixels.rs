//! How many pixels are enough, at home and on other patients.

use super::{Learns, Lessons, OfSeed, STEPS, Training, exam, plain};
use crate::laboratory::films::{Drawn, Films};
use experiments::Ground;

/// Pixels along a side of the baselines.
pub(crate) const SIDES: [usize; 4] = [1, 2, 4, 8];

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let mut grounds = vec![(Ground::Test, films.by_image(seed)?)];
    grounds.extend(films.by_patient(seed).map(|by| (Ground::OtherPatients, by)));
    let network = |training: &Drawn| plain(films, training, seed, STEPS);
    let baseline = |side: usize, training: &Drawn| Lessons {
        learns: Learns::Pixels(side),
        ..network(training)
    };
    let all = |lessons: &dyn Fn(&Drawn) -> Lessons| {
        let of = |(ground, [training, test]): &(Ground, [Drawn; 2])| Training {
            lessons: lessons(training),
            exams: vec![exam(films, *ground, test)],
        };
        grounds.iter().map(of).collect()
    };
    let mut trials: Vec<_> = SIDES
        .iter()
        .map(|&side| all(&|training| baseline(side, training)))
        .collect();
    trials.push(all(&network));
    Ok(trials)
}
