use model::metrics::strata::{Effect, Stratum, effect};

const A: [f64; 5] = [0.95, 0.97, 0.92, 1.0, 0.90];
const B: [f64; 3] = [0.68, 0.75, 0.71];
const C: [f64; 2] = [0.96, 0.93];
const D: [f64; 4] = [0.66, 0.70, 0.69, 0.74];

fn stratum<'a>(with: &'a [f64], without: &'a [f64]) -> Stratum<'a> {
    Stratum { with, without }
}

fn assert_close(effect: Effect, [mean, low, high]: [f64; 3]) {
    let interval = effect.interval.unwrap();
    let found = [effect.mean, interval.low, interval.high];
    for (found, expected) in found.into_iter().zip([mean, low, high]) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
}

#[test]
fn one_stratum_is_the_t_test_of_two_groups() {
    // scipy 1.17.1, `stats.ttest_ind(A, B).confidence_interval()`.
    let found = effect(&[stratum(&A, &B)]).unwrap();
    assert_close(
        found,
        [0.234_666_666_667, 0.166_438_555_068, 0.302_894_778_265],
    );
    assert_eq!((found.n, found.strata), ((5, 3), 1));
}

#[test]
fn two_strata_are_the_main_effect_of_a_factorial_experiment() {
    // numpy 2.4.6 and scipy 1.17.1: least squares on the four cell means, the contrast (1, -1, 1, -1) / 2.
    let found = effect(&[stratum(&A, &B), stratum(&C, &D)]).unwrap();
    assert_close(
        found,
        [0.241_083_333_333, 0.196_513_168_459, 0.285_653_498_207],
    );
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
