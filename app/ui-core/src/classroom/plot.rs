//! The pooled experiment as plots: a point a learner, means and effects with their intervals, without words.

use crate::{
    classroom::result::{Factor, PooledGroup, Run},
    lesson::Arm,
};
use plots::chart::{
    drawing::{Axis, Datum, Drawing, Look, Series, Shape},
    swarm::swarm,
};

const SIZE: (f64, f64) = (640.0, 320.0);
/// Points this near to each other, as shares of the height, stand side by side.
const TOUCHING: f64 = 0.04;
/// Room for points on either side of an arm's place, whose mean stands beside them.
const SWARM: f64 = 0.28;
const BESIDE: f64 = 0.36;
/// The axis reaches at least so far, as a share.
const LEAST: f64 = 0.1;

/// Where the axis of [`arms`] begins: below all points and intervals, as a share.
pub fn arms_low(group: &PooledGroup) -> f64 {
    let points = group.arms.iter().flatten().map(|run| run.score.share());
    let means = Arm::ALL.into_iter().filter_map(|arm| group.mean(arm));
    let ends = means.filter_map(|mean| Some(mean.interval?.low));
    Axis::low_for(points.chain(ends).fold(1.0, f64::min))
}

/// Points by arm. `names`: of the arms in the order of [`Arm::ALL`]; `words`: of the arms together, of the shares, which
/// says where they begin ([`arms_low`]), of the points, of the means.
pub fn arms(group: &PooledGroup, names: Vec<String>, words: [String; 4]) -> Drawing {
    let [arms, shares, learners, means] = words;
    let shares = Axis::percent_from(shares, arms_low(group));
    let touching = TOUCHING * (shares.high - shares.low);
    let mut drawing = Drawing::new(SIZE, Axis::places(arms, names), shares);
    let mut points = Vec::new();
    let mut spreads = Vec::new();
    for (place, arm) in Arm::ALL.into_iter().enumerate() {
        points.extend(learners_of(place as f64, &group.arms[place], touching));
        if let Some(mean) = group.mean(arm) {
            spreads.push(Datum {
                low: mean.interval.map(|interval| interval.low),
                high: mean.interval.map(|interval| interval.high),
                beside: BESIDE,
                ..Datum::from((place as f64, mean.mean))
            });
        }
    }
    drawing
        .series
        .push(Series::dots(learners, Look::Soft, points));
    drawing.series.push(Series {
        name: means,
        shape: Shape::Whiskers,
        look: Look::Main,
        data: spreads,
        label: None,
    });
    drawing
}

/// A point a learner, all side by side. `words`: of the one place, of the shares, which says where they begin ([`arms_low`]),
/// of the points.
pub fn room(group: &PooledGroup, name: String, words: [String; 3]) -> Drawing {
    let [place, shares, learners] = words;
    let shares = Axis::percent_from(shares, arms_low(group));
    let touching = TOUCHING * (shares.high - shares.low);
    let runs: Vec<Run> = group.arms.iter().flatten().copied().collect();
    let points = learners_of(0.0, &runs, touching).collect();
    let mut drawing = Drawing::new(SIZE, Axis::places(place, vec![name]), shares);
    drawing
        .series
        .push(Series::dots(learners, Look::Soft, points));
    drawing
}

/// A point a learner.
fn learners_of(place: f64, runs: &[Run], touching: f64) -> impl Iterator<Item = Datum> {
    let shares: Vec<f64> = runs.iter().map(|run| run.score.share()).collect();
    let point = move |(run, beside): (&Run, f64)| Datum {
        note: format!("{} / {}", run.score.correct, run.score.n),
        beside: beside * SWARM,
        ..Datum::from((place, run.score.share()))
    };
    runs.iter().zip(swarm(&shares, touching)).map(point)
}

/// What each switch does, with the line of nothing. `words`: of the switches together, of the differences, of the
/// effects, of the line.
pub fn effects(group: &PooledGroup, names: Vec<String>, words: [String; 4]) -> Drawing {
    let [switches, points, effects, nothing] = words;
    let found = Factor::ALL.map(|factor| group.effect(factor));
    let ends = found.iter().flatten().flat_map(|effect| {
        let ends = effect
            .interval
            .map(|interval| [interval.low, interval.high]);
        ends.into_iter().flatten().chain([effect.mean])
    });
    let reach = ends.fold(LEAST, |reach, end| reach.max(end.abs()));
    let reach = ((reach * 110.0 / 10.0).ceil() * 10.0).min(100.0);
    let mut drawing = Drawing::new(
        SIZE,
        Axis::places(switches, names),
        Axis::numbers(points, -reach, reach),
    );
    let data = found.iter().enumerate().filter_map(|(place, effect)| {
        let effect = effect.as_ref()?;
        Some(Datum {
            x: place as f64,
            y: effect.mean * 100.0,
            low: effect
                .interval
                .map(|interval| (interval.low * 100.0).max(-reach)),
            high: effect
                .interval
                .map(|interval| (interval.high * 100.0).min(reach)),
            ..Datum::default()
        })
    });
    let data = data.collect();
    drawing.series.push(Series::line(
        nothing,
        Look::Guide,
        [(-0.5, 0.0), (1.5, 0.0)],
    ));
    drawing.series.push(Series {
        name: effects,
        shape: Shape::Whiskers,
        look: Look::Main,
        data,
        label: None,
    });
    drawing
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::classroom::code::Counted;

    fn group() -> PooledGroup {
        let run = |n: usize| {
            let arm = Arm::ALL[n % 4];
            let right = 20 + 10 * u32::from(arm.augmentation) + n as u32 % 3;
            let score = Counted {
                correct: right,
                n: 40,
            };
            (arm, n as u64, score)
        };
        PooledGroup::new((0..20).map(run))
    }

    fn words(n: usize) -> Vec<String> {
        (0..n).map(|place| place.to_string()).collect()
    }

    fn four() -> [String; 4] {
        ["a", "b", "c", "d"].map(str::to_owned)
    }

    #[test]
    fn the_whole_room_stands_in_one_place() {
        let words = [String::new(), "share".into(), "learners".into()];
        let drawing = room(&group(), "all".into(), words);
        assert_eq!(drawing.series.len(), 1);
        assert_eq!(drawing.series[0].data.len(), 20);
        assert!(drawing.series[0].data.iter().all(|datum| datum.x == 0.0));
    }

    #[test]
    fn every_learner_is_a_point_of_its_own() {
        let drawing = arms(&group(), words(4), four());
        let points = &drawing.series[0].data;
        assert_eq!(points.len(), 20);
        let place = |point: &Datum| {
            let (x, y) = drawing.place(point.x + point.beside, point.y);
            (x as i64, y as i64)
        };
        let places: BTreeSet<_> = points.iter().map(place).collect();
        assert_eq!(places.len(), 20);
        assert_eq!(drawing.series[1].data.len(), 4);
        for datum in drawing.series.iter().flat_map(|series| &series.data) {
            let x = datum.x + datum.beside;
            assert!(x > drawing.across.low && x < drawing.across.high);
            // The table names the arm, wherever the point is drawn.
            assert_eq!(drawing.across.written(datum.x), datum.x.to_string());
        }
    }

    #[test]
    fn the_axis_begins_below_all_points_and_intervals() {
        let group = group();
        let drawing = arms(&group, words(4), four());
        assert_eq!(drawing.up.low, arms_low(&group));
        assert!((drawing.up.low - 0.4).abs() < 1e-9, "{}", drawing.up.low);
        for datum in drawing.series.iter().flat_map(|series| &series.data) {
            assert!(datum.low.unwrap_or(datum.y) >= drawing.up.low);
        }
        assert_eq!(arms_low(&PooledGroup::default()), 0.8);
    }

    #[test]
    fn effects_lie_within_their_axis() {
        let drawing = effects(&group(), words(2), four());
        let found = &drawing.series[1].data;
        assert_eq!(found.len(), 2);
        assert!((found[0].y - 25.0).abs() < 3.0, "{}", found[0].y);
        for datum in found {
            let ends = [datum.low, datum.high].map(|end| end.expect("an interval"));
            assert!(drawing.up.low <= ends[0] && ends[0] < datum.y);
            assert!(datum.y < ends[1] && ends[1] <= drawing.up.high);
        }
        let none = effects(&PooledGroup::default(), words(2), four());
        assert!(none.series[1].data.is_empty());
    }
}
