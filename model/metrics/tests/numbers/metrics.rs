use imaging::report::TestFilm;
use metrics::{Proportion, answer, balanced_accuracy, never_found, per_class, ranking, scores};
use serde::Deserialize;

use crate::golden::{Classes, ROUNDING, assert_all_near, assert_near, golden};

#[derive(Deserialize)]
struct ProportionGolden {
    hits: usize,
    n: usize,
    interval: [f64; 2],
}

#[test]
fn intervals_agree_with_published_ones() {
    // Newcombe, Stat Med 17:857-872 (1998), doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E,
    // table I, method 5 (Clopper and Pearson).
    let published = [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ];
    for (hits, n, low, high) in published {
        let found = Proportion::new(hits, n);
        assert_all_near(
            &format!("{found:?}"),
            &[found.low, found.high],
            &[low, high],
            5.1e-5,
        );
    }
}

#[test]
fn intervals_are_those_of_the_reference() {
    for ProportionGolden { hits, n, interval } in golden::<Vec<_>>("proportions") {
        let found = Proportion::new(hits, n);
        assert_all_near(
            &format!("{found:?}"),
            &[found.low, found.high],
            &interval,
            ROUNDING,
        );
    }
}

#[test]
fn intervals_hold_their_share_and_stay_within_bounds() {
    for n in 0..60 {
        for hits in 0..=n {
            let found = Proportion::new(hits, n);
            assert!(0.0 <= found.low && found.low < found.high && found.high <= 1.0);
            assert!(n == 0 || (found.low <= found.share() && found.share() <= found.high));
        }
    }
}

#[test]
fn the_confusion_counts_truth_by_answer() {
    let sure = |class: usize| {
        (0..3)
            .map(|at| if at == class { 0.8 } else { 0.1 })
            .collect()
    };
    let truth = [0, 0, 1, 2, 2];
    let answers: Vec<Vec<f32>> = [0, 1, 1, 2, 0].map(sure).to_vec();
    let found = scores(3, &truth, &answers, Some(4));
    assert_eq!(found.confusion, [[1, 1, 0], [0, 1, 0], [1, 0, 1]]);
    assert_eq!((found.accuracy.hits, found.accuracy.n), (3, 5));
    assert!((found.majority - 0.4).abs() < 1e-12);
    assert_eq!(found.patients, Some(4));
}

#[test]
fn what_is_not_a_number_neither_wins_nor_panics() {
    assert_eq!(answer(&[f32::NAN, 0.2, f32::NAN, 0.7]), 3);
    assert_eq!(answer(&[0.5, 0.5]), 0);
    assert_eq!(answer(&[f32::NAN; 3]), 0);
    assert_eq!(answer(&[]), 0);
    assert_eq!(answer(&[-0.0, 0.0]), 0);
    assert_eq!(
        ranking(&[f32::NAN, 0.2, f32::NAN, 0.7, 0.2]),
        [3, 1, 4, 0, 2]
    );
    assert_eq!(ranking(&[]), [0; 0]);
    let found = scores(2, &[1, 0], &[vec![f32::NAN; 2], vec![]], None);
    assert_eq!(found.accuracy.n, 2);
    let none = scores(2, &[], &[], None);
    assert_eq!((none.accuracy.n, none.majority), (0, 0.0));
}

#[test]
fn the_confusion_and_its_list_of_films_agree_on_every_film() {
    let odd = [f32::NAN, f32::INFINITY, 0.0, 0.4, 0.4, 1.0];
    let mut films = Vec::new();
    for first in odd {
        for second in odd {
            for third in odd {
                films.push(TestFilm {
                    sample: films.len(),
                    class: films.len() % 3,
                    probabilities: vec![first, second, third],
                });
            }
        }
    }
    let truth: Vec<usize> = films.iter().map(|film| film.class).collect();
    let answers: Vec<_> = films
        .iter()
        .map(|film| film.probabilities.clone())
        .collect();
    let found = scores(3, &truth, &answers, None);
    for (truth, row) in found.confusion.iter().enumerate() {
        for (answer, &count) in row.iter().enumerate() {
            let listed = films.iter().filter(|film| film.class == truth);
            let listed = listed.filter(|film| film.answer() == answer).count();
            assert_eq!(listed, count, "{truth} taken for {answer}");
        }
    }
}

#[test]
fn balanced_accuracy_is_that_of_the_reference() {
    let classes: Classes = golden("classes");
    let confusion = scores(3, &classes.truth, &classes.probabilities, None).confusion;
    let found = balanced_accuracy(&confusion).unwrap();
    assert_near(
        "balanced accuracy",
        found.value,
        classes.balanced_accuracy,
        ROUNDING,
    );
    for BalancedGolden { confusion, value } in golden::<Vec<_>>("balanced") {
        let found = balanced_accuracy(&confusion).unwrap();
        assert_near(&format!("{confusion:?}"), found.value, value, ROUNDING);
        assert!(0.0 <= found.interval.low && found.interval.low <= found.value);
        assert!(found.value <= found.interval.high && found.interval.high <= 1.0);
    }
    assert_eq!(balanced_accuracy(&[]), None);
    assert_eq!(balanced_accuracy(&[vec![0, 0], vec![0, 0]]), None);
}

#[derive(Deserialize)]
struct BalancedGolden {
    confusion: Vec<Vec<usize>>,
    value: f64,
}

/// Where 20 films are 19 of one class and one of the other, and the answer is always the first.
#[test]
fn a_class_that_is_never_found_shows_in_balanced_accuracy_alone() {
    let confusion = [vec![19, 0], vec![1, 0]];
    assert_eq!(never_found(&confusion), [(1, 1)]);
    let found = balanced_accuracy(&confusion).unwrap();
    assert_eq!(found.value, 0.5);
    // One film says next to nothing of its class.
    assert!(found.interval.high > 0.98, "{found:?}");
    assert_eq!(
        never_found(&[vec![0, 3], vec![2, 0], vec![0, 0]]),
        [(0, 3), (1, 2)]
    );
    assert_eq!(never_found(&[vec![2, 1], vec![5, 1]]), []);
}

#[test]
fn figures_of_each_class_are_those_of_the_reference() {
    let golden: Classes = golden("classes");
    let found = scores(3, &golden.truth, &golden.probabilities, None);
    assert_eq!(found.confusion, golden.confusion);
    for (class, counts) in per_class(&found.confusion).iter().enumerate() {
        let precision = counts.positive_predictive_value().unwrap().share();
        assert_near("precision", precision, golden.precision[class], ROUNDING);
        let recall = counts.sensitivity().unwrap().share();
        assert_near("recall", recall, golden.recall[class], ROUNDING);
        let f1 = counts.f1().unwrap();
        assert_near("F1", f1.value, golden.f1[class], ROUNDING);
        assert!(f1.interval.low < f1.value && f1.value < f1.interval.high);
        assert_eq!(counts.total(), golden.truth.len());
    }
}

#[test]
fn figures_of_a_class_that_is_neither_shown_nor_answered_are_undefined() {
    let [first, second] = per_class(&[vec![4, 0], vec![0, 0]])[..] else {
        panic!("two classes");
    };
    assert_eq!((first.true_positives, second.true_negatives), (4, 4));
    assert_eq!(
        (first.specificity(), first.negative_predictive_value()),
        (None, None)
    );
    assert_eq!(
        (second.sensitivity(), second.positive_predictive_value()),
        (None, None)
    );
    assert_eq!(
        (second.f1(), second.youden(), first.youden()),
        (None, None, None)
    );
    assert_eq!(first.f1().unwrap().value, 1.0);
    assert_eq!(second.specificity().unwrap().share(), 1.0);
}
