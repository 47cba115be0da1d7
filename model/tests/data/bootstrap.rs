//! The bootstrap against distributions that are known.

use model::metrics::bootstrap;

fn share(right: &[bool]) -> impl Fn(&[usize]) -> Option<f64> + '_ {
    |drawn| {
        let hits = drawn.iter().filter(|&&film| right[film]).count();
        (!drawn.is_empty()).then(|| hits as f64 / drawn.len() as f64)
    }
}

/// 20 patients, 16 of them right: what is drawn is binomial, whose 2.5 and 97.5 % points are 12 and 19 of 20.
#[test]
fn single_films_give_the_points_of_the_binomial_distribution() {
    let right: Vec<bool> = (0..20).map(|film| film < 16).collect();
    let groups: Vec<usize> = (0..20).collect();
    for seed in 0..5 {
        let found = bootstrap::interval(&groups, seed, share(&right)).expect("an interval");
        assert_eq!((found.low, found.high), (0.6, 0.95), "seed {seed}");
    }
}

/// Ten films of each patient that are all right or all wrong say no more than one film each.
#[test]
fn films_of_one_patient_count_once_if_they_are_alike() {
    let groups: Vec<usize> = (0..200).map(|film| film / 10).collect();
    let right: Vec<bool> = groups.iter().map(|&patient| patient < 16).collect();
    let found = bootstrap::interval(&groups, 1, share(&right)).expect("an interval");
    assert_eq!((found.low, found.high), (0.6, 0.95));
}

#[test]
fn what_never_varies_and_what_is_alone_has_no_interval() {
    let groups: Vec<usize> = (0..12).collect();
    assert_eq!(bootstrap::interval(&groups, 1, share(&[true; 12])), None);
    assert_eq!(bootstrap::interval(&[0; 12], 1, share(&[true; 12])), None);
    assert_eq!(bootstrap::interval(&[], 1, share(&[])), None);
    assert_eq!(bootstrap::interval(&groups, 1, |_| Some(f64::NAN)), None);
}
