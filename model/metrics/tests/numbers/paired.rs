//! Two networks compared.

use metrics::paired::{Agreement, PairedError, paired_scores};
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
fn too_little_to_compare_is_said() {
    let found = paired_scores(&[0.5], &[0.25]).unwrap();
    assert_eq!(
        (found.mean, found.interval, found.sign_p),
        (0.25, None, 1.0)
    );
    let equal = paired_scores(&[0.5; 3], &[0.5; 3]).unwrap();
    let interval = equal.interval.unwrap();
    assert_eq!((interval.low, interval.high, equal.sign_p), (0.0, 0.0, 1.0));
    assert_eq!(paired_scores(&[], &[]), Err(PairedError::Empty));
    assert_eq!(paired_scores(&[0.5], &[]), Err(PairedError::Uneven));
    assert_eq!(
        paired_scores(&[f64::NAN], &[0.5]),
        Err(PairedError::NotANumber)
    );
    assert_eq!(Agreement::of(&[0], &[0], &[]), Err(PairedError::Uneven));
    assert_eq!(Agreement::of(&[], &[], &[]), Err(PairedError::Empty));
}
