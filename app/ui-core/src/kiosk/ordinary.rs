//! Ordinary images to ask about: of the test set, so that the network has not learned from them.

use imaging::report::TestFilm;

use super::{draw, face_off};

/// More tiles would leave no room for the odd ones.
pub const MOST: usize = 2;

/// Samples of different classes, by class, with one that the network got wrong in the place of its class's, if there is one. Those that the
/// contest with the same seed does not show come first.
pub fn samples(films: &[TestFilm], seed: u64) -> Vec<TestFilm> {
    let contest = face_off::drawn(films, seed);
    let mut order = draw::order(films.len(), seed);
    order.sort_by_key(|place| contest.contains(place));
    let mut order: Vec<&TestFilm> = order.into_iter().map(|place| &films[place]).collect();
    let is_wrong = |film: &&TestFilm| metrics::answer(&film.probabilities) != film.class;
    if let Some(wrong) = order.iter().position(is_wrong) {
        // Ahead of all others, of its own class too.
        order[..=wrong].rotate_right(1);
        // One is enough: the rest of what is shown is as most are.
        let (first, others) = order.split_at(1);
        let right = others.iter().filter(|film| !is_wrong(film));
        order = first.iter().chain(right).copied().collect();
    }
    let mut chosen: Vec<TestFilm> = Vec::new();
    for film in order {
        if chosen.len() < MOST && chosen.iter().all(|own| own.class != film.class) {
            chosen.push(film.clone());
        }
    }
    chosen.sort_by_key(|film| film.class);
    chosen
}

#[cfg(test)]
mod tests {
    use super::super::face_off::{FaceOff, Turn};
    use super::*;

    fn films(n: usize, classes: usize, wrong: &[usize]) -> Vec<TestFilm> {
        let film = |sample: usize| {
            let class = sample % classes;
            let said = if wrong.contains(&sample) {
                (class + 1) % classes
            } else {
                class
            };
            let mut probabilities = vec![0.1; classes];
            probabilities[said] = 0.9;
            TestFilm {
                sample,
                class,
                probabilities,
            }
        };
        (0..n).map(film).collect()
    }

    fn chosen(films: &[TestFilm], seed: u64) -> Vec<usize> {
        let chosen = samples(films, seed);
        chosen.iter().map(|film| film.sample).collect()
    }

    #[test]
    fn each_class_has_one_that_the_contest_does_not_show() {
        let films = films(56, 2, &[]);
        for seed in 0..20 {
            let chosen = samples(&films, seed);
            let classes: Vec<usize> = chosen.iter().map(|film| film.class).collect();
            assert_eq!(classes, [0, 1]);
            let mut contest = FaceOff::draw(&films, seed);
            while let Turn::Asked(_, card) = contest.turn() {
                assert!(chosen.iter().all(|film| film.sample != card.sample));
                contest.say(0);
                contest.go_on();
            }
        }
    }

    #[test]
    fn one_that_was_answered_wrong_takes_the_place_of_its_class() {
        for seed in 0..20 {
            let only = chosen(&films(56, 2, &[7]), seed);
            assert_eq!(only[1], 7);
            let films = films(56, 2, &[4, 7, 8, 9]);
            let chosen = samples(&films, seed);
            let wrong = |film: &&TestFilm| metrics::answer(&film.probabilities) != film.class;
            assert_eq!(chosen.iter().filter(wrong).count(), 1);
        }
    }

    #[test]
    fn there_are_never_more_than_fit() {
        assert_eq!(samples(&films(90, 5, &[]), 3).len(), MOST);
        assert_eq!(samples(&films(3, 1, &[]), 3).len(), 1);
        assert!(samples(&[], 3).is_empty());
    }
}
