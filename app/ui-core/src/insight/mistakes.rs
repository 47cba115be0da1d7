//! Test films in the order in which a reader wants to see them: sure and wrong first.

use std::cmp::Ordering;

use imaging::report::TestFilm;
use metrics::answer;

/// The cross-entropy of one film: 0 for the truth said with certainty, without end for its opposite.
pub fn loss(film: &TestFilm) -> f32 {
    0.0 - truth_probability(film).ln()
}

/// The mistakes and the right answers, each with the highest loss first.
pub fn divide(films: &[TestFilm]) -> (Vec<TestFilm>, Vec<TestFilm>) {
    let mut films = films.to_vec();
    films.sort_by(costlier);
    films
        .into_iter()
        .partition(|film| answer(&film.probabilities) != film.class)
}

/// What is no number was answered worst of all.
fn costlier(left: &TestFilm, right: &TestFilm) -> Ordering {
    let worst_if_none = |film: &TestFilm| match loss(film) {
        loss if loss.is_nan() => f32::INFINITY,
        loss => loss,
    };
    worst_if_none(right).total_cmp(&worst_if_none(left))
}

fn truth_probability(film: &TestFilm) -> f32 {
    film.probabilities
        .get(film.class)
        .copied()
        .unwrap_or(f32::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(sample: usize, class: usize, probabilities: &[f32]) -> TestFilm {
        TestFilm {
            sample,
            class,
            probabilities: probabilities.to_vec(),
        }
    }

    fn samples(films: &[TestFilm]) -> Vec<usize> {
        films.iter().map(|film| film.sample).collect()
    }

    #[test]
    fn the_loss_is_the_cross_entropy() {
        assert_eq!(loss(&film(0, 0, &[1.0, 0.0])), 0.0);
        assert!((loss(&film(0, 1, &[0.5, 0.5])) - std::f32::consts::LN_2).abs() < 1e-6);
        assert_eq!(loss(&film(0, 1, &[1.0, 0.0])), f32::INFINITY);
        assert!(loss(&film(0, 1, &[f32::NAN, f32::NAN])).is_nan());
    }

    #[test]
    fn sure_mistakes_come_first_and_right_answers_apart() {
        let films = [
            film(0, 0, &[0.9, 0.1]),
            film(1, 1, &[0.6, 0.4]),
            film(2, 1, &[0.97, 0.03]),
            film(3, 0, &[0.55, 0.45]),
            film(4, 0, &[0.3, 0.7]),
        ];
        let (mistakes, right) = divide(&films);
        assert_eq!(samples(&mistakes), [2, 4, 1]);
        assert_eq!(samples(&right), [3, 0]);
    }

    #[test]
    fn ties_keep_the_order_of_the_films_and_no_number_is_worst() {
        let films = [
            film(7, 0, &[0.2, 0.8]),
            film(3, 1, &[0.8, 0.2]),
            film(5, 1, &[f32::NAN, f32::NAN]),
        ];
        assert_eq!(samples(&divide(&films).0), [5, 7, 3]);
        assert!(divide(&films).1.is_empty());
    }
}
