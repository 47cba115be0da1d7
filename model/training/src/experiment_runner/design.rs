//! What an experiment trains and judges, seed by seed, as data.

mod arms;
mod by_heart;
mod data_size;
mod leak;
mod learning_rates;
mod mirrored;
mod mistakes;
mod new_hospital;
mod pixels;
mod shortcut;
#[cfg(test)]
mod tests;

use super::{
    Change, ExperimentError, InputVariant,
    films::{Drawn, DrawnFilms},
};
use experiments::{EvaluationSet, Experiment};
use imaging::{
    dataset::DatasetSummary,
    settings::{Network, Pooling, Settings},
    split::{Division, SplitBy},
};

/// Films that train a frozen head in one step.
const BATCH: usize = 16;

/// Steps after which a frozen head has learnt what it can generalise.
const STEPS: usize = 60;

/// Steps after which it has learnt by heart what it cannot.
const STEPS_BY_HEART: usize = 240;

/// More films than these do not make an experiment clearer, only longer.
const MOST_FILMS: usize = 200;

/// One condition with one seed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Trial {
    pub(super) condition: usize,
    pub(super) seed: u64,
    pub(super) trainings: Vec<Training>,
}

/// One network, and on what it is judged.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Training {
    pub(super) training_set: TrainingSet,
    pub(super) evaluations: Vec<Evaluation>,
}

/// Everything that determines a trained network.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TrainingSet {
    pub(super) learns: Learns,
    pub(super) classes: usize,
    /// All with equally many variants.
    pub(super) films: Vec<TrainingExample>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Learns {
    Network(Settings),
    /// A logistic regression on so many pixels along a side.
    Pixels(usize),
}

/// A training film.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TrainingExample {
    /// In each epoch one of them is shown.
    pub(super) variants: Vec<InputVariant>,
    pub(super) class: usize,
}

/// Films that a trained network is judged on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evaluation {
    pub(super) evaluation_set: EvaluationSet,
    pub(super) questions: Vec<Example>,
    pub(super) rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Example {
    pub(super) variant: InputVariant,
    pub(super) class: usize,
}

/// How probabilities become answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// The class with the highest.
    Highest,
    /// The second of two classes from the threshold on that gives most right answers to these questions.
    Threshold(Vec<Example>),
}

/// All trials of these seeds, on all films but the test set of `run`; those of a seed together.
///
/// # Errors
/// [`ExperimentError`] when the films do not allow it.
pub(super) fn plan(
    experiment: Experiment,
    first_seed: u64,
    seeds: usize,
    summary: &DatasetSummary,
    run: Division,
) -> Result<Vec<Trial>, ExperimentError> {
    let films = DrawnFilms::of(summary, run);
    let most = match experiment {
        Experiment::NewHospital | Experiment::Mistakes => 80,
        Experiment::LearningRates => 100,
        _ => MOST_FILMS,
    };
    let films = if films.all().len() > most {
        films.at_most(most)
    } else {
        films
    };
    let of_seed = match experiment {
        Experiment::Pixels => pixels::trials,
        Experiment::Arms => arms::trials,
        Experiment::DataSize => data_size::trials,
        Experiment::LabelNoise => by_heart::label_noise,
        Experiment::ShuffledLabels => by_heart::shuffled_labels,
        Experiment::Leak => leak::trials,
        Experiment::Shortcut => shortcut::trials,
        Experiment::NewHospital => new_hospital::trials,
        Experiment::Mirrored => mirrored::trials,
        Experiment::LearningRates => learning_rates::trials,
        Experiment::Mistakes => mistakes::trials,
    };
    let mut trials = Vec::new();
    for seed in (0..seeds).map(|further| first_seed.wrapping_add(further as u64)) {
        let trainings = of_seed(&films, seed)?;
        let numbered = trainings.into_iter().enumerate();
        trials.extend(numbered.map(|(condition, trainings)| Trial {
            condition,
            seed,
            trainings,
        }));
    }
    Ok(trials)
}

/// The trainings of each condition.
type OfSeed = Result<Vec<Vec<Training>>, ExperimentError>;

impl Evaluation {
    fn on(evaluation_set: EvaluationSet, questions: Vec<Example>) -> Self {
        let rule = Rule::Highest;
        Self {
            evaluation_set,
            questions,
            rule,
        }
    }
}

impl Rule {
    pub(super) fn questions(&self) -> &[Example] {
        match self {
            Self::Highest => &[],
            Self::Threshold(questions) => questions,
        }
    }
}

/// Of a head on frozen features.
fn settings(seed: u64, pooling: Pooling, films: usize, steps: usize) -> Settings {
    Settings {
        seed,
        split_by: SplitBy::Folder,
        network: Network::Pretrained(pooling),
        batch_size: BATCH,
        learning_rate: 1e-3,
        epochs: steps.div_ceil(films.div_ceil(BATCH).max(1)),
        fine_tuning: None,
        ..Settings::default()
    }
}

/// Training on films as they are.
fn plain(films: &DrawnFilms, drawn: &[usize], seed: u64, steps: usize) -> TrainingSet {
    TrainingSet {
        learns: Learns::Network(settings(seed, films.pooling(), drawn.len(), steps)),
        classes: films.classes(),
        films: training_set(films, drawn, &[Change::AsItIs]),
    }
}

/// Each film in all these ways.
fn training_set(films: &DrawnFilms, drawn: &[usize], changes: &[Change]) -> Vec<TrainingExample> {
    drawn
        .iter()
        .map(|&film| TrainingExample {
            variants: changes
                .iter()
                .map(|&change| films.variant(film, change))
                .collect(),
            class: films.class(film),
        })
        .collect()
}

/// Each film in this way.
fn questions(films: &DrawnFilms, drawn: &[usize], change: Change) -> Vec<Example> {
    drawn
        .iter()
        .map(|&film| Example {
            variant: films.variant(film, change),
            class: films.class(film),
        })
        .collect()
}

fn evaluation(films: &DrawnFilms, evaluation_set: EvaluationSet, drawn: &Drawn) -> Evaluation {
    Evaluation::on(evaluation_set, questions(films, drawn, Change::AsItIs))
}
