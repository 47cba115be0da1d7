//! Wrong classes: a share of them, or all by lot.

use rand::seq::SliceRandom;

use super::{
    Evaluation, Example, OfSeed, STEPS_BY_HEART, Training, TrainingExample, TrainingSet,
    evaluation, plain,
};
use crate::experiment_runner::films::{Drawn, DrawnFilms, Use, random};
use experiments::{EvaluationSet, Experiment};

/// A share of the films of each class is put in the next class. A larger share moves the same films and more.
pub(super) fn label_noise(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let wrong = |share: f64| {
        let n: Vec<usize> = films
            .counts(&training)
            .iter()
            .map(|&n| (n as f64 * share).round() as usize)
            .collect();
        let [moved, _] = films.draw_each(&training, &n, &mut random(seed, Use::Labels));
        let class = |film: usize| {
            let shift = usize::from(moved.contains(&film));
            (films.class(film) + shift) % films.classes()
        };
        let classes: Vec<usize> = training.iter().map(|&film| class(film)).collect();
        vec![learnt(films, [&training, &test], &classes, seed)]
    };
    let conditions = Experiment::LabelNoise.conditions().iter();
    let shares = conditions.filter_map(|condition| condition.level);
    Ok(shares.map(wrong).collect())
}

/// The true classes, and the same in another order.
pub(super) fn shuffled_labels(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let truth: Vec<usize> = training.iter().map(|&film| films.class(film)).collect();
    let mut shuffled = truth.clone();
    shuffled.shuffle(&mut random(seed, Use::Labels));
    let with = |classes: &[usize]| vec![learnt(films, [&training, &test], classes, seed)];
    Ok(vec![with(&truth), with(&shuffled)])
}

/// A network that was told these classes of its training films.
fn learnt(
    films: &DrawnFilms,
    [training, test]: [&Drawn; 2],
    classes: &[usize],
    seed: u64,
) -> Training {
    let mut training_set: TrainingSet = plain(films, training, seed, STEPS_BY_HEART);
    for (lesson, &class) in training_set.films.iter_mut().zip(classes) {
        lesson.class = class;
    }
    let told = |lesson: &TrainingExample| Example {
        variant: lesson.variants[0],
        class: lesson.class,
    };
    let told = training_set.films.iter().map(told).collect();
    Training {
        evaluations: vec![
            Evaluation::on(EvaluationSet::Training, told),
            evaluation(films, EvaluationSet::Test, test),
        ],
        training_set,
    }
}
