use experiments::{Outcome, Score};
use imaging::{
    dataset::{DatasetSummary, SampleSummary},
    incidental::Incidentals,
    insight::{HeatMap, SanityCheck},
};

use super::*;
use crate::lesson::{Arm, LessonProgress, Need, Todo};
use protocol::{Event, ExperimentId, Explanation, Subject};

pub(in crate::lesson) fn state() -> AppState {
    let sample = |index: usize| SampleSummary {
        name: format!("{index}.png"),
        class: index % 2,
        patient: None,
        part: None,
        width: 256,
        height: 256,
        facts: None,
        incidentals: Incidentals::default(),
    };
    let data = DatasetSummary {
        title: "films".to_owned(),
        task: imaging::task::Task::Region,
        built_in: true,
        classes: vec!["abdomen".to_owned(), "chest".to_owned()],
        samples: (0..6).map(sample).collect(),
        skipped: Vec::new(),
    };
    let mut state = AppState::default();
    state.apply(Event::Loaded {
        data,
        pack: Some(protocol::Pack::BuiltIn),
    });
    state
}

/// Three seeds of each condition; `right` percent of 1,000 films and the AUC, by condition and evaluation set. Where that is
/// not a number, there is none.
pub(in crate::lesson) fn run(
    state: &mut AppState,
    experiment: Experiment,
    right: impl Fn(&str, EvaluationSet) -> (usize, f64),
) -> ExperimentId {
    let id = state.experiment(experiment, 1, 3).expect("there are films");
    let mut outcomes = Vec::new();
    for (condition, own) in experiment.conditions().iter().enumerate() {
        for seed in 0..3 {
            let score = |(place, &evaluation_set): (usize, &EvaluationSet)| {
                let (correct, auc) = right(own.key.as_str(), evaluation_set);
                // One film on average, and not the same in all cells, so that differences have a spread.
                let luck = (seed as usize + condition + place) % 3;
                let score = Score {
                    n: 1000,
                    correct: 10 * correct + luck,
                    patients: None,
                    sensitivity: None,
                    specificity: None,
                    auc: Some(auc - luck as f64 * 0.001).filter(|auc| !auc.is_nan()),
                };
                (evaluation_set, score)
            };
            outcomes.push(Outcome {
                condition,
                seed,
                scores: experiment
                    .evaluation_sets(condition)
                    .iter()
                    .enumerate()
                    .map(score)
                    .collect(),
            });
        }
    }
    state.apply(Event::Outcomes { id, outcomes });
    state.apply(Event::Experimented { id, result: Ok(()) });
    id
}

#[test]
fn the_fewest_pixels_that_are_enough_are_the_answer() {
    let mut own = state();
    assert_eq!(Truth::of(Step::Look, &own), None);
    run(&mut own, Experiment::Pixels, |key, _| match key {
        "pixels_1" => (60, 0.6),
        "pixels_2" => (85, 0.9),
        _ => (95, 0.99),
    });
    assert_eq!(Truth::of(Step::Look, &own), Some(Truth::Choice(2)));
    run(&mut own, Experiment::Pixels, |_, _| (50, 0.5));
    assert_eq!(Truth::of(Step::Look, &own), Some(Truth::Choice(3)));
}

#[test]
fn what_moves_the_score_among_the_arms_is_named() {
    let with = |augmentation: usize, dropout: usize| {
        let mut own = state();
        run(&mut own, Experiment::Arms, |key, evaluation_set| {
            let there = usize::from(evaluation_set == EvaluationSet::OtherPatients);
            match key {
                "augmentation" => (60 + augmentation * there, 0.8),
                "dropout" => (60 + dropout * there, 0.8),
                _ => (60, 0.8),
            }
        });
        Truth::of(Step::Compare, &own)
    };
    assert_eq!(with(20, 0), Some(Truth::Choice(0)));
    assert_eq!(with(0, 20), Some(Truth::Choice(1)));
    assert_eq!(with(20, 20), Some(Truth::Choice(2)));
    assert_eq!(with(0, 0), Some(Truth::Choice(3)));
}

#[test]
fn a_threshold_that_broke_is_told_from_a_ranking() {
    let with = |right: usize, area: f64| {
        let mut own = state();
        run(
            &mut own,
            Experiment::NewHospital,
            |_, evaluation_set| match evaluation_set {
                EvaluationSet::Rotated => (right, area),
                // It costs most, and is not what was asked.
                EvaluationSet::Inverted => (40, 0.6),
                _ => (90, if area.is_nan() { area } else { 0.99 }),
            },
        );
        Truth::of(Step::Break(Break::Hospital), &own)
    };
    assert_eq!(with(60, 0.7), Some(Truth::Choice(0)));
    assert_eq!(with(60, 0.99), Some(Truth::Choice(1)));
    assert_eq!(with(90, 0.99), Some(Truth::Choice(2)));
    assert_eq!(with(90, 0.7), Some(Truth::Unclear));
    // Of more than two classes.
    assert_eq!(with(60, f64::NAN), Some(Truth::Unclear));
}

#[test]
fn what_the_seeds_leave_open_is_neither_right_nor_wrong() {
    let mut own = state();
    let id = own.experiment(Experiment::Mirrored, 1, 3).expect("films");
    let outcome = |condition: usize, seed: u64, correct: usize| Outcome {
        condition,
        seed,
        scores: vec![(
            EvaluationSet::Test,
            Score {
                n: 100,
                correct,
                patients: None,
                sensitivity: None,
                specificity: None,
                auc: None,
            },
        )],
    };
    let flips = [70, 85, 95];
    let outcomes = (1..).zip(flips).flat_map(|(seed, flips)| {
        // The grid, and the grid with flips.
        [outcome(1, seed, 85), outcome(2, seed, flips)]
    });
    own.apply(Event::Outcomes {
        id,
        outcomes: outcomes.collect(),
    });
    own.apply(Event::Experimented { id, result: Ok(()) });
    let truth = Truth::of(Step::Break(Break::Mirrored), &own).expect("it was tried");
    assert_eq!(truth, Truth::Unclear);
    for chosen in 0..3 {
        let judged = truth.judge(Answer::Choice(chosen));
        assert_eq!(judged, LessonVerdict::Unclear);
    }
    assert_eq!(truth.judge(Answer::Declined), LessonVerdict::Declined);
}

#[test]
fn flips_that_take_the_task_away_are_found() {
    let mut own = state();
    run(&mut own, Experiment::Mirrored, |key, _| match key {
        "grid" => (95, 0.99),
        _ => (50, 0.5),
    });
    let truth = Truth::of(Step::Break(Break::Mirrored), &own);
    assert_eq!(truth, Some(Truth::Choice(2)));
}

#[test]
fn a_share_holds_within_its_interval_or_near_its_value() {
    let truth = Truth::Share {
        value: 0.9,
        interval: Some(Interval {
            low: 0.8,
            high: 0.95,
        }),
    };
    assert_eq!(truth.judge(Answer::Percent(81)), LessonVerdict::Held);
    assert_eq!(truth.judge(Answer::Percent(96)), LessonVerdict::Missed);
    assert_eq!(truth.judge(Answer::Declined), LessonVerdict::Declined);
    let sure = Truth::Share {
        value: 1.0,
        interval: None,
    };
    assert_eq!(sure.judge(Answer::Percent(99)), LessonVerdict::Held);
    assert_eq!(sure.judge(Answer::Percent(97)), LessonVerdict::Missed);
    assert_eq!(
        Truth::Choice(1).judge(Answer::Choice(1)),
        LessonVerdict::Held
    );
    assert_eq!(
        Truth::Choice(1).judge(Answer::Choice(0)),
        LessonVerdict::Missed
    );
}

#[test]
fn the_marker_is_judged_on_the_other_class() {
    let mut own = state();
    run(
        &mut own,
        Experiment::Shortcut,
        |_, evaluation_set| match evaluation_set {
            EvaluationSet::Swapped => (20, 0.2),
            _ => (95, 0.99),
        },
    );
    let Some(Truth::Share {
        value,
        interval: Some(Interval { low, high }),
    }) = Truth::of(Step::Break(Break::Marker), &own)
    else {
        panic!("three seeds that differ have a mean with an interval");
    };
    assert!((value - 0.201).abs() < 1e-9 && low < value && value < high);
}

fn map(values: [f32; 4]) -> HeatMap {
    HeatMap {
        width: 2,
        height: 2,
        values: values.to_vec(),
        probability: 0.9,
    }
}

#[test]
fn maps_are_compared_by_correlation() {
    let trained = map([0.0, 0.2, 0.8, 1.0]);
    let alike = trained.correlation(&map([0.1, 0.3, 0.9, 1.0]));
    assert!(alike.is_some_and(|r| r > 0.99));
    let opposite = trained.correlation(&map([1.0, 0.8, 0.2, 0.0]));
    assert!(opposite.is_some_and(|r| (r + 1.0).abs() < 1e-6));
    assert_eq!(trained.correlation(&map([0.5; 4])), None);
}

#[test]
fn the_next_thing_is_to_predict_and_then_to_run() {
    let mut own = state();
    let mut progress = LessonProgress::invited(1);
    assert_eq!(Todo::of(Step::Start, &progress, &own), Todo::Do(Need::Arm));
    progress.arm = Some(Arm::ALL[0]);
    assert_eq!(Todo::of(Step::Start, &progress, &own), Todo::Done);
    assert_eq!(Todo::of(Step::Look, &progress, &own), Todo::Predict);
    progress.predict(Step::Look, Answer::Choice(1), false, 1.0);
    let need = Need::Experiment(Experiment::Pixels);
    assert_eq!(Todo::of(Step::Look, &progress, &own), Todo::Do(need));
    own.experiment(Experiment::Pixels, 1, 3);
    assert_eq!(Todo::of(Step::Look, &progress, &own), Todo::Wait(need));
    run(&mut own, Experiment::Pixels, |_, _| (95, 0.9));
    assert_eq!(Todo::of(Step::Look, &progress, &own), Todo::Done);
    // The test needs a network first, also where it was trained before a reload.
    progress.predict(Step::Test, Answer::Percent(90), false, 1.0);
    assert_eq!(Todo::of(Step::Test, &progress, &own), Todo::Do(Need::Run));
}

#[test]
fn maps_of_an_explanation_are_found_again() {
    let mut own = state();
    assert_eq!(resemblances(&own), None);
    let about = Explanation::GradCam {
        subject: Subject::Sample(0),
        class: 0,
        checks: true,
    };
    let run = own.begin_run();
    own.apply(Event::RunStarted {
        run,
        parts: Vec::new(),
        steps_total: 1,
    });
    own.apply(Event::Step {
        run,
        report: imaging::report::StepReport {
            stage: imaging::report::StageKind::Frozen,
            epoch: 0,
            steps_done: 1,
            loss: 0.7,
            batch: Vec::new(),
            steps_total: 1,
            diagnostics: None,
        },
        seconds_left: None,
    });
    own.apply(Event::RunFinished {
        run,
        stopped: false,
        seconds: 1.0,
    });
    let (_, explanation) = own.explain(about).expect("it is trained");
    let maps = vec![
        (SanityCheck::Trained, map([0.0, 0.2, 0.8, 1.0])),
        (SanityCheck::RandomHead, map([0.1, 0.2, 0.9, 1.0])),
        (SanityCheck::RandomNetwork, map([1.0, 0.8, 0.2, 0.0])),
    ];
    let finding = Ok(ExplanationResult::GradCam {
        maps,
        memorized: None,
    });
    own.apply(Event::Found {
        explanation,
        finding,
    });
    assert_eq!(resemblances(&own).map(|all| all.len()), Some(2));
    assert_eq!(Truth::of(Step::Where, &own), Some(Truth::Choice(1)));
}
