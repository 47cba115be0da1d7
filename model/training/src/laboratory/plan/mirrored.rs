//! The right way round or mirrored: chest films, half of them mirrored by lot.

use std::collections::BTreeMap;

use rand::seq::SliceRandom;

use super::{Exam, Learns, Lesson, Lessons, OfSeed, Question, STEPS, Training, settings};
use crate::laboratory::{
    Change, Exposure,
    films::{Drawn, Films, Use, are_of_mirroring, random},
};
use experiments::Ground;
use imaging::{settings::Reading, task};

/// Films that make the task clear enough; each is read four times.
const MOST_FILMS: usize = 100;

const CLASSES: [&str; 2] = ["right way round", "mirrored"];

/// Index of the second.
const MIRRORED: usize = 1;

/// One in so many patients is not trained on.
const HELD_OUT: usize = 3;

/// The films with what the network is asked of them.
struct Task {
    films: Films,
    /// Whether each is mirrored already as it was loaded.
    loaded: Vec<bool>,
}

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let task = mirrored(films, seed);
    let mut grounds = vec![(Ground::Test, task.films.by_image(seed)?)];
    grounds.extend(other_patients(&task.films, seed).map(|by| (Ground::OtherPatients, by)));
    let network = |reading: Reading, flips: bool| {
        let training = |(ground, [training, test]): &(Ground, [Drawn; 2])| Training {
            lessons: Lessons {
                learns: Learns::Network(settings(seed, reading, training.len(), STEPS)),
                classes: CLASSES.len(),
                films: task.lessons(training, reading, flips),
            },
            exams: vec![task.exam(*ground, test, reading)],
        };
        grounds.iter().map(training).collect()
    };
    Ok(vec![
        network(Reading::GlobalAverage, false),
        network(Reading::Grid, false),
        network(Reading::Grid, true),
    ])
}

/// Half of the films of each patient are mirrored: of the chest, or of all classes where none is called so.
fn mirrored(films: &Films, seed: u64) -> Task {
    let chest = task::chest(films.class_names());
    let taken = |film: &usize| chest.is_none_or(|chest| films.class(*film) == chest);
    let drawn: Drawn = films.all().into_iter().filter(taken).collect();
    let films = films.only(&drawn).at_most(MOST_FILMS);
    let was_mirrored = are_of_mirroring(films.class_names());
    let loaded = |film: usize| was_mirrored && films.class(film) == MIRRORED;
    let loaded: Vec<bool> = films.all().into_iter().map(loaded).collect();

    let mut order = films.all();
    order.shuffle(&mut random(seed, Use::Labels));
    let mut seen: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut classes = vec![0; order.len()];
    for film in order {
        let before = seen.entry(films.patient(film)).or_default();
        classes[film] = *before % CLASSES.len();
        *before += 1;
    }
    Task {
        films: films.with_classes(&CLASSES, &classes),
        loaded,
    }
}

/// Patients take turns at being held out.
fn other_patients(films: &Films, seed: u64) -> Option<[Drawn; 2]> {
    let patients = films.patients().filter(|patients| patients.len() > 1)?;
    let groups = HELD_OUT.min(patients.len());
    let turn = seed as usize % groups;
    let held_out = |film: &usize| {
        let patient = films.patient(*film).unwrap_or_default();
        patients
            .binary_search(&patient)
            .is_ok_and(|place| place % groups == turn)
    };
    let (test, training): (Drawn, Drawn) = films.all().into_iter().partition(held_out);
    let whole = |drawn: &Drawn| films.counts(drawn).iter().all(|&n| n > 0);
    (whole(&test) && whole(&training)).then_some([training, test])
}

impl Task {
    /// The film as one of this class.
    fn exposure(&self, film: usize, class: usize, reading: Reading) -> Exposure {
        let change = if self.loaded[film] == (class == MIRRORED) {
            Change::AsItIs
        } else {
            Change::Mirrored
        };
        self.films.exposure_for(film, change, reading)
    }

    /// With flips, each film is shown either way, always by the name of its own.
    fn lessons(&self, drawn: &[usize], reading: Reading, flips: bool) -> Vec<Lesson> {
        let lesson = |&film: &usize| {
            let class = self.films.class(film);
            let mut ways = vec![class];
            ways.extend(flips.then_some(1 - class));
            let exposure = |way| self.exposure(film, way, reading);
            Lesson {
                exposures: ways.into_iter().map(exposure).collect(),
                class,
            }
        };
        drawn.iter().map(lesson).collect()
    }

    fn exam(&self, ground: Ground, drawn: &[usize], reading: Reading) -> Exam {
        let question = |&film: &usize| {
            let class = self.films.class(film);
            Question {
                exposure: self.exposure(film, class, reading),
                class,
            }
        };
        Exam::on(ground, drawn.iter().map(question).collect())
    }
}
