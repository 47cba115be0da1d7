//! The right way round or mirrored: chest films, half of them mirrored by lot.

use std::collections::BTreeMap;

use rand::seq::SliceRandom;

use super::{
    Evaluation, Example, Learns, OfSeed, STEPS, Training, TrainingExample, TrainingSet, settings,
};
use crate::experiment_runner::{
    Change, InputVariant,
    films::{Drawn, DrawnFilms, Use, random},
};
use experiments::EvaluationSet;
use imaging::{settings::Pooling, task};

/// Films that make the task clear enough; each is read four times.
const MOST_FILMS: usize = 100;

const CLASSES: [&str; 2] = ["right way round", "mirrored"];

/// Index of the second.
const MIRRORED: usize = 1;

/// One in so many patients is not trained on.
const HELD_OUT: usize = 3;

/// The films with what the network is asked of them.
struct MirrorTask {
    films: DrawnFilms,
    /// Whether each is mirrored already as it was loaded.
    loaded: Vec<bool>,
}

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let task = mirrored(films, seed);
    let mut evaluation_sets = vec![(EvaluationSet::Test, task.films.by_image(seed)?)];
    evaluation_sets
        .extend(other_patients(&task.films, seed).map(|by| (EvaluationSet::OtherPatients, by)));
    let network = |pooling: Pooling, flips: bool| {
        let training =
            |(evaluation_set, [training, test]): &(EvaluationSet, [Drawn; 2])| Training {
                training_set: TrainingSet {
                    learns: Learns::Network(settings(seed, pooling, training.len(), STEPS)),
                    classes: CLASSES.len(),
                    films: task.training_set(training, pooling, flips),
                },
                evaluations: vec![task.evaluation(*evaluation_set, test, pooling)],
            };
        evaluation_sets.iter().map(training).collect()
    };
    Ok(vec![
        network(Pooling::GlobalAverage, false),
        network(Pooling::Grid, false),
        network(Pooling::Grid, true),
    ])
}

/// Half of the films of each patient are mirrored: of the chest, or of all classes where none is called so.
fn mirrored(films: &DrawnFilms, seed: u64) -> MirrorTask {
    let chest = task::chest(films.class_names());
    let taken = |film: &usize| chest.is_none_or(|chest| films.class(*film) == chest);
    let drawn: Drawn = films.all().into_iter().filter(taken).collect();
    let films = films.only(&drawn).at_most(MOST_FILMS);
    let was_mirrored = films.task() == task::Task::Mirrored;
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
    MirrorTask {
        films: films.with_classes(&CLASSES, &classes),
        loaded,
    }
}

/// Patients take turns at being held out.
fn other_patients(films: &DrawnFilms, seed: u64) -> Option<[Drawn; 2]> {
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

impl MirrorTask {
    /// The film as one of this class.
    fn variant(&self, film: usize, class: usize, pooling: Pooling) -> InputVariant {
        let change = if self.loaded[film] == (class == MIRRORED) {
            Change::AsItIs
        } else {
            Change::Mirrored
        };
        self.films.variant_for(film, change, pooling)
    }

    /// With flips, each film is shown either way, always by the name of its own.
    fn training_set(&self, drawn: &[usize], pooling: Pooling, flips: bool) -> Vec<TrainingExample> {
        let lesson = |&film: &usize| {
            let class = self.films.class(film);
            let mut ways = vec![class];
            ways.extend(flips.then_some(1 - class));
            let variant = |way| self.variant(film, way, pooling);
            TrainingExample {
                variants: ways.into_iter().map(variant).collect(),
                class,
            }
        };
        drawn.iter().map(lesson).collect()
    }

    fn evaluation(
        &self,
        evaluation_set: EvaluationSet,
        drawn: &[usize],
        pooling: Pooling,
    ) -> Evaluation {
        let question = |&film: &usize| {
            let class = self.films.class(film);
            Example {
                variant: self.variant(film, class, pooling),
                class,
            }
        };
        Evaluation::on(evaluation_set, drawn.iter().map(question).collect())
    }
}
