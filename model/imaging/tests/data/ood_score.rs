//! Training films that a film is like.

use imaging::{
    insight::OodScore,
    ood_score::{Trained, by_patient},
};
use metrics::neighbours::NEIGHBOURS;

use crate::golden::{Features, SINGLE, assert_near, golden};

/// On a quarter circle, at these degrees.
fn readings(degrees: &[f32]) -> Vec<[f32; 2]> {
    let point = |degrees: &f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
    degrees.iter().map(point).collect()
}

#[test]
fn a_training_film_is_not_its_own_neighbour() {
    // The films 10, 11 and 12 of the data train.
    let films = readings(&[0.0, 10.0, 40.0]);
    let trained = Trained::fit(vec![10, 11, 12], &films, None).unwrap();
    let own = trained.ood_score(&films[0], Some(10)).unwrap();
    let samples: Vec<usize> = own.neighbours.iter().map(|near| near.sample).collect();
    assert_eq!(samples, [11, 12]);
    let other = trained.ood_score(&films[0], Some(3)).unwrap();
    assert_eq!(
        (other.neighbours[0].sample, other.neighbours[0].distance),
        (10, 0.0)
    );
}

#[test]
fn a_film_farther_out_than_all_has_rank_one() {
    let films = readings(&[0.0, 5.0, 10.0, 15.0]);
    let trained = Trained::fit(vec![0, 1, 2, 3], &films, None).unwrap();
    let far = trained.ood_score(&readings(&[90.0])[0], None).unwrap();
    let near = trained.ood_score(&readings(&[7.0])[0], None).unwrap();
    assert_eq!(far.rank, 1.0);
    assert_eq!(near.rank, 0.0);
    assert!(far.distance > near.distance);
}

#[test]
fn another_patient_is_not_out_of_distribution_for_being_another() {
    // Three patients whose films are near each other, and a fourth as far from them as they are from one another.
    let films = readings(&[0.0, 1.0, 20.0, 21.0, 40.0, 41.0]);
    let samples: Vec<usize> = (0..6).collect();
    let fourth = readings(&[50.0])[0];
    let patients = ["A", "A", "B", "B", "C", "C"].map(Some);
    let groups = by_patient(patients).unwrap();
    let across = Trained::fit(samples.clone(), &films, Some(&groups)).unwrap();
    let alone = Trained::fit(samples, &films, None).unwrap();
    let rank = |trained: &Trained| trained.ood_score(&fourth, None).unwrap().rank;
    assert_eq!(rank(&alone), 1.0);
    assert!(rank(&across) < 1.0, "{}", rank(&across));
    // What is farther still is out for both.
    let far = readings(&[120.0])[0];
    assert_eq!(across.ood_score(&far, None).unwrap().rank, 1.0);
    // A training film has its twin beside it, and a rank by the others.
    let own = across.ood_score(&films[0], Some(0)).unwrap();
    assert_eq!(own.neighbours[0].sample, 1);
    assert!(own.rank > 0.0);
}

#[test]
fn patients_make_groups_where_there_are_two() {
    assert_eq!(
        by_patient([Some("A"), Some("B"), Some("A"), None, None]),
        Some(vec![0, 1, 0, 3, 4])
    );
    assert_eq!(by_patient([Some("A"), None]), Some(vec![0, 1]));
    assert_eq!(by_patient([Some("A"), Some("A")]), None);
    assert_eq!(by_patient([None, None]), None);
    assert_eq!(by_patient([]), None);
}

#[test]
fn the_map_has_a_place_and_neighbours_for_every_film() {
    let films = readings(&[0.0, 5.0, 10.0, 80.0]);
    let trained = Trained::fit(vec![0, 1, 2], &films[..3], None).unwrap();
    let embedding_map = trained.embedding_map(&films).unwrap();
    assert_eq!(
        (embedding_map.places.len(), embedding_map.ood_score.len()),
        (4, 4)
    );
    assert_eq!(embedding_map.ood_score[3].rank, 1.0);
    assert!(embedding_map.explained[0] >= embedding_map.explained[1]);
    assert!(
        trained.embedding_map(&[films[0], films[0]]).is_err(),
        "films that do not differ"
    );
}

#[test]
fn what_is_not_like_the_training_films_is_not_answered_as_in_the_reference() {
    let golden: Features = golden("features");
    let samples = (0..golden.training.len()).collect();
    let trained = Trained::fit(samples, &golden.training, None).unwrap();
    for (at, other) in golden.others.iter().enumerate() {
        let found = trained.ood_score(other, None).unwrap();
        let samples: Vec<usize> = found.neighbours.iter().map(|near| near.sample).collect();
        assert_eq!(samples, golden.nearest[at]);
        let mean = golden.distances[at].iter().sum::<f64>() / NEIGHBOURS as f64;
        assert_near("mean distance", found.distance.into(), mean, SINGLE);
        let rank = golden.percentiles[at];
        assert_near("rank", found.rank.into(), rank, SINGLE);
        for percent in 50..=100 {
            // Both are fractions of small whole numbers: equal, or farther apart than rounding.
            let beyond = rank * 100.0 > f64::from(percent) - 1e-9;
            assert_eq!(found.abstains(percent), beyond, "{rank} and {percent} %");
        }
    }
}

#[test]
fn the_rule_abstains_from_its_own_percent_on() {
    let at = |rank: f32| OodScore {
        neighbours: Vec::new(),
        distance: 0.4,
        rank,
    };
    for films in 2..400_u32 {
        for farther in 0..=films {
            let rank = (f64::from(farther) / f64::from(films)) as f32;
            for percent in [50, 80, 90, 95, 99, 100] {
                let beyond = 100 * farther >= u32::from(percent) * films;
                assert_eq!(
                    at(rank).abstains(percent),
                    beyond,
                    "{farther} of {films}, {percent} %"
                );
            }
        }
    }
    assert!(at(f32::NAN).abstains(100));
    assert!(!at(0.999).abstains(100), "farther out than nearly all");
}
