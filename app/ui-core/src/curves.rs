//! The learning curves of a run.

mod drawing;

use imaging::report::LossAccuracy;
use plots::chart::Points;

pub use drawing::Words;

use crate::state::Run;

/// A line of more points than this is drawn through the means of equal stretches.
const MOST_POINTS: usize = 300;

/// What one plot shows of a run. Along the width runs the number of steps done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    pub steps_total: f64,
    pub steps_done: usize,
    /// Loss of each batch; empty for the accuracy.
    pub batches: Points,
    pub training: Points,
    pub validation: Points,
    /// Steps done before the backbone was unfrozen.
    pub unfrozen: Option<f64>,
    /// Upper end of the height axis.
    pub top: f64,
}

impl Curves {
    pub fn loss(run: &Run) -> Self {
        let batches: Points = run
            .steps
            .iter()
            .map(|step| (step.steps_done as f64, f64::from(step.loss)))
            .collect();
        let mut curves = Self::of(run, |score| f64::from(score.loss));
        curves.batches = thin(&batches, MOST_POINTS);
        let lines = [&curves.batches, &curves.training, &curves.validation];
        let highest = lines
            .into_iter()
            .flatten()
            .map(|&(_, loss)| loss)
            .filter(|loss| loss.is_finite())
            .fold(0.0, f64::max);
        curves.top = round_up(highest.max(0.1));
        curves
    }

    /// Shares of right answers, 0 to 1.
    pub fn accuracy(run: &Run) -> Self {
        Self::of(run, share)
    }

    fn of(run: &Run, value: impl Fn(LossAccuracy) -> f64) -> Self {
        let line = |score: fn(&imaging::report::EpochReport) -> LossAccuracy| {
            let points = run.epochs.iter();
            points
                .map(|epoch| (epoch.steps_done as f64, value(score(epoch))))
                .collect()
        };
        Self {
            steps_total: run.steps_total.max(1) as f64,
            steps_done: run.steps_done(),
            batches: Points::new(),
            training: line(|epoch| epoch.train),
            validation: line(|epoch| epoch.validation),
            unfrozen: run.unfrozen_at().map(|steps| steps as f64),
            top: 1.0,
        }
    }
}

/// Share of right answers; not a number for no films.
pub fn share(score: LossAccuracy) -> f64 {
    score.correct as f64 / score.n as f64
}

fn round_up(value: f64) -> f64 {
    (value * 5.0).ceil() / 5.0
}

fn thin(points: &[(f64, f64)], most: usize) -> Points {
    let stretch = points.len().div_ceil(most).max(1);
    let mean = |run: &[(f64, f64)]| {
        let n = run.len() as f64;
        let sum = run.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0, y + p.1));
        (sum.0 / n, sum.1 / n)
    };
    points.chunks(stretch).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::StepPoint;
    use imaging::{
        report::{EpochReport, StageKind},
        settings::Settings,
    };
    use protocol::RunId;

    fn run() -> Run {
        let mut run = Run::new(RunId(1), Settings::default());
        run.steps_total = 4;
        for (steps_done, loss) in [(1, 0.9), (2, 0.5), (3, 0.3)] {
            let stage = if steps_done < 3 {
                StageKind::Frozen
            } else {
                StageKind::FineTuning
            };
            run.steps.push(StepPoint {
                steps_done,
                stage,
                loss,
            });
        }
        let score = |loss, correct| LossAccuracy {
            loss,
            correct,
            n: 4,
        };
        run.epochs.push(EpochReport {
            stage: StageKind::Frozen,
            epoch: 0,
            steps_done: 2,
            train: score(0.6, 3),
            validation: score(1.1, 2),
            validation_confusion: vec![vec![2, 0], vec![2, 0]],
        });
        run
    }

    #[test]
    fn curves_hold_the_whole_run() {
        let loss = Curves::loss(&run());
        assert_eq!(loss.batches.len(), 3);
        assert_eq!(loss.unfrozen, Some(2.0));
        assert_eq!(loss.top, 1.2);
        let accuracy = Curves::accuracy(&run());
        assert_eq!(accuracy.training, vec![(2.0, 0.75)]);
        assert_eq!(accuracy.validation, vec![(2.0, 0.5)]);
        assert_eq!(accuracy.top, 1.0);
    }

    #[test]
    fn long_lines_are_thinned_to_their_means() {
        let points: Points = (0..1000).map(|x| (f64::from(x), 2.0)).collect();
        let thinned = thin(&points, 300);
        assert!(thinned.len() <= 300);
        assert!(thinned.iter().all(|&(_, y)| y == 2.0));
        assert_eq!(thin(&points[..3], 300), points[..3]);
    }
}
