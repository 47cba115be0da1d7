//! One network of an experiment: trained piece by piece, then judged.

use std::collections::HashMap;

use burn::tensor::Device;

use super::{
    InputVariant,
    design::{Evaluation, Example, Learns, Rule, TrainingSet},
    pixels::{Pixels, Thumbnails},
};
use crate::{
    features::{Extractor, FeatureStore, Features, View},
    run::{Given, Run},
};
use experiments::Score;
use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    order::sort_by,
    report::TrainError,
    settings::{Network, Pooling, Settings},
    split::Subset,
};
use mobilenet::weights::Weights;

/// Steps of a head in one piece of work.
const STEPS: usize = 6;

/// Films that are judged in one piece of work: by a head, and where stages of the backbone must be gone through.
const JUDGED: usize = 64;
const JUDGED_BY_TAIL: usize = 4;

/// What all networks of an experiment share.
pub(super) struct Tools {
    pub(super) summary: DatasetSummary,
    pub(super) weights: Weights,
    pub(super) device: Device,
    pub(super) extractors: HashMap<Pooling, Extractor>,
    pub(super) thumbnails: Thumbnails,
}

/// A network under way.
pub(super) struct TrialRunner {
    pub(super) training_set: TrainingSet,
    trainable: TrialModel,
    exams_done: usize,
    /// Probabilities of the first questions of the present evaluation, its rule's questions after its own.
    answers: Vec<Vec<f32>>,
}

enum TrialModel {
    Network {
        run: Box<Run>,
        store: FeatureStore,
        tuned: bool,
        /// Its loss is no longer a number.
        diverged: bool,
    },
    Pixels(Pixels),
}

impl TrialRunner {
    pub(super) fn begin(
        training_set: &TrainingSet,
        features: &HashMap<InputVariant, Features>,
        tools: &Tools,
    ) -> Result<Self, TrainError> {
        let trainable = match &training_set.learns {
            Learns::Network(settings) => network(training_set, settings, features, tools)?,
            Learns::Pixels(side) => {
                let films = training_set.films.iter();
                let films: Vec<_> = films
                    .map(|lesson| (lesson.variants[0].sample, lesson.class))
                    .collect();
                let classes = training_set.classes;
                TrialModel::Pixels(Pixels::fit(*side, classes, &films, &tools.thumbnails))
            }
        };
        Ok(Self {
            training_set: training_set.clone(),
            trainable,
            exams_done: 0,
            answers: Vec::new(),
        })
    }

    pub(super) fn is_learning(&self) -> bool {
        match &self.trainable {
            TrialModel::Network { run, diverged, .. } => !run.is_done() && !diverged,
            TrialModel::Pixels(_) => false,
        }
    }

    /// A few steps.
    pub(super) async fn learn(&mut self) -> Result<(), TrainError> {
        let TrialModel::Network {
            run,
            store,
            tuned,
            diverged,
        } = &mut self.trainable
        else {
            return Ok(());
        };
        let steps = if *tuned { 1 } else { STEPS };
        for _ in 0..steps {
            match run.next(store).await {
                Ok(_) => {}
                Err(TrainError::Diverged) => {
                    *diverged = true;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(super) fn exams_done(&self) -> usize {
        self.exams_done
    }

    /// Makes ready for another list of evaluations.
    pub(super) fn end_exams(&mut self) {
        self.exams_done = 0;
    }

    /// Answers some questions; the score when all are answered.
    pub(super) async fn examine(
        &mut self,
        evaluation: &Evaluation,
        features: &HashMap<InputVariant, Features>,
        tools: &Tools,
    ) -> Result<Option<Score>, TrainError> {
        let asked = evaluation
            .questions
            .iter()
            .chain(evaluation.rule.questions());
        let next: Vec<&Example> = asked.skip(self.answers.len()).take(self.chunk()).collect();
        self.answers
            .extend(self.answer(&next, features, tools).await?);
        let total = evaluation.questions.len() + evaluation.rule.questions().len();
        if self.answers.len() < total {
            return Ok(None);
        }
        self.exams_done += 1;
        let mut answers = std::mem::take(&mut self.answers);
        let further = answers.split_off(evaluation.questions.len());
        if let (Rule::Threshold(others), 2) = (&evaluation.rule, self.training_set.classes) {
            let threshold = best_threshold(others, &further);
            for answer in &mut answers {
                let found = answer[1] >= threshold;
                *answer = vec![f32::from(u8::from(!found)), f32::from(u8::from(found))];
            }
        }
        let truth: Vec<usize> = evaluation
            .questions
            .iter()
            .map(|asked| asked.class)
            .collect();
        let asked = evaluation
            .questions
            .iter()
            .map(|asked| asked.variant.sample);
        let patients = tools.summary.patients_of(&asked.collect::<Vec<_>>());
        let classes = self.training_set.classes;
        Ok(Some(Score::of(classes, &truth, &answers, patients)))
    }

    fn chunk(&self) -> usize {
        match &self.trainable {
            TrialModel::Network { tuned: true, .. } => JUDGED_BY_TAIL,
            _ => JUDGED,
        }
    }

    async fn answer(
        &self,
        asked: &[&Example],
        features: &HashMap<InputVariant, Features>,
        tools: &Tools,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        match &self.trainable {
            TrialModel::Network { run, .. } => {
                let films = asked.iter().map(|asked| of(features, &asked.variant));
                run.predict(&films.collect::<Result<Vec<_>, _>>()?).await
            }
            TrialModel::Pixels(pixels) => {
                let films = asked.iter().map(|asked| asked.variant.sample);
                Ok(films
                    .map(|sample| pixels.answer(sample, &tools.thumbnails))
                    .collect())
            }
        }
    }
}

/// A run whose films are the training set, each with its variants as views.
fn network(
    training_set: &TrainingSet,
    settings: &Settings,
    features: &HashMap<InputVariant, Features>,
    tools: &Tools,
) -> Result<TrialModel, TrainError> {
    let Network::Pretrained(pooling) = settings.network else {
        return Err(missing("a pretrained network"));
    };
    let extractor = tools.extractors.get(&pooling);
    let extractor = extractor.ok_or_else(|| missing("a backbone"))?.clone();
    let mut store = FeatureStore::new(*extractor.key());
    for (sample, lesson) in training_set.films.iter().enumerate() {
        for (view, variant) in lesson.variants.iter().enumerate() {
            store.insert(View { sample, view }, of(features, variant)?.clone());
        }
    }
    let views = training_set
        .films
        .first()
        .map_or(1, |film| film.variants.len());
    let given = Given {
        settings,
        films: &summary(training_set),
        parts: vec![Subset::Train; training_set.films.len()],
        augmented_views: views.saturating_sub(1),
        extractor,
    };
    let run = Run::on(given, &tools.weights, &tools.device, 1);
    let run = run.map_err(|error| TrainError::Unfit {
        detail: error.to_string(),
    })?;
    Ok(TrialModel::Network {
        run: Box::new(run),
        store,
        tuned: settings.fine_tuning.is_some_and(|tuning| tuning.epochs > 0),
        diverged: false,
    })
}

/// The training films by the classes that the network is told.
fn summary(training_set: &TrainingSet) -> DatasetSummary {
    let sample = |class: usize| SampleSummary {
        name: String::new(),
        class,
        patient: None,
        part: None,
        width: 0,
        height: 0,
        facts: None,
        incidentals: Incidentals::default(),
    };
    DatasetSummary {
        title: String::new(),
        task: imaging::task::Task::Region,
        built_in: false,
        classes: vec![String::new(); training_set.classes],
        samples: training_set
            .films
            .iter()
            .map(|film| sample(film.class))
            .collect(),
        skipped: Vec::new(),
    }
}

fn of<'a>(
    features: &'a HashMap<InputVariant, Features>,
    variant: &InputVariant,
) -> Result<&'a Features, TrainError> {
    features
        .get(variant)
        .ok_or_else(|| missing(&format!("the features of {variant:?}")))
}

fn missing(what: &str) -> TrainError {
    TrainError::Missing {
        what: format!("{what} in the experiment"),
    }
}

/// The probability of the second class from which on calling it gives most right answers, the lowest of several.
fn best_threshold(questions: &[Example], answers: &[Vec<f32>]) -> f32 {
    let right = |threshold: f32| {
        let films = questions.iter().zip(answers);
        films
            .filter(|(asked, answer)| (answer[1] >= threshold) == (asked.class == 1))
            .count()
    };
    let mut thresholds: Vec<f32> = answers.iter().map(|answer| answer[1]).collect();
    thresholds.push(f32::INFINITY);
    sort_by(&mut thresholds, f32::total_cmp);
    let mut best = (0, f32::INFINITY);
    for threshold in thresholds {
        let n = right(threshold);
        if n > best.0 {
            best = (n, threshold);
        }
    }
    best.1
}
