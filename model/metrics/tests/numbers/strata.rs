use metrics::strata::{Effect, Stratum, effect};
use serde::Deserialize;

use crate::golden::{ROUNDING, assert_all_near, golden};

const A: [f64; 5] = [0.95, 0.97, 0.92, 1.0, 0.90];
const B: [f64; 3] = [0.68, 0.75, 0.71];
const C: [f64; 2] = [0.96, 0.93];
const D: [f64; 4] = [0.66, 0.70, 0.69, 0.74];

/// Scores with and without the factor in the first stratum, then in the second; mean, lower and upper end.
#[derive(Deserialize)]
struct Strata {
    cells: [Vec<f64>; 4],
    one_stratum: [f64; 3],
    two_strata: [f64; 3],
}

fn stratum<'a>(with: &'a [f64], without: &'a [f64]) -> Stratum<'a> {
    Stratum { with, without }
}

fn assert_close(what: &str, effect: Effect, expected: [f64; 3]) {
    let interval = effect.interval.unwrap();
    let found = [effect.mean, interval.low, interval.high];
    assert_all_near(what, &found, &expected, ROUNDING);
}

#[test]
fn one_stratum_is_the_t_test_of_two_groups() {
    let golden: Strata = golden("strata");
    let [a, b, ..] = &golden.cells;
    let found = effect(&[stratum(a, b)]).unwrap();
    assert_close("one stratum", found, golden.one_stratum);
    assert_eq!((found.n, found.strata), ((5, 3), 1));
}

#[test]
fn two_strata_are_the_main_effect_of_a_factorial_experiment() {
    let golden: Strata = golden("strata");
    let [a, b, c, d] = &golden.cells;
    let found = effect(&[stratum(a, b), stratum(c, d)]).unwrap();
    assert_close("two strata", found, golden.two_strata);
    assert_eq!((found.n, found.strata), ((7, 7), 2));
}

#[test]
fn what_has_no_partner_does_not_count() {
    let alone = effect(&[stratum(&A, &B), stratum(&C, &[])]).unwrap();
    assert_eq!(alone, effect(&[stratum(&A, &B)]).unwrap());
    assert_eq!(effect(&[stratum(&A, &[]), stratum(&[], &D)]), None);
    assert_eq!(effect(&[]), None);
    assert_eq!(effect(&[stratum(&A, &[f64::NAN])]), None);
}

#[test]
fn one_number_a_group_has_no_interval() {
    let found = effect(&[stratum(&A[..1], &B[..1])]).unwrap();
    assert_eq!(found.interval, None);
    assert!((found.mean - 0.27).abs() < 1e-12);
}
