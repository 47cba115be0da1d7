//! Training films that a film is like.

use model::likeness::Trained;

/// On a quarter circle, at these degrees.
fn readings(degrees: &[f32]) -> Vec<[f32; 2]> {
    let point = |degrees: &f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
    degrees.iter().map(point).collect()
}

#[test]
fn a_training_film_is_not_its_own_neighbour() {
    // The films 10, 11 and 12 of the data train.
    let films = readings(&[0.0, 10.0, 40.0]);
    let trained = Trained::fit(vec![10, 11, 12], &films).unwrap();
    let own = trained.likeness(&films[0], Some(10)).unwrap();
    let samples: Vec<usize> = own.neighbours.iter().map(|near| near.sample).collect();
    assert_eq!(samples, [11, 12]);
    let other = trained.likeness(&films[0], Some(3)).unwrap();
    assert_eq!(
        (other.neighbours[0].sample, other.neighbours[0].distance),
        (10, 0.0)
    );
}

#[test]
fn a_film_farther_out_than_all_has_rank_one() {
    let films = readings(&[0.0, 5.0, 10.0, 15.0]);
    let trained = Trained::fit(vec![0, 1, 2, 3], &films).unwrap();
    let far = trained.likeness(&readings(&[90.0])[0], None).unwrap();
    let near = trained.likeness(&readings(&[7.0])[0], None).unwrap();
    assert_eq!(far.rank, 1.0);
    assert_eq!(near.rank, 0.0);
    assert!(far.distance > near.distance);
}

#[test]
fn the_map_has_a_place_and_neighbours_for_every_film() {
    let films = readings(&[0.0, 5.0, 10.0, 80.0]);
    let trained = Trained::fit(vec![0, 1, 2], &films[..3]).unwrap();
    let atlas = trained.atlas(&films).unwrap();
    assert_eq!((atlas.places.len(), atlas.likeness.len()), (4, 4));
    assert_eq!(atlas.likeness[3].rank, 1.0);
    assert!(atlas.explained[0] >= atlas.explained[1]);
    assert!(
        trained.atlas(&[films[0], films[0]]).is_err(),
        "films that do not differ"
    );
}
