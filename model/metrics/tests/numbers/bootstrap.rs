//! Intervals over patients.

use metrics::{
    Interval, Proportion,
    bootstrap::{ByPatient, by_patient},
};

/// 200 films, of which 70 % are answered rightly.
fn right(film: usize) -> bool {
    film % 10 < 7
}

fn share_right(films: &[usize]) -> Option<f64> {
    let hits = films.iter().filter(|&&film| right(film)).count();
    (!films.is_empty()).then(|| hits as f64 / films.len() as f64)
}

fn interval(found: ByPatient) -> Interval {
    match found {
        ByPatient::Interval { interval, .. } => interval,
        other => panic!("{other:?}"),
    }
}

#[test]
fn with_one_film_a_patient_it_is_the_interval_over_films() {
    let patients: Vec<usize> = (0..200).collect();
    let found = interval(by_patient(&patients, 1, share_right));
    let expected = Proportion::new(140, 200);
    assert!(
        (found.low - expected.low).abs() < 0.015,
        "{found:?}, not {expected:?}"
    );
    assert!(
        (found.high - expected.high).abs() < 0.015,
        "{found:?}, not {expected:?}"
    );
}

#[test]
fn with_films_alike_it_is_that_over_patients() {
    // Each film of the first test four times over: the films are 800, but the patients are 200.
    let patients: Vec<usize> = (0..800).map(|film| film % 200).collect();
    let found = interval(by_patient(&patients, 1, share_right));
    let expected = Proportion::new(140, 200);
    assert!(
        (found.low - expected.low).abs() < 0.015,
        "{found:?}, not {expected:?}"
    );
    assert!(
        (found.high - expected.high).abs() < 0.015,
        "{found:?}, not {expected:?}"
    );
}

#[test]
fn the_seed_decides() {
    let patients: Vec<String> = (0..200).map(|film| (film / 3).to_string()).collect();
    let found = |seed: u64| by_patient(&patients, seed, share_right);
    assert_eq!(found(1), found(1));
    assert_ne!(found(1), found(2));
}

#[test]
fn whole_patients_are_drawn() {
    let patients: Vec<usize> = (0..60).map(|film| film % 12).collect();
    by_patient(&patients, 1, |films| {
        assert_eq!(films.len(), 60);
        let mut times = [0; 60];
        films.iter().for_each(|&film| times[film] += 1);
        assert!((12..60).all(|film| times[film] == times[film % 12]));
        Some(0.0)
    });
}

#[test]
fn too_few_patients_are_said() {
    let patients: Vec<usize> = (0..50).map(|film| film % 9).collect();
    let found = by_patient(&patients, 1, share_right);
    assert_eq!(found, ByPatient::TooFewPatients { patients: 9 });
    let none: [usize; 0] = [];
    let found = by_patient(&none, 1, share_right);
    assert_eq!(found, ByPatient::TooFewPatients { patients: 0 });
}

#[test]
fn a_statistic_that_is_often_undefined_has_no_interval() {
    let patients: Vec<usize> = (0..20).collect();
    assert_eq!(by_patient(&patients, 1, |_| None), ByPatient::Undefined);
    assert_eq!(
        by_patient(&patients, 1, |_| Some(f64::NAN)),
        ByPatient::Undefined
    );
    // One film of the class is missing from more than a third of the draws.
    let of_one = |films: &[usize]| films.contains(&3).then_some(1.0);
    assert_eq!(by_patient(&patients, 1, of_one), ByPatient::Undefined);
}
