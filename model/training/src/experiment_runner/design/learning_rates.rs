//! The last stages of the backbone unfrozen at several learning rates.

use super::{
    Evaluation, Example, Learns, OfSeed, STEPS, Training, TrainingExample, TrainingSet, evaluation,
    plain,
};
use crate::experiment_runner::films::{DrawnFilms, Use, random};
use experiments::{EvaluationSet, Experiment};
use imaging::settings::{FineTuning, Settings};

/// Training films of each class, and as many to test.
const FILMS: usize = 12;

/// Films in a step of the second stage, which takes long.
const BATCH: usize = 8;

const EPOCHS: usize = 2;

pub(super) fn trials(films: &DrawnFilms, seed: u64) -> OfSeed {
    let [training, others] = films.by_image(seed)?;
    let [training, _] = films.draw(&training, FILMS, &mut random(seed, Use::Training));
    let [test, _] = films.draw(&others, FILMS, &mut random(seed, Use::Test));
    let conditions = Experiment::LearningRates.conditions().iter();
    let network = |rate: Option<f64>| {
        let mut training_set = plain(films, &training, seed, STEPS);
        if let Learns::Network(settings) = &mut training_set.learns {
            let epochs = STEPS.div_ceil(training.len().div_ceil(BATCH).max(1));
            *settings = Settings {
                batch_size: BATCH,
                epochs,
                fine_tuning: Some(tuning(rate)),
                ..settings.clone()
            };
        }
        vec![Training {
            evaluations: vec![
                Evaluation::on(EvaluationSet::Training, told(&training_set)),
                evaluation(films, EvaluationSet::Test, &test),
            ],
            training_set,
        }]
    };
    Ok(conditions
        .map(|condition| network(condition.level))
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

fn told(training_set: &TrainingSet) -> Vec<Example> {
    let question = |lesson: &TrainingExample| Example {
        variant: lesson.variants[0],
        class: lesson.class,
    };
    training_set.films.iter().map(question).collect()
}
