//! A [`Score`] from answers, and the numbers that are compared.

use super::{Cell, Measure, Outcome, Score};
use metrics::{answer, auc::auc};

impl Score {
    /// Of films whose true classes are `truth`, `[n]`, and whose answers are `probabilities`, `[n][classes]`.
    pub fn of(
        classes: usize,
        truth: &[usize],
        probabilities: &[Vec<f32>],
        patients: Option<usize>,
    ) -> Self {
        let right = |&(&truth, row): &(&usize, &Vec<f32>)| answer(row) == truth;
        let films = || truth.iter().zip(probabilities);
        let found = |class: usize| {
            let n = films().filter(|(truth, _)| **truth == class).count();
            let hits = films().filter(|(truth, _)| **truth == class).filter(right);
            (classes == 2 && n > 0).then(|| hits.count() as f64 / n as f64)
        };
        let second: Vec<f64> = probabilities
            .iter()
            .map(|row| row.get(1).copied().map_or(0.0, f64::from))
            .collect();
        let labels: Vec<bool> = truth.iter().map(|&class| class == 1).collect();
        let area = (classes == 2).then(|| auc(&second, &labels).ok()).flatten();
        Self {
            n: films().count(),
            correct: films().filter(right).count(),
            patients,
            sensitivity: found(1),
            specificity: found(0),
            auc: area.map(|area| area.value),
        }
    }

    /// `None` where it is not defined.
    pub fn measure(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Accuracy => (self.n > 0).then(|| self.correct as f64 / self.n as f64),
            Measure::Sensitivity => self.sensitivity,
            Measure::Specificity => self.specificity,
            Measure::Auc => self.auc,
        }
    }
}

impl Outcome {
    /// The number of this trial that belongs to the cell, if it does.
    pub fn value(&self, cell: &Cell) -> Option<f64> {
        let mut scores = self.scores.iter();
        let (_, score) =
            scores.find(|(evaluation_set, _)| *evaluation_set == cell.evaluation_set)?;
        (self.condition == cell.condition)
            .then(|| score.measure(cell.measure))
            .flatten()
    }
}
