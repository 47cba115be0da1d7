//! One network of an experiment: trained piece by piece, then judged.

use std::collections::HashMap;

use burn::tensor::Device;

use super::{
    Exposure,
    pixels::{Pixels, Thumbnails},
    plan::{Exam, Learns, Lessons, Question, Rule},
};
use crate::{
    features::{Extractor, FeatureStore, Features, View},
    run::{Given, Run},
    weights::Weights,
};
use experiments::Score;
use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    report::TrainError,
    settings::{Network, Reading, Settings},
    split::Part,
};

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
    pub(super) extractors: HashMap<Reading, Extractor>,
    pub(super) thumbnails: Thumbnails,
}

/// A network under way.
pub(super) struct Bench {
    pub(super) lessons: Lessons,
    learner: Learner,
    exams_done: usize,
    /// Probabilities of the first questions of the present exam, its rule's questions after its own.
    answers: Vec<Vec<f32>>,
}

enum Learner {
    Network {
        run: Box<Run>,
        store: FeatureStore,
        tuned: bool,
        /// Its loss is no longer a number.
        diverged: bool,
    },
    Pixels(Pixels),
}

impl Bench {
    pub(super) fn begin(
        lessons: &Lessons,
        features: &HashMap<Exposure, Features>,
        tools: &Tools,
    ) -> Result<Self, TrainError> {
        let learner = match &lessons.learns {
            Learns::Network(settings) => network(lessons, settings, features, tools)?,
            Learns::Pixels(side) => {
                let films = lessons.films.iter();
                let films: Vec<_> = films
                    .map(|lesson| (lesson.exposures[0].sample, lesson.class))
                    .collect();
                let classes = lessons.classes;
                Learner::Pixels(Pixels::fit(*side, classes, &films, &tools.thumbnails))
            }
        };
        Ok(Self {
            lessons: lessons.clone(),
            learner,
            exams_done: 0,
            answers: Vec::new(),
        })
    }

    pub(super) fn is_learning(&self) -> bool {
        match &self.learner {
            Learner::Network { run, diverged, .. } => !run.is_done() && !diverged,
            Learner::Pixels(_) => false,
        }
    }

    /// A few steps.
    pub(super) async fn learn(&mut self) -> Result<(), TrainError> {
        let Learner::Network {
            run,
            store,
            tuned,
            diverged,
        } = &mut self.learner
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

    /// Makes ready for another list of exams.
    pub(super) fn end_exams(&mut self) {
        self.exams_done = 0;
    }

    /// Answers some questions; the score when all are answered.
    pub(super) async fn examine(
        &mut self,
        exam: &Exam,
        features: &HashMap<Exposure, Features>,
        tools: &Tools,
    ) -> Result<Option<Score>, TrainError> {
        let asked = exam.questions.iter().chain(exam.rule.questions());
        let next: Vec<&Question> = asked.skip(self.answers.len()).take(self.chunk()).collect();
        self.answers
            .extend(self.answer(&next, features, tools).await?);
        let total = exam.questions.len() + exam.rule.questions().len();
        if self.answers.len() < total {
            return Ok(None);
        }
        self.exams_done += 1;
        let mut answers = std::mem::take(&mut self.answers);
        let further = answers.split_off(exam.questions.len());
        if let (Rule::Threshold(others), 2) = (&exam.rule, self.lessons.classes) {
            let threshold = best_threshold(others, &further);
            for answer in &mut answers {
                let found = answer[1] >= threshold;
                *answer = vec![f32::from(u8::from(!found)), f32::from(u8::from(found))];
            }
        }
        let truth: Vec<usize> = exam.questions.iter().map(|asked| asked.class).collect();
        let asked = exam.questions.iter().map(|asked| asked.exposure.sample);
        let patients = tools.summary.patients_of(&asked.collect::<Vec<_>>());
        let classes = self.lessons.classes;
        Ok(Some(Score::of(classes, &truth, &answers, patients)))
    }

    fn chunk(&self) -> usize {
        match &self.learner {
            Learner::Network { tuned: true, .. } => JUDGED_BY_TAIL,
            _ => JUDGED,
        }
    }

    async fn answer(
        &self,
        asked: &[&Question],
        features: &HashMap<Exposure, Features>,
        tools: &Tools,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        match &self.learner {
            Learner::Network { run, .. } => {
                let films = asked.iter().map(|asked| of(features, &asked.exposure));
                run.judge(&films.collect::<Result<Vec<_>, _>>()?).await
            }
            Learner::Pixels(pixels) => {
                let films = asked.iter().map(|asked| asked.exposure.sample);
                Ok(films
                    .map(|sample| pixels.answer(sample, &tools.thumbnails))
                    .collect())
            }
        }
    }
}

/// A run whose films are the lessons, each with its exposures as views.
fn network(
    lessons: &Lessons,
    settings: &Settings,
    features: &HashMap<Exposure, Features>,
    tools: &Tools,
) -> Result<Learner, TrainError> {
    let Network::Pretrained(reading) = settings.network else {
        return Err(missing("a pretrained network"));
    };
    let extractor = tools.extractors.get(&reading);
    let extractor = extractor.ok_or_else(|| missing("a backbone"))?.clone();
    let mut store = FeatureStore::new(*extractor.recipe());
    for (sample, lesson) in lessons.films.iter().enumerate() {
        for (view, exposure) in lesson.exposures.iter().enumerate() {
            store.insert(View { sample, view }, of(features, exposure)?.clone());
        }
    }
    let views = lessons.films.first().map_or(1, |film| film.exposures.len());
    let given = Given {
        settings,
        films: &summary(lessons),
        parts: vec![Part::Train; lessons.films.len()],
        augmented_views: views.saturating_sub(1),
        extractor,
    };
    let run = Run::on(given, &tools.weights, &tools.device, 1);
    let run = run.map_err(|error| TrainError::Unfit {
        detail: error.to_string(),
    })?;
    Ok(Learner::Network {
        run: Box::new(run),
        store,
        tuned: settings.fine_tuning.is_some_and(|tuning| tuning.epochs > 0),
        diverged: false,
    })
}

/// The training films by the classes that the network is told.
fn summary(lessons: &Lessons) -> DatasetSummary {
    let sample = |class: usize| SampleSummary {
        name: String::new(),
        class,
        patient: None,
        part: None,
        width: 0,
        height: 0,
    };
    DatasetSummary {
        title: String::new(),
        built_in: false,
        classes: vec![String::new(); lessons.classes],
        samples: lessons
            .films
            .iter()
            .map(|film| sample(film.class))
            .collect(),
        skipped: Vec::new(),
    }
}

fn of<'a>(
    features: &'a HashMap<Exposure, Features>,
    exposure: &Exposure,
) -> Result<&'a Features, TrainError> {
    features
        .get(exposure)
        .ok_or_else(|| missing(&format!("the features of {exposure:?}")))
}

fn missing(what: &str) -> TrainError {
    TrainError::Missing {
        what: format!("{what} in the experiment"),
    }
}

/// The probability of the second class from which on calling it gives most right answers, the lowest of several.
fn best_threshold(questions: &[Question], answers: &[Vec<f32>]) -> f32 {
    let right = |threshold: f32| {
        let films = questions.iter().zip(answers);
        films
            .filter(|(asked, answer)| (answer[1] >= threshold) == (asked.class == 1))
            .count()
    };
    let mut thresholds: Vec<f32> = answers.iter().map(|answer| answer[1]).collect();
    thresholds.push(f32::INFINITY);
    thresholds.sort_by(f32::total_cmp);
    let mut best = (0, f32::INFINITY);
    for threshold in thresholds {
        let n = right(threshold);
        if n > best.0 {
            best = (n, threshold);
        }
    }
    best.1
}
