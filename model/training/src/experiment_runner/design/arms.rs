//! The four arms: few films of one patient train, augmented or not, with dropout or without.

use super::{
    Evaluation, Learns, OfSeed, STEPS, Training, TrainingSet, evaluation, questions, settings,
    training_set,
};
use crate::{
    experiment_runner::{
        Change,
        films::{Drawn, DrawnFilms, Use, random},
    },
    features::AUGMENTED_VIEWS,
};
use experiments::EvaluationSet;
use imaging::settings::Settings;

/// Training films of each class.
const FILMS: usize = 10;

/// Of each class that a patient must have beyond them.
const LEFT: usize = 5;

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [home, elsewhere] = home(films, seed);
    films.require(&home, 3)?;
    let few = films.counts(&home).into_iter().min().unwrap_or(0);
    let n = FILMS.min(few / 2);
    let [training, test] = films.draw(&home, n, &mut random(seed, Use::Training));
    let views: Vec<Change> = (1..=AUGMENTED_VIEWS).map(Change::View).collect();
    let mut evaluations = vec![
        evaluation(films, EvaluationSet::Test, &test),
        Evaluation::on(
            EvaluationSet::Shifted,
            views
                .iter()
                .flat_map(|&view| questions(films, &test, view))
                .collect(),
        ),
    ];
    if !elsewhere.is_empty() {
        evaluations.push(evaluation(films, EvaluationSet::OtherPatients, &elsewhere));
    }
    let arm = |augmented: bool, dropout: f64| {
        let mut changes = vec![Change::AsItIs];
        changes.extend(views.iter().filter(|_| augmented));
        vec![Training {
            training_set: TrainingSet {
                learns: Learns::Network(Settings {
                    dropout,
                    ..settings(seed, films.pooling(), training.len(), STEPS)
                }),
                classes: films.classes(),
                films: training_set(films, &training, &changes),
            },
            evaluations: evaluations.clone(),
        }]
    };
    Ok(vec![
        arm(false, 0.0),
        arm(false, 0.5),
        arm(true, 0.0),
        arm(true, 0.5),
    ])
}

/// The films of one patient, and those of all others. The patients who have enough films of every class take
/// turns; where there is none, all films, and no others.
fn home(films: &DrawnFilms, seed: u64) -> [Drawn; 2] {
    let all = films.all();
    let of = |patient: &str| -> Drawn {
        let own = |film: &&usize| films.patient(**film) == Some(patient);
        all.iter().filter(own).copied().collect()
    };
    let patients = films.patients().unwrap_or_default();
    let full: Vec<Drawn> = patients
        .iter()
        .map(|patient| of(patient))
        .filter(|own| films.counts(own).iter().all(|&n| n >= FILMS + LEFT))
        .filter(|own| own.len() < all.len())
        .collect();
    match full.get(seed as usize % full.len().max(1)) {
        None => [all, Vec::new()],
        Some(home) => {
            let others = all.iter().filter(|film| !home.contains(film));
            [home.clone(), others.copied().collect()]
        }
    }
}
