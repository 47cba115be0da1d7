//! What came out of a step, in the terms of its question, and how the prediction did.

#[cfg(test)]
pub(super) mod tests;

use experiments::{
    Cell,
    ConditionKey::{self, *},
    Effect, EvaluationSet, Experiment, Measure, Spread, difference, values,
};
use metrics::{Interval, Proportion, answer};

use super::{Answer, Break, Step, need};
use crate::state::{AppState, Question, QuestionSource, Reply};
use protocol::ExplanationResult;

/// Enough is when so many test films are answered rightly.
pub const ENOUGH: f64 = 0.9;
/// Above this, the head is unsure no longer; above the second, very sure.
const SURE: [f32; 2] = [0.6, 0.9];
/// A percentage so near to what came out held, however narrow the interval.
const NEAR: f64 = 0.015;
/// Maps that correlate by more resemble each other.
pub const RESEMBLING: f64 = 0.5;

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Truth {
    /// Index into the answers of the step's question.
    Choice(usize),
    /// A share, 0 to 1, with its 95 % interval: over films, or over the seeds of an experiment, where these differ.
    Share {
        value: f64,
        interval: Option<Interval>,
    },
    /// The seeds that were tried show neither an effect nor that there is none.
    Unclear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonVerdict {
    Held,
    Missed,
    /// No guess was made.
    Declined,
    /// What came out does not tell.
    Unclear,
}

impl From<Proportion> for Truth {
    fn from(score: Proportion) -> Self {
        Self::Share {
            value: score.share(),
            interval: Some(Interval {
                low: score.low,
                high: score.high,
            }),
        }
    }
}

impl From<Spread> for Truth {
    fn from(spread: Spread) -> Self {
        Self::Share {
            value: spread.mean,
            interval: spread.interval,
        }
    }
}

impl Truth {
    /// Of a step whose results are there.
    pub fn of(step: Step, state: &AppState) -> Option<Self> {
        match step {
            Step::Start | Step::TakeAway | Step::LookBack => None,
            Step::Look => pixels(state),
            Step::Train => {
                let last = state.trained()?.epochs.last()?.validation;
                Some(Proportion::of_some(last.correct, last.n)?.into())
            }
            Step::Compare => arms(state),
            Step::Test => Some(state.opened()?.report.scores.accuracy.into()),
            Step::Break(Break::Marker) => {
                let swapped = cell(Experiment::Shortcut, Marked100, EvaluationSet::Swapped)?;
                Some(level(state, Experiment::Shortcut, &swapped)?.into())
            }
            Step::Break(Break::Hospital) => hospital(state),
            Step::Break(Break::Leak) => {
                let others = cell(Experiment::Leak, ByPatient, EvaluationSet::OtherPatients)?;
                Some(level(state, Experiment::Leak, &others)?.into())
            }
            Step::Break(Break::Odd) => Some(Self::Choice(surety(odd_surety(state)?))),
            Step::Break(Break::Mirrored) => mirrored(state),
            Step::Where => heat(state),
        }
    }

    pub fn judge(self, prediction: Answer) -> LessonVerdict {
        let held = match (self, prediction) {
            (_, Answer::Declined) => return LessonVerdict::Declined,
            (Self::Unclear, _) => return LessonVerdict::Unclear,
            (Self::Choice(truth), Answer::Choice(chosen)) => truth == chosen,
            (Self::Share { value, .. }, Answer::Percent(percent)) => {
                let share = f64::from(percent) / 100.0;
                (share - value).abs() < NEAR || self.encloses(prediction)
            }
            (Self::Choice(_), Answer::Percent(_)) | (Self::Share { .. }, Answer::Choice(_)) => {
                false
            }
        };
        if held {
            LessonVerdict::Held
        } else {
            LessonVerdict::Missed
        }
    }

    /// Whether a predicted percentage lies in the interval.
    pub fn encloses(self, prediction: Answer) -> bool {
        match (self, prediction) {
            (
                Self::Share {
                    interval: Some(Interval { low, high }),
                    ..
                },
                Answer::Percent(percent),
            ) => (low..=high).contains(&(f64::from(percent) / 100.0)),
            _ => false,
        }
    }
}

/// Accuracy of a condition on an evaluation set.
pub fn cell(
    experiment: Experiment,
    condition: ConditionKey,
    evaluation_set: EvaluationSet,
) -> Option<Cell> {
    Some(Cell {
        condition: experiment.condition(condition)?,
        evaluation_set,
        measure: Measure::Accuracy,
    })
}

/// The number of a cell over the seeds that were tried.
pub fn level(state: &AppState, experiment: Experiment, cell: &Cell) -> Option<Spread> {
    let values = values(state.experiments.outcomes(experiment), cell);
    Spread::of_shares(
        &values
            .into_iter()
            .map(|(_, value)| value)
            .collect::<Vec<_>>(),
    )
}

/// The fewest films that a seed of a cell was judged on.
pub fn fewest_films(state: &AppState, experiment: Experiment, cell: &Cell) -> Option<usize> {
    let outcomes = state.experiments.outcomes(experiment).iter();
    let of_condition = outcomes.filter(|outcome| outcome.condition == cell.condition);
    let scores = of_condition.flat_map(|outcome| &outcome.scores);
    let judged = scores.filter(|(evaluation_set, _)| *evaluation_set == cell.evaluation_set);
    judged.map(|(_, score)| score.n).min()
}

fn change(state: &AppState, experiment: Experiment, from: &Cell, to: &Cell) -> Option<Effect> {
    let spread = difference(state.experiments.outcomes(experiment), from, to)?;
    Some(Effect::of(&spread, to.measure))
}

/// The fewest pixels that are enough; the last answer where none of the fewer are.
fn pixels(state: &AppState) -> Option<Truth> {
    let fewest = [Pixels1, Pixels2, Pixels4];
    let mut enough = None;
    for (place, key) in fewest.into_iter().enumerate() {
        let cell = cell(Experiment::Pixels, key, EvaluationSet::Test)?;
        let spread = level(state, Experiment::Pixels, &cell)?;
        if enough.is_none() && spread.mean >= ENOUGH {
            enough = Some(place);
        }
    }
    Some(Truth::Choice(enough.unwrap_or(fewest.len())))
}

/// The evaluation set that shows what augmentation is for: other patients where patients are known, else shifted films.
pub fn away(state: &AppState) -> EvaluationSet {
    let others = cell(Experiment::Arms, Neither, EvaluationSet::OtherPatients);
    match others.and_then(|cell| level(state, Experiment::Arms, &cell)) {
        Some(_) => EvaluationSet::OtherPatients,
        None => EvaluationSet::Shifted,
    }
}

/// For augmentation, dropout, both or neither these seeds show that it changes the score.
fn arms(state: &AppState) -> Option<Truth> {
    let evaluation_set = away(state);
    let neither = cell(Experiment::Arms, Neither, evaluation_set)?;
    let moved = |key| {
        let to = cell(Experiment::Arms, key, evaluation_set)?;
        Some(change(state, Experiment::Arms, &neither, &to)?.is_shown())
    };
    let choice = match (moved(Augmentation)?, moved(Dropout)?) {
        (true, false) => 0,
        (false, true) => 1,
        (true, true) => 2,
        (false, false) => 3,
    };
    Some(Truth::Choice(choice))
}

/// The change that the step asks about, whichever of them costs most: lying on its side.
pub const ASKED_CHANGE: EvaluationSet = EvaluationSet::Rotated;

/// Do accuracy and AUC fall with it, accuracy alone, or neither?
fn hospital(state: &AppState) -> Option<Truth> {
    let of = |measure| {
        let at = |evaluation_set| {
            let cell = cell(Experiment::NewHospital, AsTheyAre, evaluation_set)?;
            Some(Cell { measure, ..cell })
        };
        let (home, there) = (at(EvaluationSet::Test)?, at(ASKED_CHANGE)?);
        change(state, Experiment::NewHospital, &home, &there)
    };
    let accuracy = of(Measure::Accuracy)?;
    // Of more than two classes there is no AUC.
    let Some(auc) = of(Measure::Auc) else {
        return Some(Truth::Unclear);
    };
    Some(match (accuracy, auc) {
        (Effect::Less, Effect::Less) => Truth::Choice(0),
        (Effect::Less, Effect::Negligible | Effect::More) => Truth::Choice(1),
        (Effect::Negligible | Effect::More, Effect::Negligible | Effect::More) => Truth::Choice(2),
        // Of the AUC alone nobody was asked.
        (Effect::Negligible | Effect::More, Effect::Less)
        | (Effect::Unclear, _)
        | (_, Effect::Unclear) => Truth::Unclear,
    })
}

/// Flips make it better, change nothing, or take away what was to be learnt.
fn mirrored(state: &AppState) -> Option<Truth> {
    let from = cell(Experiment::Mirrored, Grid, EvaluationSet::Test)?;
    let to = cell(Experiment::Mirrored, GridFlips, EvaluationSet::Test)?;
    Some(match change(state, Experiment::Mirrored, &from, &to)? {
        Effect::More => Truth::Choice(0),
        Effect::Negligible => Truth::Choice(1),
        Effect::Less => Truth::Choice(2),
        Effect::Unclear => Truth::Unclear,
    })
}

/// The odd film that the question is about: that of knees, or else the first that was answered.
pub fn odd_question(state: &AppState) -> Option<&Question> {
    let answered = || {
        state.questions.iter().filter(|question| {
            let odd = matches!(question.source, QuestionSource::Odd(_));
            odd && matches!(question.reply, Reply::Answered(_))
        })
    };
    let knees = answered().find(|question| question.name == "knees");
    knees.or_else(|| answered().next_back())
}

/// How sure the head is of its answer to that film.
pub fn odd_surety(state: &AppState) -> Option<f32> {
    match &odd_question(state)?.reply {
        Reply::Answered(own) => own.probabilities.get(answer(&own.probabilities)).copied(),
        Reply::Pending | Reply::Failed(_) => None,
    }
}

fn surety(probability: f32) -> usize {
    SURE.into_iter().filter(|&sure| probability > sure).count()
}

/// None of the other networks' maps resembles the trained one's, some do, or all.
fn heat(state: &AppState) -> Option<Truth> {
    let alike = resemblances(state)?;
    let resembling = alike.iter().flatten().filter(|&&r| r > RESEMBLING).count();
    Some(Truth::Choice(match resembling {
        0 => 0,
        n if n < alike.len() => 1,
        _ => 2,
    }))
}

/// How the maps of the networks that have not learnt correlate with the trained one's, in their order.
pub fn resemblances(state: &AppState) -> Option<Vec<Option<f64>>> {
    let (_, ExplanationResult::GradCam { maps, .. }) = need::heat(state)? else {
        return None;
    };
    let ((_, trained), others) = maps.split_first()?;
    (!others.is_empty()).then(|| {
        let others = others.iter();
        others.map(|(_, map)| trained.correlation(map)).collect()
    })
}
