//! Whether this page can have kept what it is given: a project may come from anywhere, and places in it are looked up elsewhere.

use imaging::{
    pack::MAX_CLASSES,
    report::{EpochReport, LossAccuracy, TestReport},
};
use protocol::{ExplanationResult, TestResult};

use super::{KeptQuestion, KeptRun, KeptTrials, KeptWork};

impl KeptWork {
    pub(super) fn is_sound(&self) -> bool {
        let films = self.films.films;
        let opened = self.opened.as_deref();
        let tested = |found: &ExplanationResult| match found {
            ExplanationResult::Changed(report) => report_is_sound(report, Some(films)),
            _ => false,
        };
        self.run.as_ref().is_none_or(|run| {
            let whole = run.parts.is_empty() || run.parts.len() == films;
            whole && run_is_sound(run)
        }) && opened.is_none_or(|own| result_is_sound(own, Some(films)))
            && self.past_runs.iter().all(|past| {
                let opened = past.opened.as_deref();
                run_is_sound(&past.run) && opened.is_none_or(|own| result_is_sound(own, None))
            })
            && self
                .questions
                .iter()
                .all(|one| question_is_sound(one, films))
            && self.same_as.iter().flatten().all(|&film| film < films)
            && self.trials.iter().all(trials_are_sound)
            && self.changed.iter().all(|(_, found)| tested(found))
            && self.before_is_sound()
    }

    fn before_is_sound(&self) -> bool {
        self.films.before.as_ref().is_none_or(|before| {
            let classes = before.classes.len();
            before.films.len() == self.films.films
                && classes <= MAX_CLASSES
                && before.films.iter().all(|film| film.class < classes)
        })
    }
}

fn run_is_sound(run: &KeptRun) -> bool {
    let counts = |own: LossAccuracy| own.n > 0 && own.correct <= own.n;
    let epoch = |own: &EpochReport| {
        counts(own.train) && counts(own.validation) && is_square(&own.validation_confusion)
    };
    run.settings.validate().is_ok() && run.epochs.iter().all(epoch)
}

fn result_is_sound(result: &TestResult, films: Option<usize>) -> bool {
    let reports = [&result.report, &result.validation, &result.baseline];
    reports.into_iter().all(|own| report_is_sound(own, films))
}

fn report_is_sound(report: &TestReport, films: Option<usize>) -> bool {
    let scores = &report.scores;
    let classes = scores.confusion.len();
    let (low, high) = (scores.accuracy.low, scores.accuracy.high);
    is_square(&scores.confusion)
        && scores.accuracy.hits <= scores.accuracy.n
        && (0.0..=1.0).contains(&low)
        && (low..=1.0).contains(&high)
        && (0.0..=1.0).contains(&scores.majority)
        && report.films.iter().all(|film| {
            film.class < classes
                && film.probabilities.len() == classes
                && films.is_none_or(|films| film.sample < films)
        })
}

/// Of two classes or more.
fn is_square(confusion: &[Vec<usize>]) -> bool {
    let classes = confusion.len();
    let sum = confusion
        .iter()
        .flatten()
        .try_fold(0, |sum: usize, &n| sum.checked_add(n));
    (2..=MAX_CLASSES).contains(&classes)
        && confusion.iter().all(|row| row.len() == classes)
        && sum.is_some()
}

fn question_is_sound(question: &KeptQuestion, films: usize) -> bool {
    let classes = question.probabilities.len();
    let neighbours = &question.ood_score.neighbours;
    (2..=MAX_CLASSES).contains(&classes) && neighbours.iter().all(|one| one.sample < films)
}

fn trials_are_sound(trials: &KeptTrials) -> bool {
    let conditions = trials.experiment.conditions().len();
    let mut outcomes = trials.outcomes.iter();
    outcomes.all(|outcome| outcome.condition < conditions)
}
