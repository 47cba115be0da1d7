//! What sixteen pixels can tell.

use imaging::{
    baseline::{Baseline, BaselineError, PIXELS, Thumbnail, thumbnail},
    film::Film,
};
use serde::Deserialize;

use crate::golden::{SINGLE, assert_near, golden};

#[derive(Deserialize)]
struct BaselineGolden {
    truth: Vec<usize>,
    thumbnails: Vec<Thumbnail>,
    /// Probabilities of the first films.
    three_classes: Vec<Vec<f64>>,
    two_classes: Vec<Vec<f64>>,
}

#[test]
fn probabilities_are_those_of_the_reference() {
    let golden: BaselineGolden = golden("baseline");
    let last: Vec<usize> = golden
        .truth
        .iter()
        .map(|&class| usize::from(class == 2))
        .collect();
    for (classes, truth, expected) in [
        (3, &golden.truth, &golden.three_classes),
        (2, &last, &golden.two_classes),
    ] {
        let baseline = Baseline::fit(classes, truth, &golden.thumbnails).unwrap();
        for (thumbnail, expected) in golden.thumbnails.iter().zip(expected) {
            let found = baseline.probabilities(thumbnail);
            assert_eq!(found.len(), classes);
            for (&found, &expected) in found.iter().zip(expected) {
                assert_near(
                    &format!("{classes} classes"),
                    found.into(),
                    expected,
                    SINGLE,
                );
            }
        }
    }
}

#[test]
fn a_thumbnail_is_the_mean_of_each_part_of_the_central_square() {
    // Four grey columns of the central square of a lying film.
    let (width, height) = (80_u32, 40_u32);
    let grey = |x: u32| match x {
        20..30 => 10_000,
        30..40 => 20_000,
        40..50 => 30_000,
        50..60 => 40_000,
        _ => 65_535,
    };
    let pixels = (0..height).flat_map(|_| (0..width).map(grey)).collect();
    let found = thumbnail(&Film::new(width, height, pixels).unwrap());
    for (at, &found) in found.iter().enumerate() {
        let expected = 10_000.0 * (at % 4 + 1) as f64 / 65_535.0;
        // Enlarging blends the columns where they meet.
        assert_near(&format!("part {at}"), found.into(), expected, 0.03);
    }
}

#[test]
fn separable_films_and_classes_without_films_do_no_harm() {
    let black_and_white = [[0.0; PIXELS], [1.0; PIXELS], [0.1; PIXELS], [0.9; PIXELS]];
    let baseline = Baseline::fit(3, &[0, 1, 0, 1], &black_and_white).unwrap();
    let found = baseline.probabilities(&[0.05; PIXELS]);
    assert!(found[0] > 0.8 && found[2] < 1e-6, "{found:?}");
    let alike = Baseline::fit(2, &[0, 1, 1], &[[0.5; PIXELS]; 3]).unwrap();
    let found = alike.probabilities(&[0.5; PIXELS]);
    assert_near("share of the class", found[1].into(), 2.0 / 3.0, SINGLE);
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    use BaselineError::{NotANumber, OneClass, Uneven};
    let fit =
        |classes, truth: &[usize], films: &[Thumbnail]| Baseline::fit(classes, truth, films).err();
    assert_eq!(fit(2, &[], &[]), Some(OneClass));
    assert_eq!(fit(2, &[1, 1], &[[0.5; PIXELS]; 2]), Some(OneClass));
    assert_eq!(fit(2, &[0, 1], &[[0.5; PIXELS]]), Some(Uneven));
    assert_eq!(fit(2, &[0, 2], &[[0.5; PIXELS]; 2]), Some(Uneven));
    assert_eq!(fit(2, &[0, 1], &[[f32::NAN; PIXELS]; 2]), Some(NotANumber));
}
