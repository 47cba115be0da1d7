//! Which plots an experiment has, and what they show.

use super::{
    drawing::{LABEL, broken},
    *,
};
use crate::chart::{
    drawing::Shape,
    table::{Heads, csv},
};
use experiments::Score;

struct Plain;

impl Words for Plain {
    fn condition(&self, condition: usize) -> String {
        format!("condition {condition}")
    }
    fn evaluation_set(&self, evaluation_set: EvaluationSet) -> String {
        format!("{evaluation_set:?}")
    }
    fn measure(&self, measure: Measure) -> String {
        format!("{measure:?}")
    }
    fn across(&self, across: Across) -> String {
        format!("{across:?}")
    }
    fn seed(&self) -> String {
        "seed".to_owned()
    }
    fn mean(&self) -> String {
        "mean".to_owned()
    }
    fn level(&self, level: f64) -> String {
        format!("{level}!")
    }
    fn cut(&self, name: String, low: f64) -> String {
        format!("{name} from {low}")
    }
}

fn outcomes(experiment: Experiment, seeds: u64) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for condition in 0..experiment.conditions().len() {
        for seed in 0..seeds {
            let score = Score {
                n: 100,
                correct: 50 + condition * 5 + seed as usize,
                patients: None,
                sensitivity: Some(0.5),
                specificity: Some(1.0),
                auc: Some(0.9),
            };
            let evaluation_sets = experiment.evaluation_sets(condition).iter();
            outcomes.push(Outcome {
                condition,
                seed,
                scores: evaluation_sets
                    .map(|&evaluation_set| (evaluation_set, score))
                    .collect(),
            });
        }
    }
    outcomes
}

#[test]
fn every_experiment_can_be_drawn() {
    for experiment in Experiment::ALL {
        let strips = strips(experiment, &outcomes(experiment, 3));
        assert!(!strips.is_empty(), "{experiment:?}");
        for strip in strips {
            let drawing = strip.drawing(&Plain);
            let dots = drawing.series.iter().flat_map(|series| &series.data);
            // Three seeds and their mean for each cell.
            assert_eq!(dots.count(), 4 * strip.groups.len(), "{experiment:?}");
            assert!(drawing.across.high > drawing.across.low);
        }
        assert!(super::strips(experiment, &[]).is_empty());
    }
}

#[test]
fn arms_have_a_plot_for_each_ground() {
    let strips = strips(Experiment::Arms, &outcomes(Experiment::Arms, 3));
    let evaluation_sets: Vec<_> = strips.iter().map(|strip| strip.evaluation_set).collect();
    assert_eq!(
        evaluation_sets,
        [
            EvaluationSet::Test,
            EvaluationSet::Shifted,
            EvaluationSet::OtherPatients
        ]
        .map(Some)
    );
    assert_eq!(strips[0].seeds(), 3);
    assert_eq!(
        strips[0].groups[1].spread.map(|spread| spread.mean),
        Some(0.56)
    );
}

#[test]
fn conditions_that_share_no_ground_share_a_plot() {
    let evaluation_sets = |experiment| {
        let strips = strips(experiment, &outcomes(experiment, 2));
        let evaluation_sets = strips
            .iter()
            .map(|strip| (strip.evaluation_set, strip.groups.len()));
        evaluation_sets.collect::<Vec<_>>()
    };
    assert_eq!(evaluation_sets(Experiment::Leak), [(None, 2); 4]);
    let mistakes = evaluation_sets(Experiment::Mistakes);
    assert_eq!(
        mistakes,
        [
            (Some(EvaluationSet::Validation), 3),
            (Some(EvaluationSet::Test), 6)
        ]
    );
}

#[test]
fn doses_are_along_the_width() {
    let strips = strips(Experiment::Shortcut, &outcomes(Experiment::Shortcut, 2));
    assert_eq!(strips.len(), 1);
    let drawing = strips[0].drawing(&Plain);
    let ticks: Vec<_> = drawing.across.ticks.iter().map(|tick| tick.0).collect();
    assert_eq!(ticks, [0.0, 0.25, 0.5, 0.75, 0.9, 1.0]);
    let labels: Vec<_> = drawing.series.iter().filter_map(|own| own.label).collect();
    assert_eq!(labels.len(), 3);
    let apart = LABEL * (drawing.up.high - drawing.up.low);
    assert!(
        labels
            .windows(2)
            .all(|pair| pair[1].1 - pair[0].1 >= apart - 1e-9)
    );
}

#[test]
fn points_stand_on_their_ticks() {
    for experiment in Experiment::ALL {
        for strip in strips(experiment, &outcomes(experiment, 3)) {
            let drawing = strip.drawing(&Plain);
            let ticks = &drawing.across.ticks;
            let data = |shape| {
                let own = drawing.series.iter().filter(move |own| own.shape == shape);
                own.flat_map(|own| &own.data)
            };
            // All of a place together, whose lines share it evenly.
            for (tick, name) in ticks {
                let beside = data(Shape::Specks).filter(|datum| datum.x == *tick);
                let sum: f64 = beside.map(|datum| datum.beside).sum();
                let whole =
                    strip.across != Across::Grounds || strip.lines() == lines_at(&strip, *tick);
                assert!(!whole || sum.abs() < 1e-9, "{experiment:?} {name}: {sum}");
            }
            // A line along numbers passes where they are.
            for datum in data(Shape::Joined) {
                assert_eq!(datum.beside, 0.0, "{experiment:?}");
                assert!(ticks.iter().any(|(tick, _)| *tick == datum.x));
            }
        }
    }
}

fn lines_at(strip: &Strip, place: f64) -> usize {
    strip.groups.iter().filter(|group| group.x == place).count()
}

#[test]
fn axes_of_an_experiment_begin_alike_below_all_its_points_and_say_so() {
    let with_others = |correct: usize| {
        let mut outcomes = outcomes(Experiment::Arms, 3);
        for outcome in &mut outcomes {
            for (set, score) in &mut outcome.scores {
                score.correct = 97 + outcome.seed as usize % 2;
                if *set == EvaluationSet::OtherPatients {
                    score.correct = correct;
                }
            }
        }
        outcomes
    };
    for (correct, low) in [(71, 0.7), (12, 0.0)] {
        let strips = strips(Experiment::Arms, &with_others(correct));
        assert_eq!(strips.len(), 3);
        for strip in &strips {
            let up = strip.drawing(&Plain).up;
            assert!((up.low - low).abs() < 1e-9, "{}", up.low);
            assert_eq!(up.name.contains(" from "), low > 0.0, "{}", up.name);
        }
    }
}

#[test]
fn lines_that_share_places_are_explained_by_a_legend() {
    let strips = strips(
        Experiment::NewHospital,
        &outcomes(Experiment::NewHospital, 2),
    );
    let drawing = strips[0].drawing(&Plain);
    let names: Vec<&str> = drawing.legend().iter().map(|entry| entry.name).collect();
    assert_eq!(names.len(), strips[0].lines());
    let own = |look| drawing.series.iter().any(|series| series.look == look);
    assert!(drawing.legend.iter().all(|(look, _)| own(*look)));
}

#[test]
fn the_table_has_places_and_not_where_points_were_moved_to() {
    let strips = strips(Experiment::Arms, &outcomes(Experiment::Arms, 2));
    let heads = Heads {
        series: "What".to_owned(),
        low: "low".to_owned(),
        high: "high".to_owned(),
    };
    let csv = csv(&strips[0].drawing(&Plain), &heads);
    let line = csv
        .lines()
        .find(|line| line.starts_with("mean,condition 3,"));
    assert_eq!(line.map(|line| &line[..21]), Some("mean,condition 3,65.5"));
}

#[test]
fn long_names_take_two_lines() {
    assert_eq!(broken("short"), "short");
    assert_eq!(
        broken("threshold on the test films"),
        "threshold on\nthe test films"
    );
    assert_eq!(broken("unbreakableunbreakable"), "unbreakableunbreakable");
}
