use super::*;
use crate::lesson::verdict::tests::{run, state};

fn found(
    step: Step,
    experiment: Experiment,
    right: impl Fn(&str, EvaluationSet) -> (usize, f64),
) -> Option<Finding> {
    let mut own = state();
    assert_eq!(Finding::of(step, &own), None, "before it was run");
    run(&mut own, experiment, right);
    Finding::of(step, &own)
}

/// Shares to whole percent: one film in a thousand comes and goes by seed.
fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

#[test]
fn the_fewest_pixels_come_with_their_own_share() {
    let levels = |key: &str, _| match key {
        "pixels_1" => (60, 0.6),
        "pixels_2" => (91, 0.9),
        _ => (98, 0.99),
    };
    let Some(Finding::EnoughPixels { choice: 1, share }) =
        found(Step::Look, Experiment::Pixels, levels)
    else {
        panic!("four pixels get nine of ten");
    };
    assert_eq!(percent(share), 91);
    let chance = found(Step::Look, Experiment::Pixels, |_, _| (50, 0.5));
    assert_eq!(chance, Some(Finding::TooFewPixels));
}

#[test]
fn the_arms_are_told_apart_where_their_question_asks() {
    let with = |key: &str, set| match (key, set) {
        ("augmentation", EvaluationSet::OtherPatients) => (80, 0.9),
        _ => (60, 0.8),
    };
    assert_eq!(
        found(Step::Compare, Experiment::Arms, with),
        Some(Finding::Arms {
            choice: 0,
            evaluation_set: EvaluationSet::OtherPatients
        })
    );
}

#[test]
fn the_change_that_costs_most_is_named_with_its_cost() {
    let with = |_: &str, set| match set {
        EvaluationSet::Rotated => (60, 0.99),
        EvaluationSet::Noisy => (80, 0.99),
        _ => (90, 0.99),
    };
    let found = found(Step::Break(Break::Hospital), Experiment::NewHospital, with);
    let Some(Finding::Change {
        choice: 1,
        evaluation_set: EvaluationSet::Rotated,
        fell,
    }) = found
    else {
        panic!("accuracy falls, the AUC stays: {found:?}");
    };
    assert_eq!(percent(fell), 30);
}

#[test]
fn the_other_steps_put_two_shares_side_by_side() {
    let marker = found(
        Step::Break(Break::Marker),
        Experiment::Shortcut,
        |key, set| match (key, set) {
            ("marked_100", EvaluationSet::Swapped) => (20, 0.2),
            _ => (95, 0.9),
        },
    );
    let Some(Finding::Marker { aligned, swapped }) = marker else {
        panic!("both were judged: {marker:?}");
    };
    assert_eq!((percent(aligned), percent(swapped)), (95, 20));

    let leak = found(
        Step::Break(Break::Leak),
        Experiment::Leak,
        |key, _| match key {
            "by_image" => (97, 0.9),
            _ => (89, 0.9),
        },
    );
    let Some(Finding::Leak {
        by_image,
        by_patient,
    }) = leak
    else {
        panic!("both were judged: {leak:?}");
    };
    assert_eq!((percent(by_image), percent(by_patient)), (97, 89));

    let flips = found(
        Step::Break(Break::Mirrored),
        Experiment::Mirrored,
        |key, _| match key {
            "grid_flips" => (50, 0.5),
            _ => (90, 0.9),
        },
    );
    let Some(Finding::Flips { without, with }) = flips else {
        panic!("both were judged: {flips:?}");
    };
    assert_eq!((percent(without), percent(with)), (90, 50));
}
