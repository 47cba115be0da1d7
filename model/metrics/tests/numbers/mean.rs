//! Means over seeds.

use metrics::mean::{of_differences, of_shares};
use serde::Deserialize;

use crate::golden::{ROUNDING, assert_all_near, assert_near, golden};

#[derive(Deserialize)]
struct Seeds {
    shares: Vec<f64>,
    interval: [f64; 2],
}

#[test]
fn the_interval_of_shares_is_that_of_the_reference() {
    for Seeds { shares, interval } in golden::<Vec<_>>("shares_of_seeds") {
        let found = of_shares(&shares).unwrap().interval.unwrap();
        let what = format!("{shares:?}");
        assert_all_near(&what, &[found.low, found.high], &interval, ROUNDING);
    }
}

#[test]
fn shares_near_1_reach_further_down_than_up() {
    let found = of_shares(&[1.0, 0.97, 0.92, 1.0, 0.99]).unwrap();
    let interval = found.interval.unwrap();
    assert!(interval.high < 1.0);
    assert!(found.value - interval.low > interval.high - found.value);
}

#[test]
fn without_spread_there_is_no_interval() {
    for of in [of_shares, of_differences] {
        let found = of(&[1.0; 10]).unwrap();
        assert_eq!((found.value, found.interval, found.n), (1.0, None, 10));
        assert_eq!(of(&[0.3]).unwrap().interval, None);
        // Thirds that were rounded in different ways.
        let thirds = of(&[1.0 / 3.0, 1.0 - 2.0 / 3.0]).unwrap();
        assert_eq!(thirds.interval, None);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[0.5, f64::NAN]), None);
    }
}

#[test]
fn differences_have_students_interval() {
    // 97.5 % point of t with two degrees of freedom: 4.303.
    let interval = of_differences(&[-1.0, 0.0, 4.0]).unwrap().interval.unwrap();
    let error = (14.0_f64 / 2.0 / 3.0).sqrt();
    assert_near("low", interval.low, 1.0 - 4.302_652_729_696 * error, 1e-9);
    assert_near("high", interval.high, 1.0 + 4.302_652_729_696 * error, 1e-9);
}
