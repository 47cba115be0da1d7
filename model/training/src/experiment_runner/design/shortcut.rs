//! A marker on some training films of the second class.

use super::{Evaluation, Example, OfSeed, STEPS, Training, plain};
use crate::experiment_runner::{
    Change,
    films::{DrawnFilms, Use, random},
};
use experiments::{EvaluationSet, Experiment, marker::MARKED_CLASS as MARKED};

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let variant = |film: usize, marked: bool| {
        let change = if marked {
            Change::Marked
        } else {
            Change::AsItIs
        };
        films.variant(film, change)
    };
    let evaluation = |evaluation_set, marked: fn(usize) -> bool| {
        let question = |&film: &usize| Example {
            variant: variant(film, marked(films.class(film))),
            class: films.class(film),
        };
        Evaluation::on(evaluation_set, test.iter().map(question).collect())
    };
    let evaluations = [
        evaluation(EvaluationSet::Aligned, |class| class == MARKED),
        evaluation(EvaluationSet::Neutral, |_| false),
        evaluation(EvaluationSet::Swapped, |class| class != MARKED),
    ];
    let dosed = |share: f64| {
        let mut n = vec![0; films.classes()];
        n[MARKED] = (films.counts(&training)[MARKED] as f64 * share).round() as usize;
        let [marked, _] = films.draw_each(&training, &n, &mut random(seed, Use::Marks));
        let mut training_set = plain(films, &training, seed, STEPS);
        for (lesson, film) in training_set.films.iter_mut().zip(&training) {
            lesson.variants = vec![variant(*film, marked.contains(film))];
        }
        vec![Training {
            training_set,
            evaluations: evaluations.to_vec(),
        }]
    };
    let conditions = Experiment::Shortcut.conditions().iter();
    let shares = conditions.filter_map(|condition| condition.level);
    Ok(shares.map(dosed).collect())
}
