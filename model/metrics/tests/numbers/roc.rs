//! Curves over all thresholds, areas beneath them, and what they say when there is little to say.

use metrics::{
    Proportion,
    auc::{Auc, AucSpread, auc, compare},
    one_against_rest,
    roc::{Roc, RocError},
};

use crate::golden::{Curves, ROUNDING, assert_all_near, assert_near, golden};

/// Albumin, total protein, K-G score and whether surgery helped, of 43 patients with ovarian cancer: the
/// example of DeLong et al. (1988) as the manual of SAS/STAT prints it (LOGISTIC, "Comparing Receiver
/// Operating Characteristic Curves").
const OVARIAN: [(f64, f64, f64, u8); 43] = [
    (3.0, 5.8, 10.0, 0),
    (3.2, 6.3, 5.0, 1),
    (3.9, 6.8, 3.0, 1),
    (2.8, 4.8, 6.0, 0),
    (3.2, 5.8, 3.0, 1),
    (0.9, 4.0, 5.0, 0),
    (2.5, 5.7, 8.0, 0),
    (1.6, 5.6, 5.0, 1),
    (3.8, 5.7, 5.0, 1),
    (3.7, 6.7, 6.0, 1),
    (3.2, 5.4, 4.0, 1),
    (3.8, 6.6, 6.0, 1),
    (4.1, 6.6, 5.0, 1),
    (3.6, 5.7, 5.0, 1),
    (4.3, 7.0, 4.0, 1),
    (3.6, 6.7, 4.0, 0),
    (2.3, 4.4, 6.0, 1),
    (4.2, 7.6, 4.0, 0),
    (4.0, 6.6, 6.0, 0),
    (3.5, 5.8, 6.0, 1),
    (3.8, 6.8, 7.0, 1),
    (3.0, 4.7, 8.0, 0),
    (4.5, 7.4, 5.0, 1),
    (3.7, 7.4, 5.0, 1),
    (3.1, 6.6, 6.0, 1),
    (4.1, 8.2, 6.0, 1),
    (4.3, 7.0, 5.0, 1),
    (4.3, 6.5, 4.0, 1),
    (3.2, 5.1, 5.0, 1),
    (2.6, 4.7, 6.0, 1),
    (3.3, 6.8, 6.0, 0),
    (1.7, 4.0, 7.0, 0),
    (3.7, 6.1, 5.0, 1),
    (3.3, 6.3, 7.0, 1),
    (4.2, 7.7, 6.0, 1),
    (3.5, 6.2, 5.0, 1),
    (2.9, 5.7, 9.0, 0),
    (2.1, 4.8, 7.0, 1),
    (2.8, 6.2, 8.0, 0),
    (4.0, 7.0, 7.0, 1),
    (3.3, 5.7, 6.0, 1),
    (3.7, 6.9, 5.0, 1),
    (3.6, 6.6, 5.0, 1),
];

/// The manual gives four digits.
const PRINTED: f64 = 5.1e-5;

fn ovarian() -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<bool>) {
    let column = |of: fn(&(f64, f64, f64, u8)) -> f64| OVARIAN.iter().map(of).collect();
    let helped = OVARIAN.iter().map(|patient| patient.3 == 1).collect();
    // A low K-G score is a good sign.
    (column(|p| p.0), column(|p| p.1), column(|p| -p.2), helped)
}

#[test]
fn areas_agree_with_the_published_example() {
    let (albumin, protein, score, helped) = ovarian();
    let published = [
        ("albumin", albumin, [0.7366, 0.0927]),
        ("K-G score", score, [0.7258, 0.1028]),
        ("total protein", protein, [0.6478, 0.1000]),
    ];
    for (name, values, expected) in published {
        let Auc { value, spread } = auc(&values, &helped).unwrap();
        // The manual's intervals are not on the logit scale.
        let AucSpread::DeLong { standard_error, .. } = spread else {
            panic!("{name}: {spread:?}");
        };
        assert_all_near(name, &[value, standard_error], &expected, PRINTED);
    }
}

#[test]
fn differences_agree_with_the_published_example() {
    let (albumin, protein, score, helped) = ovarian();
    let published = [
        (
            "albumin",
            albumin,
            [0.0108, 0.0953, -0.1761, 0.1976, 0.9102],
        ),
        (
            "total protein",
            protein,
            [-0.0780, 0.1046, -0.2830, 0.1271, 0.4561],
        ),
    ];
    for (name, values, expected) in published {
        let found = compare(&values, &score, &helped).unwrap();
        let test = found.test.unwrap();
        let found = [
            found.difference,
            test.standard_error,
            test.interval.low,
            test.interval.high,
            test.p,
        ];
        assert_all_near(name, &found, &expected, PRINTED);
    }
}

#[test]
fn points_with_many_ties_are_those_of_the_reference() {
    let curves: Curves = golden("curves");
    let roc = Roc::new(&curves.first, &curves.labels).unwrap();
    let thresholds: Vec<f64> = roc.points().iter().filter_map(|p| p.threshold).collect();
    assert_eq!(thresholds, curves.roc.thresholds);
    let shares = |of: fn(&metrics::Counts) -> f64| -> Vec<f64> {
        roc.points().iter().map(|point| of(&point.counts)).collect()
    };
    let sensitivity = shares(|counts| counts.sensitivity().unwrap().share());
    let false_alarms = shares(|counts| 1.0 - counts.specificity().unwrap().share());
    assert_all_near(
        "sensitivity",
        &sensitivity,
        &curves.roc.sensitivity,
        ROUNDING,
    );
    assert_all_near(
        "false alarms",
        &false_alarms,
        &curves.roc.false_alarms,
        ROUNDING,
    );

    // The reference ends where all are found.
    let expected = &curves.precision_recall;
    let found = roc.precision_recall();
    let found = &found[..expected.thresholds.len()];
    let column = |of: fn(&metrics::roc::PrecisionRecall) -> f64| -> Vec<f64> {
        found.iter().map(of).collect()
    };
    assert_eq!(column(|p| p.threshold), expected.thresholds);
    assert_all_near(
        "precision",
        &column(|p| p.precision),
        &expected.precision,
        ROUNDING,
    );
    assert_all_near("recall", &column(|p| p.recall), &expected.recall, ROUNDING);
    let found = roc.average_precision();
    assert_near(
        "average precision",
        found,
        curves.average_precision,
        ROUNDING,
    );
}

#[test]
fn areas_with_many_ties_are_those_of_the_reference() {
    let curves: Curves = golden("curves");
    let found = auc(&curves.first, &curves.labels).unwrap();
    assert_near("area", found.value, curves.auc, ROUNDING);
    let AucSpread::DeLong {
        standard_error,
        interval,
    } = found.spread
    else {
        panic!("{found:?}");
    };
    assert_near(
        "standard error",
        standard_error,
        curves.standard_error,
        ROUNDING,
    );
    let interval = [interval.low, interval.high];
    assert_all_near("interval", &interval, &curves.interval, ROUNDING);

    let found = compare(&curves.first, &curves.second, &curves.labels).unwrap();
    let (test, expected) = (found.test.unwrap(), curves.comparison);
    assert_near(
        "difference",
        found.difference,
        expected.difference,
        ROUNDING,
    );
    assert_near(
        "its error",
        test.standard_error,
        expected.standard_error,
        ROUNDING,
    );
    let interval = [test.interval.low, test.interval.high];
    assert_all_near("its interval", &interval, &expected.interval, ROUNDING);
    assert_near("p", test.p, expected.p, ROUNDING);
}

#[test]
fn a_film_at_the_threshold_is_positive() {
    let curves: Curves = golden("curves");
    let roc = Roc::new(&curves.first, &curves.labels).unwrap();
    for threshold in [-9.0, -0.1, 0.0, 0.05, 0.4, 1.0, 9.0] {
        let found = roc.at(threshold);
        let films = || curves.first.iter().zip(&curves.labels);
        let count = |positive: bool, shown: bool| {
            films()
                .filter(|&(&score, &label)| (score >= threshold, label) == (positive, shown))
                .count()
        };
        assert_eq!(found.true_positives, count(true, true), "{threshold}");
        assert_eq!(found.false_positives, count(true, false), "{threshold}");
        assert_eq!(found.false_negatives, count(false, true), "{threshold}");
        assert_eq!(found.true_negatives, count(false, false), "{threshold}");
    }
    assert_eq!(roc.at(f64::NAN).true_positives, 0);
}

#[test]
fn a_perfect_separation_has_the_bound_of_as_many_hits() {
    let spread = |scores: &[f64], labels: &[bool]| {
        let found = auc(scores, labels).unwrap();
        (found.value, found.spread)
    };
    let labels = [false, false, true, true, true];
    // Two pairs at the most share no film.
    let of_two = Proportion::new(2, 2);
    let (value, found) = spread(&[0.1, 0.2, 0.7, 0.8, 0.9], &labels);
    let AucSpread::Separated { pairs, interval } = found else {
        panic!("{found:?}");
    };
    assert_eq!((value, pairs, interval.high), (1.0, 2, 1.0));
    assert_near("bound", interval.low, of_two.low, ROUNDING);
    let (value, found) = spread(&[0.9, 0.9, 0.7, 0.2, 0.1], &labels);
    let AucSpread::Separated { pairs, interval } = found else {
        panic!("{found:?}");
    };
    assert_eq!((value, pairs, interval.low), (0.0, 2, 0.0));
    assert_near("bound", interval.high, 1.0 - of_two.low, ROUNDING);
}

#[test]
fn equal_scores_and_equal_orders_have_no_variance() {
    let labels = [false, false, true, true, true];
    let found = auc(&[0.5; 5], &labels).unwrap();
    assert_eq!((found.value, found.spread), (0.5, AucSpread::NoVariance));

    let one_order = [0.1, 0.7, 0.2, 0.8, 0.9];
    let squared = one_order.map(|score: f64| score.powi(2));
    let found = compare(&one_order, &squared, &labels).unwrap();
    assert_eq!((found.difference, found.test), (0.0, None));
}

#[test]
fn two_films_are_enough_for_an_area_but_not_for_its_interval() {
    let found = auc(&[0.3, 0.6], &[false, true]).unwrap();
    assert_eq!((found.value, found.spread), (1.0, AucSpread::TooFew));
    let roc = Roc::new(&[0.3, 0.6], &[false, true]).unwrap();
    assert_eq!((roc.points().len(), roc.average_precision()), (3, 1.0));
    assert_eq!(
        compare(&[0.3, 0.6], &[0.6, 0.3], &[false, true])
            .unwrap()
            .test,
        None
    );
}

#[test]
fn what_cannot_be_judged_says_why() {
    let cases: [(&[f64], &[bool], RocError); 6] = [
        (&[], &[], RocError::TooFew),
        (&[0.3], &[true], RocError::TooFew),
        (&[0.3, 0.4], &[true, true], RocError::OneClass),
        (&[0.3, 0.4], &[false, false], RocError::OneClass),
        (&[0.3, f64::NAN], &[false, true], RocError::NotANumber),
        (&[0.3, 0.4], &[true], RocError::Uneven),
    ];
    for (scores, labels, expected) in cases {
        assert_eq!(Roc::new(scores, labels), Err(expected));
        assert_eq!(auc(scores, labels), Err(expected));
        assert_eq!(compare(scores, scores, labels), Err(expected));
    }
}

#[test]
fn one_class_is_set_against_the_rest() {
    let probabilities = [vec![0.5, 0.25, 0.25], vec![0.0, 0.75, 0.25], vec![]];
    let (scores, labels) = one_against_rest(1, &[0, 1, 1], &probabilities);
    assert_eq!((scores[0], scores[1]), (0.25, 0.75));
    assert!(scores[2].is_nan());
    assert_eq!(labels, [false, true, true]);
}
