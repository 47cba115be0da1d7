use model::metrics::{Proportion, answer, scores};

#[test]
fn wilson_intervals_agree_with_published_ones() {
    // Newcombe, Stat Med 17:857-872 (1998), doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E,
    // table I, method 3.
    let published = [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ];
    for (hits, n, low, high) in published {
        let found = Proportion::new(hits, n);
        assert!((found.low - low).abs() < 5.1e-5, "{found:?}, not {low}");
        assert!((found.high - high).abs() < 5.1e-5, "{found:?}, not {high}");
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
    let found = scores(2, &[1, 0], &[vec![f32::NAN; 2], vec![]], None);
    assert_eq!(found.accuracy.n, 2);
    let none = scores(2, &[], &[], None);
    assert_eq!((none.accuracy.n, none.majority), (0, 0.0));
}
