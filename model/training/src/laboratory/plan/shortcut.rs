//! A marker on some training films of the second class.

use super::{Exam, OfSeed, Question, STEPS, Training, plain};
use crate::laboratory::{
    Change,
    films::{Films, Use, random},
};
use experiments::{Experiment, Ground};

/// The class whose films are marked.
const MARKED: usize = 1;

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let [training, test] = films.by_image(seed)?;
    let exposure = |film: usize, marked: bool| {
        let change = if marked {
            Change::Marked
        } else {
            Change::AsItIs
        };
        films.exposure(film, change)
    };
    let exam = |ground, marked: fn(usize) -> bool| {
        let question = |&film: &usize| Question {
            exposure: exposure(film, marked(films.class(film))),
            class: films.class(film),
        };
        Exam::on(ground, test.iter().map(question).collect())
    };
    let exams = [
        exam(Ground::Aligned, |class| class == MARKED),
        exam(Ground::Neutral, |_| false),
        exam(Ground::Swapped, |class| class != MARKED),
    ];
    let dosed = |share: f64| {
        let mut n = vec![0; films.classes()];
        n[MARKED] = (films.counts(&training)[MARKED] as f64 * share).round() as usize;
        let [marked, _] = films.draw_each(&training, &n, &mut random(seed, Use::Marks));
        let mut lessons = plain(films, &training, seed, STEPS);
        for (lesson, film) in lessons.films.iter_mut().zip(&training) {
            lesson.exposures = vec![exposure(*film, marked.contains(film))];
        }
        vec![Training {
            lessons,
            exams: exams.to_vec(),
        }]
    };
    let conditions = Experiment::Shortcut.conditions().iter();
    let shares = conditions.filter_map(|condition| condition.dose);
    Ok(shares.map(dosed).collect())
}
