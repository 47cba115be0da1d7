//! Intervals over patients.

use metrics::{
    Interval, Proportion,
    patients::{OverPatients, share_over_patients},
};
use serde::Deserialize;

use crate::golden::{ROUNDING, assert_all_near, assert_near, golden};

#[derive(Deserialize)]
struct Patients {
    right: Vec<usize>,
    films: Vec<usize>,
    interval: [f64; 2],
}

/// The films of patients one after another, the right ones first.
fn films(right: &[usize], films: &[usize]) -> (Vec<bool>, Vec<usize>) {
    let patients = right.iter().zip(films).enumerate();
    patients
        .flat_map(|(patient, (&right, &films))| (0..films).map(move |film| (film < right, patient)))
        .unzip()
}

fn interval(right: &[bool], patients: &[usize]) -> Interval {
    match share_over_patients(right, patients) {
        OverPatients::Interval { interval, .. } => interval,
        other @ OverPatients::TooFewPatients { .. } => panic!("{other:?}"),
    }
}

#[test]
fn the_interval_is_that_of_the_reference() {
    for Patients {
        right,
        films: n,
        interval: expected,
    } in golden::<Vec<_>>("patients")
    {
        let (right, patients) = films(&right, &n);
        let found = interval(&right, &patients);
        let what = format!("{n:?}");
        assert_all_near(&what, &[found.low, found.high], &expected, 1e-8);
    }
}

#[test]
fn films_that_are_all_alike_count_as_one() {
    // 40 patients of whom 28 are right, with one film each and with five equal films each.
    let (right, patients) = films(&[[1; 28].as_slice(), &[0; 12]].concat(), &[1; 40]);
    let single = interval(&right, &patients);
    let (right, patients) = films(&[[5; 28].as_slice(), &[0; 12]].concat(), &[5; 40]);
    let five = interval(&right, &patients);
    assert_near("low", five.low, single.low, ROUNDING);
    assert_near("high", five.high, single.high, ROUNDING);
    // And it is about that over films where each is of another patient.
    let films = Proportion::new(28, 40);
    assert_near("low", single.low, films.low, 0.02);
    assert_near("high", single.high, films.high, 0.02);
}

#[test]
fn where_all_films_are_right_the_bound_is_that_of_as_many_patients() {
    let (right, patients) = films(&[7; 12], &[7; 12]);
    let found = interval(&right, &patients);
    let expected = Proportion::new(12, 12);
    assert_near("low", found.low, expected.low, ROUNDING);
    assert_eq!(found.high, 1.0);
    let wrong = vec![false; right.len()];
    let found = interval(&wrong, &patients);
    assert_near("high", found.high, 1.0 - expected.low, ROUNDING);
    assert_eq!(found.low, 0.0);
}

#[test]
fn too_few_patients_are_said() {
    let (right, patients) = films(&[4; 9], &[5; 9]);
    let found = share_over_patients(&right, &patients);
    assert_eq!(found, OverPatients::TooFewPatients { patients: 9 });
    let none = share_over_patients::<usize>(&[], &[]);
    assert_eq!(none, OverPatients::TooFewPatients { patients: 0 });
}
