//! Films as points in a plane.

use metrics::embedding::{EmbeddingError, Plane};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::golden::{Features, assert_all_near, assert_near, golden};

/// Features are 32 bit.
const PLACES: f64 = 1e-5;

fn noise(films: usize, features: usize) -> Vec<Vec<f32>> {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut film = || (0..features).map(|_| rng.random::<f32>()).collect();
    (0..films).map(|_| film()).collect()
}

#[test]
fn the_plane_is_that_of_the_reference() {
    let golden: Features = golden("features");
    let plane = Plane::fit(&golden.training).unwrap();
    assert_all_near("explained", &plane.explained, &golden.explained, PLACES);
    let films = golden.training.iter().zip(&golden.places);
    let others = golden.others.iter().zip(&golden.other_places);
    for (film, place) in films.chain(others) {
        assert_all_near("place", &plane.place(film).unwrap(), place, PLACES);
    }
}

#[test]
fn no_other_plane_shows_more_where_many_directions_are_alike() {
    // Noise has no gap between its directions, which is the hardest case.
    let films = noise(200, 150);
    let plane = Plane::fit(&films).unwrap();
    let places: Vec<[f64; 2]> = films
        .iter()
        .map(|film| plane.place(film).unwrap())
        .collect();
    let moment = |of: fn(&[f64; 2]) -> f64| places.iter().map(of).sum::<f64>() / 200.0;
    // The mean lies at 0 and the axes are uncorrelated.
    for (what, found) in [
        ("first", moment(|p| p[0])),
        ("second", moment(|p| p[1])),
        ("product", moment(|p| p[0] * p[1])),
    ] {
        assert_near(what, found, 0.0, 1e-4);
    }
    // An even share would be 1 / 150; random matrices tell how much more the largest have.
    let [first, second] = plane.explained;
    assert!(
        second <= first && second > 0.015 && first < 0.03,
        "{first}, {second}"
    );
}

#[test]
fn films_in_a_plane_are_laid_out_as_they_lie() {
    // Two directions of ten features, at right angles, twice as much spread along the first.
    let corners = [(-2.0, -1.0), (2.0, -1.0), (-2.0, 1.0), (2.0, 1.0)];
    let film = |(x, y): (f32, f32)| {
        let feature = |at: usize| 5.0 + [x, y][at % 2];
        (0..10).map(feature).collect::<Vec<f32>>()
    };
    let plane = Plane::fit(&corners.map(film)).unwrap();
    assert_all_near("explained", &plane.explained, &[0.8, 0.2], PLACES);
    let length = 5.0_f64.sqrt();
    for (x, y) in corners {
        let expected = [f64::from(x) * length, f64::from(y) * length];
        assert_all_near(
            "place",
            &plane.place(&film((x, y))).unwrap(),
            &expected,
            PLACES,
        );
    }
}

#[test]
fn equal_directions_are_both_found() {
    let films = [
        [1.0, 0.0, 0.0],
        [-1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, -1.0, 0.0],
    ];
    let plane = Plane::fit(&films).unwrap();
    assert_all_near("explained", &plane.explained, &[0.5, 0.5], PLACES);
}

#[test]
fn films_on_a_line_have_no_second_direction() {
    let found = |films: &[Vec<f32>]| {
        let plane = Plane::fit(films).unwrap();
        assert_all_near("explained", &plane.explained, &[1.0, 0.0], PLACES);
        films
            .iter()
            .map(|film| plane.place(film).unwrap())
            .collect::<Vec<_>>()
    };
    let two = found(&[vec![0.0; 20], vec![1.0; 20]]);
    assert_all_near("second", &two[1], &[5.0_f64.sqrt(), 0.0], PLACES);
    let one_feature = found(&[vec![1.0], vec![2.0], vec![6.0]]);
    assert_all_near("third", &one_feature[2], &[3.0, 0.0], PLACES);
}

#[test]
fn the_same_films_give_the_same_places() {
    let films = noise(12, 30);
    assert_eq!(Plane::fit(&films), Plane::fit(&films));
}

#[test]
fn what_cannot_be_laid_out_is_refused() {
    use EmbeddingError::{NoSpread, NotANumber, TooFew, Uneven};
    let fit = |films: &[Vec<f32>]| Plane::fit(films).err();
    assert_eq!(fit(&[]), Some(TooFew));
    assert_eq!(fit(&[vec![1.0]]), Some(TooFew));
    assert_eq!(fit(&[vec![], vec![]]), Some(Uneven));
    assert_eq!(fit(&[vec![1.0], vec![1.0, 2.0]]), Some(Uneven));
    assert_eq!(fit(&[vec![1.0], vec![f32::NAN]]), Some(NotANumber));
    assert_eq!(fit(&[vec![1.5], vec![1.5]]), Some(NoSpread));
    let plane = Plane::fit(&[[1.0], [2.0]]).unwrap();
    assert_eq!(plane.place(&[]), Err(Uneven));
    assert_eq!(plane.place(&[f32::NAN]), Err(NotANumber));
}
