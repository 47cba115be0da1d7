//! Fewer films of each class, of all patients and of some.

use super::{OfSeed, STEPS, Training, exam, plain};
use crate::laboratory::films::{Drawn, Films, Use, random};
use experiments::{Experiment, Ground};

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let mut grounds = vec![(Ground::Test, films.by_image(seed)?)];
    grounds.extend(films.by_patient(seed).map(|by| (Ground::OtherPatients, by)));
    let of_size = |n: usize| {
        let of = |(ground, [training, test]): &(Ground, [Drawn; 2])| {
            let [few, _] = films.draw(training, n, &mut random(seed, Use::Training));
            Training {
                lessons: plain(films, &few, seed, STEPS),
                exams: vec![exam(films, *ground, test)],
            }
        };
        grounds.iter().map(of).collect()
    };
    let conditions = Experiment::DataSize.conditions().iter();
    let sizes = conditions.filter_map(|condition| condition.dose);
    Ok(sizes.map(|n| of_size(n as usize)).collect())
}
