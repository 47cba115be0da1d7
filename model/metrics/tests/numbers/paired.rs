//! Two networks compared.

use metrics::paired::{Agreement, PairedError, paired_scores, sign_flip_p};
use serde::Deserialize;

use crate::golden::{ROUNDING, assert_all_near, assert_near, golden};

#[derive(Deserialize)]
struct Pairs {
    first: Vec<f64>,
    second: Vec<f64>,
    mean: f64,
    interval: [f64; 2],
    sign_p: f64,
    /// Pairs, and the 97.5 % point of Student's t with one degree of freedom fewer.
    student_t: Vec<(usize, f64)>,
    /// Surpluses of patients, and the exact p.
    sign_flips: Vec<(Vec<i32>, f64)>,
    /// Films that only the first or only the second network answers rightly, and the exact p.
    mcnemar: Vec<(usize, usize, f64)>,
}

#[test]
fn the_difference_over_seeds_is_that_of_the_reference() {
    let pairs: Pairs = golden("pairs");
    let found = paired_scores(&pairs.first, &pairs.second).unwrap();
    assert_eq!(found.n, pairs.first.len());
    assert_near("mean", found.mean, pairs.mean, ROUNDING);
    let interval = found.interval.unwrap();
    assert_all_near(
        "interval",
        &[interval.low, interval.high],
        &pairs.interval,
        ROUNDING,
    );
    assert_near("sign test", found.sign_p, pairs.sign_p, ROUNDING);
}

#[test]
fn the_interval_has_the_width_of_students_t() {
    for (n, expected) in golden::<Pairs>("pairs").student_t {
        // Half of the differences 0 and half 1, so that the standard error is known.
        let first: Vec<f64> = (0..n).map(|at| (at % 2) as f64).collect();
        let found = paired_scores(&first, &vec![0.0; n]).unwrap();
        let interval = found.interval.unwrap();
        let squares = n as f64 * found.mean * (1.0 - found.mean);
        let error = (squares / (n - 1) as f64 / n as f64).sqrt();
        let t = (interval.high - interval.low) / 2.0 / error;
        assert_near(&format!("{n} pairs"), t, expected, 1e-9);
    }
}

#[test]
fn mcnemars_test_is_that_of_the_reference() {
    for (only_first_right, only_second_right, p) in golden::<Pairs>("pairs").mcnemar {
        let found = Agreement {
            both_right: 9,
            only_first_right,
            only_second_right,
            both_wrong: 4,
        };
        assert_near(&format!("{found:?}"), found.p(), p, ROUNDING);
    }
    let found = Agreement::of(&[0, 1, 2, 0, 1], &[0, 1, 0, 1, 1], &[0, 0, 2, 2, 0]).unwrap();
    let expected = Agreement {
        both_right: 1,
        only_first_right: 2,
        only_second_right: 1,
        both_wrong: 1,
    };
    assert_eq!(found, expected);
}

#[test]
fn flipping_the_signs_of_patients_is_the_test_of_the_reference() {
    for (surpluses, p) in golden::<Pairs>("pairs").sign_flips {
        let found = sign_flip_p(&surpluses);
        assert_near(&format!("{surpluses:?}"), found, p, ROUNDING);
    }
    assert_eq!((sign_flip_p(&[]), sign_flip_p(&[0; 12])), (1.0, 1.0));
}

#[test]
fn with_one_film_a_patient_flipping_signs_is_mcnemars_test() {
    for (only_first_right, only_second_right) in [(0, 1), (3, 12), (7, 7), (60, 90)] {
        let found = Agreement {
            both_right: 9,
            only_first_right,
            only_second_right,
            both_wrong: 4,
        };
        let mut surpluses = vec![1; only_first_right];
        surpluses.extend(vec![-1; only_second_right]);
        surpluses.extend([0; 13]);
        let p = sign_flip_p(&surpluses);
        assert_near(&format!("{found:?}"), p, found.p(), ROUNDING);
    }
}

#[test]
fn one_patient_cannot_decide() {
    // 12 films say the same; as those of one patient they say no more than one film would.
    assert!(sign_flip_p(&[1; 12]) < 0.001);
    assert_eq!(sign_flip_p(&[12]), 1.0);
}

#[test]
fn too_little_to_compare_is_said() {
    let found = paired_scores(&[0.5], &[0.25]).unwrap();
    assert_eq!(
        (found.mean, found.interval, found.sign_p),
        (0.25, None, 1.0)
    );
    let equal = paired_scores(&[0.5; 3], &[0.5; 3]).unwrap();
    assert_eq!((equal.interval, equal.sign_p), (None, 1.0));
    // Equal differences whose last digits differ.
    let shifted = paired_scores(&[0.9, 0.8, 0.95], &[0.8, 0.7, 0.85]).unwrap();
    assert_eq!((shifted.n, shifted.interval), (3, None));
    assert_eq!(paired_scores(&[], &[]), Err(PairedError::Empty));
    assert_eq!(paired_scores(&[0.5], &[]), Err(PairedError::Uneven));
    assert_eq!(
        paired_scores(&[f64::NAN], &[0.5]),
        Err(PairedError::NotANumber)
    );
    assert_eq!(Agreement::of(&[0], &[0], &[]), Err(PairedError::Uneven));
    assert_eq!(Agreement::of(&[], &[], &[]), Err(PairedError::Empty));
}
