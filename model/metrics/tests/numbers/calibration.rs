//! Probabilities against what was seen, and the temperature that mends them.

use metrics::{
    answer,
    calibration::{
        CalibrationError, brier, brier_classes, expected_calibration_error, log_loss, reliability,
    },
    temperature::{Bound, COLDEST, HOTTEST, Temperature},
};

use crate::golden::{Classes, Curves, ROUNDING, SINGLE, assert_near, golden};

#[test]
fn the_scores_of_two_classes_are_those_of_the_reference() {
    let curves: Curves = golden("curves");
    let found = brier(&curves.chances, &curves.labels).unwrap();
    assert_near("Brier score", found, curves.brier, ROUNDING);
    let bins = reliability(&curves.chances, &curves.labels, 5).unwrap();
    assert_eq!(bins.len(), curves.bins.len());
    for (bin, expected) in bins.iter().zip(&curves.bins) {
        assert_eq!(
            (bin.observed.hits, bin.observed.n),
            (expected.hits, expected.n)
        );
        assert_near(
            "mean of a bin",
            bin.predicted.unwrap(),
            expected.predicted,
            ROUNDING,
        );
    }
}

#[test]
fn the_scores_of_three_classes_are_those_of_the_reference() {
    let Classes {
        truth,
        probabilities,
        brier,
        log_loss: loss,
        ..
    } = golden("classes");
    let error = golden::<Classes>("classes").expected_calibration_error;
    assert_near(
        "Brier score",
        brier_classes(&truth, &probabilities).unwrap(),
        brier,
        SINGLE,
    );
    assert_near(
        "log loss",
        log_loss(&truth, &probabilities).unwrap(),
        loss,
        SINGLE,
    );
    let found = expected_calibration_error(&truth, &probabilities, 10).unwrap();
    assert_near("calibration error", found, error, SINGLE);
}

#[test]
fn the_temperature_is_that_of_the_reference() {
    let golden: Classes = golden("classes");
    let found = Temperature::fit(&golden.truth, &golden.probabilities).unwrap();
    assert_eq!(found.bound, None);
    assert_near("temperature", found.value, golden.temperature, SINGLE);
    let mended: Vec<Vec<f32>> = golden
        .probabilities
        .iter()
        .map(|film| found.apply(film))
        .collect();
    let loss = log_loss(&golden.truth, &mended).unwrap();
    assert_near("loss", loss, golden.loss_at_temperature, SINGLE);
    for (film, mended) in golden.probabilities.iter().zip(&mended) {
        assert_eq!(answer(film), answer(mended));
        assert_near(
            "sum",
            mended.iter().map(|&p| f64::from(p)).sum(),
            1.0,
            SINGLE,
        );
    }
}

#[test]
fn a_temperature_without_a_minimum_ends_at_its_bound() {
    let sure = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
    let unsure = vec![vec![0.6, 0.4], vec![0.4, 0.6]];
    let even = vec![vec![0.5, 0.5], vec![0.5, 0.5]];
    let fit = |truth: &[usize], films: &[Vec<f32>]| {
        let Temperature { value, bound } = Temperature::fit(truth, films).unwrap();
        (value, bound)
    };
    for films in [&sure, &unsure] {
        assert_eq!(fit(&[0, 1], films), (COLDEST, Some(Bound::Coldest)));
        assert_eq!(fit(&[1, 0], films), (HOTTEST, Some(Bound::Hottest)));
    }
    assert_eq!(fit(&[0, 1], &even), (1.0, None));
    let hot = Temperature {
        value: HOTTEST,
        bound: None,
    };
    assert!(hot.apply(&[1.0, 0.0, 0.0]).iter().all(|p| p.is_finite()));
    assert!(hot.apply(&[]).is_empty());
}

#[test]
fn bins_share_out_all_films() {
    let chances = [0.0, 0.099, 0.1, 0.5, 0.999, 1.0];
    let bins = reliability(&chances, &[true; 6], 10).unwrap();
    let counts: Vec<usize> = bins.iter().map(|bin| bin.observed.n).collect();
    assert_eq!(counts, [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]);
    assert_eq!(
        (bins[2].predicted, bins[2].low, bins[9].high),
        (None, 0.2, 1.0)
    );
    assert_eq!(reliability(&chances, &[true; 6], 0).unwrap().len(), 1);
}

#[test]
fn what_is_no_probability_is_refused() {
    use CalibrationError::{NoFilms, NotAProbability, Uneven};
    assert_eq!(brier(&[], &[]), Err(NoFilms));
    assert_eq!(brier(&[0.5], &[]), Err(Uneven));
    for wrong in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
        assert_eq!(brier(&[wrong], &[true]), Err(NotAProbability));
        assert_eq!(reliability(&[wrong], &[true], 10), Err(NotAProbability));
    }
    let cases = [
        (vec![], vec![], NoFilms),
        (vec![0], vec![], Uneven),
        (vec![2], vec![vec![0.5, 0.5]], Uneven),
        (vec![0, 0], vec![vec![0.5, 0.5], vec![1.0]], Uneven),
        (vec![0], vec![vec![f32::NAN, 0.5]], NotAProbability),
    ];
    for (truth, films, expected) in cases {
        assert_eq!(log_loss(&truth, &films), Err(expected));
        assert_eq!(brier_classes(&truth, &films), Err(expected));
        assert_eq!(
            expected_calibration_error(&truth, &films, 10),
            Err(expected)
        );
        assert_eq!(Temperature::fit(&truth, &films), Err(expected));
    }
}
