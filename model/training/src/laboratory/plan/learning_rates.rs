//! The last stages of the backbone unfrozen at several learning rates.

use super::{Exam, Learns, Lesson, Lessons, OfSeed, Question, STEPS, Training, exam, plain};
use crate::laboratory::films::{Films, Use, random};
use experiments::{Experiment, Ground};
use imaging::settings::{FineTuning, Settings};

/// Training films of each class, and as many to test.
const FILMS: usize = 12;

/// Films in a step of the second stage, which takes long.
const BATCH: usize = 8;

const EPOCHS: usize = 2;

pub(super) fn trials(films: &Films, seed: u64) -> OfSeed {
    let [training, others] = films.by_image(seed)?;
    let [training, _] = films.draw(&training, FILMS, &mut random(seed, Use::Training));
    let [test, _] = films.draw(&others, FILMS, &mut random(seed, Use::Test));
    let conditions = Experiment::LearningRates.conditions().iter();
    let network = |rate: Option<f64>| {
        let mut lessons = plain(films, &training, seed, STEPS);
        if let Learns::Network(settings) = &mut lessons.learns {
            let epochs = STEPS.div_ceil(training.len().div_ceil(BATCH).max(1));
            *settings = Settings {
                batch_size: BATCH,
                epochs,
                fine_tuning: Some(tuning(rate)),
                ..settings.clone()
            };
        }
        vec![Training {
            exams: vec![
                Exam::on(Ground::Training, told(&lessons)),
                exam(films, Ground::Test, &test),
            ],
            lessons,
        }]
    };
    Ok(conditions
        .map(|condition| network(condition.dose))
        .collect())
}

/// Without a rate the stages could learn, but no time is given to them, so that all conditions read the
/// same features.
fn tuning(rate: Option<f64>) -> FineTuning {
    let tuning = FineTuning::default();
    FineTuning {
        epochs: rate.map_or(0, |_| EPOCHS),
        learning_rate: rate.unwrap_or(tuning.learning_rate),
        ..tuning
    }
}

fn told(lessons: &Lessons) -> Vec<Question> {
    let question = |lesson: &Lesson| Question {
        exposure: lesson.exposures[0],
        class: lesson.class,
    };
    lessons.films.iter().map(question).collect()
}
