//! The right way round or mirrored: chest films, half of them mirrored by lot.

use super::{Exam, Learns, Lesson, Lessons, OfSeed, Question, STEPS, Training, settings};
use crate::{
    experiment::Ground,
    laboratory::{
        Change, LaboratoryError,
        films::{Drawn, Films, Use, random},
    },
    settings::Reading,
};

/// What classes of chest films are called.
const CHEST: [&str; 4] = ["chest", "thorax", "lung", "cxr"];

/// Films that make the task clear enough; each is read four times.
const MOST_FILMS: usize = 100;

const CLASSES: [&str; 2] = ["right way round", "mirrored"];

/// One in so many patients is not trained on.
const HELD_OUT: usize = 3;

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let films = task(films, seed)?;
    let mut grounds = vec![(Ground::Test, films.by_image(seed)?)];
    grounds.extend(other_patients(&films, seed).map(|by| (Ground::OtherPatients, by)));
    let network = |reading: Reading, flips: bool| {
        let training = |(ground, [training, test]): &(Ground, [Drawn; 2])| Training {
            lessons: Lessons {
                learns: Learns::Network(settings(seed, reading, training.len(), STEPS)),
                classes: CLASSES.len(),
                films: lessons(&films, training, reading, flips),
            },
            exams: vec![exam(&films, *ground, test, reading)],
        };
        grounds.iter().map(training).collect()
    };
    Ok(vec![
        network(Reading::GlobalAverage, false),
        network(Reading::Grid, false),
        network(Reading::Grid, true),
    ])
}

/// The chest films, or all where no class is called so; the second class is mirrored.
fn task(films: &Films, seed: u64) -> Result<Films, LaboratoryError> {
    let names = films.class_names().iter();
    let chest: Vec<bool> = names
        .map(|name| {
            let name = name.to_lowercase();
            CHEST.iter().any(|word| name.contains(word))
        })
        .collect();
    let any = chest.contains(&true);
    let taken = |film: &usize| !any || chest[films.class(*film)];
    let drawn: Drawn = films.all().into_iter().filter(taken).collect();
    let one = films
        .only(&drawn)
        .with_classes(&["film"], &vec![0; drawn.len()]);
    let one = one.at_most(MOST_FILMS);
    let half = one.all().len() / 2;
    let [mirrored, _] = one.draw(&one.all(), half, &mut random(seed, Use::Labels));
    let class = |film: usize| usize::from(mirrored.binary_search(&film).is_ok());
    let classes: Vec<usize> = one.all().into_iter().map(class).collect();
    Ok(one.with_classes(&CLASSES, &classes))
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

fn change(class: usize) -> Change {
    if class == 1 {
        Change::Mirrored
    } else {
        Change::AsItIs
    }
}

/// With flips, each film is shown either way, always by the name of its own.
fn lessons(films: &Films, drawn: &[usize], reading: Reading, flips: bool) -> Vec<Lesson> {
    let lesson = |&film: &usize| {
        let class = films.class(film);
        let mut ways = vec![change(class)];
        ways.extend(flips.then_some(change(1 - class)));
        let exposure = |way| films.exposure(film, way, reading);
        Lesson {
            exposures: ways.into_iter().map(exposure).collect(),
            class,
        }
    };
    drawn.iter().map(lesson).collect()
}

fn exam(films: &Films, ground: Ground, drawn: &[usize], reading: Reading) -> Exam {
    let question = |&film: &usize| Question {
        exposure: films.exposure(film, change(films.class(film)), reading),
        class: films.class(film),
    };
    Exam::on(ground, drawn.iter().map(question).collect())
}
