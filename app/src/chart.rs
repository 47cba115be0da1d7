//! The geometry of plots: numbers to places on a drawing, without a browser.
//!
//! Here the learning curves; any other plot is a [`Drawing`](drawing::Drawing).

pub mod drawing;
pub mod strip;
pub mod svg;
pub mod table;

use model::report::LossAccuracy;

use crate::state::Run;

/// Points of one line, in data units.
pub type Points = Vec<(f64, f64)>;

/// How many class colours there are; further classes begin anew, their names tell them apart.
pub const CLASS_COLOURS: usize = 7;

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
        let line = |score: fn(&model::report::EpochReport) -> LossAccuracy| {
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

/// The drawing area within an SVG, in its units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    /// Where a point lies, if the axes reach from 0 to `ends`.
    pub fn place(&self, (x, y): (f64, f64), ends: (f64, f64)) -> (f64, f64) {
        let along = self.left + x / ends.0 * (self.right - self.left);
        let up = self.bottom - y / ends.1 * (self.bottom - self.top);
        (along, up.max(self.top))
    }

    /// The line through the points as the `d` of an SVG path; what is no number is left out.
    pub fn path(&self, points: &[(f64, f64)], ends: (f64, f64)) -> String {
        let mut path = String::new();
        for &point in points.iter().filter(|(_, y)| y.is_finite()) {
            let (x, y) = self.place(point, ends);
            let pen = if path.is_empty() { 'M' } else { 'L' };
            path.push_str(&format!("{pen}{x:.1} {y:.1}"));
        }
        path
    }
}

/// Three to six round numbers from 0 to at most `end`.
pub fn ticks(end: f64) -> Vec<f64> {
    round_ticks(0.0, end)
}

/// Round numbers from `low` to `high`, three to six if `low` is one itself.
pub fn round_ticks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / 5.0;
    if !(rough.is_finite() && rough > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|&step| step >= rough)
        .unwrap_or(rough);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|tick| tick as f64 * step).collect()
}

/// Two labels beside each other's lines, at least `gap` apart, as near to their places as can be.
pub fn keep_apart(first: f64, second: f64, gap: f64) -> (f64, f64) {
    let missing = (gap - (second - first).abs()).max(0.0) / 2.0;
    if first <= second {
        (first - missing, second + missing)
    } else {
        (first + missing, second - missing)
    }
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
    use crate::{protocol::RunId, state::StepPoint};
    use model::{
        report::{EpochReport, StageKind},
        settings::Settings,
    };

    const FRAME: Frame = Frame {
        left: 10.0,
        top: 0.0,
        right: 110.0,
        bottom: 50.0,
    };

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
    fn places_lie_within_the_frame() {
        assert_eq!(FRAME.place((0.0, 0.0), (4.0, 1.0)), (10.0, 50.0));
        assert_eq!(FRAME.place((4.0, 1.0), (4.0, 1.0)), (110.0, 0.0));
        assert_eq!(FRAME.place((4.0, 9.0), (4.0, 1.0)), (110.0, 0.0));
        let gap = [(0.0, 0.0), (2.0, f64::NAN), (4.0, 1.0)];
        assert_eq!(FRAME.path(&gap, (4.0, 1.0)), "M10.0 50.0L110.0 0.0");
    }

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(ticks(120.0), vec![0.0, 50.0, 100.0]);
        assert_eq!(ticks(96.0), vec![0.0, 20.0, 40.0, 60.0, 80.0]);
        for end in [0.2, 0.6, 1.2, 7.0, 96.0, 5000.0] {
            let ticks = ticks(end);
            assert!((3..=6).contains(&ticks.len()), "{end}: {ticks:?}");
            assert!(ticks.iter().all(|&tick| tick <= end + 1e-6));
        }
    }

    #[test]
    fn labels_keep_apart_and_in_order() {
        assert_eq!(keep_apart(10.0, 12.0, 14.0), (4.0, 18.0));
        assert_eq!(keep_apart(12.0, 10.0, 14.0), (18.0, 4.0));
        assert_eq!(keep_apart(10.0, 40.0, 14.0), (10.0, 40.0));
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
