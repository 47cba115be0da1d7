//! Films near and far in the space of features.

use metrics::neighbours::{NEIGHBOURS, Neighbour, NeighbourError, TrainingSpread};

use crate::golden::{Features, SINGLE, assert_all_near, assert_near, golden};

#[test]
fn neighbours_are_those_of_the_reference() {
    let golden: Features = golden("features");
    let spread = TrainingSpread::fit(&golden.training).unwrap();
    for (at, other) in golden.others.iter().enumerate() {
        let found = spread.nearest(other, NEIGHBOURS).unwrap();
        let films: Vec<usize> = found.iter().map(|near| near.film).collect();
        assert_eq!(films, golden.nearest[at]);
        let distances: Vec<f64> = found.iter().map(|near| near.distance).collect();
        assert_all_near("distances", &distances, &golden.distances[at], SINGLE);
    }
}

#[test]
fn a_training_film_is_its_own_neighbour_whatever_its_brightness() {
    let golden: Features = golden("features");
    let spread = TrainingSpread::fit(&golden.training).unwrap();
    for (film, features) in golden.training.iter().enumerate() {
        let brighter: Vec<f32> = features.iter().map(|x| 4.0 * x).collect();
        let found = spread.nearest(&brighter, 1).unwrap();
        assert_eq!(
            found,
            [Neighbour {
                film,
                distance: 0.0
            }]
        );
    }
}

#[test]
fn few_films_have_few_neighbours() {
    let spread = TrainingSpread::fit(&[[1.0, 0.0], [0.0, 1.0]]).unwrap();
    let found = spread.nearest(&[1.0, 1.0], 7).unwrap();
    assert_eq!((found.len(), found[0].film), (2, 0));
    assert_eq!(spread.nearest(&[1.0, 1.0], 0).unwrap(), []);
    // A film without any feature lies at 0, from everything at 1.
    let found = spread.nearest(&[0.0, 0.0], 1).unwrap();
    assert_near("distance", found[0].distance, 1.0, SINGLE);
}

#[test]
fn films_of_one_group_are_not_each_others_yardstick() {
    // Two pairs of near twins.
    let films = [[1.0, 0.0], [1.0, 0.01], [0.0, 1.0], [0.01, 1.0]];
    let alone = TrainingSpread::fit(&films).unwrap();
    let across = TrainingSpread::fit_across(&films, &[7, 7, 3, 3]).unwrap();
    for at in 0..films.len() {
        // Both of the other pair, at about the root of two; its twin, too, where films are compared with all.
        let between = 2.0_f64.sqrt();
        assert_near("across", across.own_distance(at), between, 0.02);
        assert_near("alone", alone.own_distance(at), between * 2.0 / 3.0, 0.02);
    }
    let halfway = across.nearest(&[1.0, 1.0], NEIGHBOURS).unwrap()[0].distance;
    assert_eq!(across.percentile(halfway), 0.0);
    assert_eq!(across.percentile(1.5), 1.0);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    use NeighbourError::{NotANumber, TooFew, Uneven};
    let fit = |films: &[Vec<f32>]| TrainingSpread::fit(films).err();
    assert_eq!(fit(&[]), Some(TooFew));
    assert_eq!(fit(&[vec![1.0]]), Some(TooFew));
    assert_eq!(fit(&[vec![1.0], vec![]]), Some(Uneven));
    assert_eq!(fit(&[vec![1.0], vec![f32::NAN]]), Some(NotANumber));
    assert_eq!(fit(&[vec![], vec![]]), None);
    let of_groups = |groups: &[usize]| {
        let films = vec![vec![1.0]; 2];
        TrainingSpread::fit_across(&films, groups).err()
    };
    assert_eq!(of_groups(&[4, 4]), Some(TooFew));
    assert_eq!(of_groups(&[4]), Some(Uneven));
    assert_eq!(of_groups(&[4, 5]), None);
    let spread = TrainingSpread::fit(&[[1.0, 0.0], [0.0, 1.0]]).unwrap();
    assert_eq!(spread.nearest(&[1.0], 1), Err(Uneven));
    assert_eq!(spread.nearest(&[1.0, f32::INFINITY], 1), Err(NotANumber));
}
