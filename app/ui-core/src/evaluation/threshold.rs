//! One class against all others: curves, the operating point on them, and what it means for patients.

use std::fmt::Write;

use imaging::report::TestReport;
use metrics::{
    Counts,
    auc::{self, Auc},
    one_against_rest,
    roc::{Roc, RocError},
};

use super::Answers;

/// How common the finding may be, as shares.
pub const PREVALENCES: [f64; 17] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75,
    0.9,
];

/// What a miss may cost, in false alarms.
pub const MISS_COSTS: [f64; 13] = [
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0,
];

/// Of how many patients a picture is drawn.
pub const CROWD: usize = 1_000;
/// Patients in a row of it.
pub const CROWD_ROW: usize = 50;
/// Width of a patient in the units of the picture.
pub const CROWD_CELL: f64 = 10.0;

/// The films' scores for one class, and the curve that they give.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    pub films: usize,
    pub positives: usize,
    pub curve: Result<(Roc, Auc), RocError>,
}

impl Detection {
    pub fn of(report: &TestReport, class: usize) -> Self {
        let answers = Answers::of(report);
        let (scores, labels) = one_against_rest(class, &answers.truth, &answers.probabilities);
        let curve =
            Roc::new(&scores, &labels).and_then(|roc| Ok((roc, auc::auc(&scores, &labels)?)));
        Self {
            films: labels.len(),
            positives: labels.iter().filter(|&&label| label).count(),
            curve,
        }
    }

    pub fn roc(&self) -> Option<&Roc> {
        self.curve.as_ref().ok().map(|(roc, _)| roc)
    }

    pub fn auc(&self) -> Option<Auc> {
        self.curve.as_ref().ok().map(|(_, auc)| *auc)
    }
}

/// The place on the curve that a threshold leads to.
pub fn place(roc: &Roc, threshold: f64) -> usize {
    let reached = |at: &Option<f64>| at.is_none_or(|at| at >= threshold);
    let points = roc.points().iter().map(|point| point.threshold);
    points.take_while(reached).count().saturating_sub(1)
}

/// The threshold of a place on the curve; infinite where nothing is answered positive.
pub fn threshold(roc: &Roc, place: usize) -> f64 {
    let point = roc.points().get(place).or(roc.points().last());
    point
        .and_then(|point| point.threshold)
        .unwrap_or(f64::INFINITY)
}

/// Share of the clear films that alarm, and share of the others that are found.
pub fn roc_place(counts: &Counts) -> (f64, f64) {
    let alarms = counts.false_positives as f64 / counts.negatives() as f64;
    (alarms, recall(counts))
}

/// Share of the films that are found, and share of the positive answers that are right.
pub fn precision_place(counts: &Counts) -> (f64, f64) {
    let answers = counts.true_positives + counts.false_positives;
    (
        recall(counts),
        counts.true_positives as f64 / answers as f64,
    )
}

fn recall(counts: &Counts) -> f64 {
    counts.true_positives as f64 / counts.positives() as f64
}

/// The place on the curve that is drawn nearest to a point, the strictest of several.
pub fn nearest(roc: &Roc, drawn: fn(&Counts) -> (f64, f64), (x, y): (f64, f64)) -> usize {
    let mut best = (0, f64::INFINITY);
    for (place, point) in roc.points().iter().enumerate() {
        let at = drawn(&point.counts);
        let distance = (at.0 - x).powi(2) + (at.1 - y).powi(2);
        if distance < best.1 {
            best = (place, distance);
        }
    }
    best.0
}

/// How wide each kind of patient is drawn.
const RADII: [f64; 4] = [4.0, 3.2, 4.0, 2.0];

/// One patient of each kind, in the order of [`crowd`].
pub fn signs() -> [String; 4] {
    RADII.map(|radius| dots(0..1, radius))
}

/// The picture of [`CROWD`] patients as four SVG paths: found, missed, false alarms, cleared. Colour tells
/// who has it, the filling what was answered.
pub fn crowd(counts: &Counts) -> [String; 4] {
    let kinds = [
        counts.true_positives,
        counts.false_negatives,
        counts.false_positives,
        counts.true_negatives,
    ];
    let mut from = 0;
    std::array::from_fn(|kind| {
        let to = from + kinds[kind];
        let path = dots(from..to, RADII[kind]);
        from = to;
        path
    })
}

fn dots(places: std::ops::Range<usize>, radius: f64) -> String {
    let mut path = String::new();
    for place in places {
        let x = (place % CROWD_ROW) as f64 * CROWD_CELL + CROWD_CELL / 2.0 - radius;
        let y = (place / CROWD_ROW) as f64 * CROWD_CELL + CROWD_CELL / 2.0;
        let across = 2.0 * radius;
        // Writing to a `String` cannot fail.
        let _ = write!(
            path,
            "M{x} {y}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0Z"
        );
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roc() -> Roc {
        let scores = [0.9, 0.8, 0.8, 0.3, 0.1];
        let labels = [true, true, false, true, false];
        Roc::new(&scores, &labels).expect("a curve")
    }

    #[test]
    fn a_threshold_and_its_place_belong_together() {
        let roc = roc();
        let places: Vec<usize> = [f64::INFINITY, 0.95, 0.9, 0.5, 0.3, 0.0]
            .into_iter()
            .map(|threshold| place(&roc, threshold))
            .collect();
        assert_eq!(places, [0, 0, 1, 2, 3, 4]);
        for at in 0..roc.points().len() {
            assert_eq!(place(&roc, threshold(&roc, at)), at);
            assert_eq!(roc.at(threshold(&roc, at)), roc.points()[at].counts);
        }
    }

    #[test]
    fn a_pointer_finds_the_nearest_place() {
        let roc = roc();
        assert_eq!(nearest(&roc, roc_place, (0.0, 0.0)), 0);
        assert_eq!(nearest(&roc, roc_place, (0.0, 0.4)), 1);
        assert_eq!(nearest(&roc, roc_place, (1.0, 1.0)), 4);
        // Without a positive answer there is no precision, and so no place.
        assert_eq!(nearest(&roc, precision_place, (0.0, 1.0)), 1);
    }

    #[test]
    fn everybody_is_in_the_picture_once() {
        let counts = Counts {
            true_positives: 45,
            false_negatives: 5,
            false_positives: 95,
            true_negatives: 855,
        };
        let paths = crowd(&counts);
        let people = paths.each_ref().map(|path| path.matches('M').count());
        assert_eq!(people, [45, 5, 95, 855]);
        assert!(paths[0].starts_with("M1 5a4 4"));
        let all = paths.concat();
        let mut places: Vec<String> = all
            .split('M')
            .skip(1)
            .filter_map(|dot| {
                let (x, rest) = dot.split_once(' ')?;
                let (y, rest) = rest.split_once('a')?;
                let radius: f64 = rest.split_once(' ')?.0.parse().ok()?;
                Some(format!("{} {y}", x.parse::<f64>().ok()? + radius))
            })
            .collect();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), CROWD);
    }

    #[test]
    fn sliders_rise() {
        assert!(PREVALENCES.is_sorted() && MISS_COSTS.is_sorted());
    }
}
