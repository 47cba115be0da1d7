//! Ten films of the locked test part, read by the visitor and by the network.

use imaging::report::TestFilm;
use metrics::{self, Proportion};

use super::draw;

/// Films of a contest, where the test part has so many.
pub const FILMS: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaceOffCard {
    pub sample: usize,
    pub truth: usize,
    /// What the network said.
    pub network: usize,
    /// What the visitor said.
    pub visitor: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceOff {
    cards: Vec<FaceOffCard>,
    /// The number of the film that was just answered, until the next one may come.
    judged: Option<usize>,
}

/// What the contest is at, with the number of the film, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The visitor is asked.
    Asked(usize, FaceOffCard),
    /// The visitor has answered and is told whether it was right.
    Judged(usize, FaceOffCard),
    Over,
}

impl Turn {
    pub fn card(self) -> Option<(usize, FaceOffCard)> {
        match self {
            Self::Asked(number, card) | Self::Judged(number, card) => Some((number, card)),
            Self::Over => None,
        }
    }
}

impl FaceOffCard {
    pub fn visitor_is_right(&self) -> bool {
        self.visitor == Some(self.truth)
    }
}

/// The places of the contest's films among `films`, in the order in which they come: as many of each class as there can be, so
/// that always the same answer is no way to a good score.
pub fn drawn(films: &[TestFilm], seed: u64) -> Vec<usize> {
    let order = draw::order(films.len(), seed);
    let nth_of_class = |at: usize| {
        let class = films[order[at]].class;
        let before = order[..at].iter();
        before.filter(|&&place| films[place].class == class).count()
    };
    let mut by_turns: Vec<usize> = (0..order.len()).collect();
    by_turns.sort_by_key(|&at| (nth_of_class(at), at));
    by_turns.truncate(FILMS);
    // Mixed again, as they were drawn.
    by_turns.sort_unstable();
    by_turns.into_iter().map(|at| order[at]).collect()
}

impl FaceOff {
    pub fn draw(films: &[TestFilm], seed: u64) -> Self {
        let card = |place: usize| {
            let film = &films[place];
            FaceOffCard {
                sample: film.sample,
                truth: film.class,
                network: metrics::answer(&film.probabilities),
                visitor: None,
            }
        };
        Self {
            cards: drawn(films, seed).into_iter().map(card).collect(),
            judged: None,
        }
    }

    pub fn len(&self) -> usize {
        self.cards.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    pub fn turn(&self) -> Turn {
        let mut cards = self.cards.iter().copied().enumerate();
        let judged = self.judged.and_then(|number| cards.clone().nth(number));
        match (judged, cards.find(|(_, card)| card.visitor.is_none())) {
            (Some((number, card)), _) => Turn::Judged(number, card),
            (None, Some((number, card))) => Turn::Asked(number, card),
            (None, None) => Turn::Over,
        }
    }

    /// The visitor's answer. One that comes before the next film is the second half of a double tap.
    pub fn say(&mut self, class: usize) {
        if let Turn::Asked(number, _) = self.turn() {
            self.cards[number].visitor = Some(class);
            self.judged = Some(number);
        }
    }

    /// To the next film, once it was seen whether the answer was right.
    pub fn go_on(&mut self) {
        self.judged = None;
    }

    pub fn visitor(&self) -> Proportion {
        self.score(|card| card.visitor)
    }

    pub fn network(&self) -> Proportion {
        self.score(|card| Some(card.network))
    }

    /// Films that one of the two got wrong.
    pub fn missed(&self) -> impl Iterator<Item = &FaceOffCard> {
        let wrong = |card: &&FaceOffCard| !card.visitor_is_right() || card.network != card.truth;
        self.cards.iter().filter(wrong)
    }

    fn score(&self, said: impl Fn(&FaceOffCard) -> Option<usize>) -> Proportion {
        let right = |card: &&FaceOffCard| said(card) == Some(card.truth);
        Proportion::new(self.cards.iter().filter(right).count(), self.cards.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` films, the network wrong on those whose number divides by seven.
    fn films(n: usize) -> Vec<TestFilm> {
        let film = |number: usize| {
            let class = number % 2;
            let said = if number.is_multiple_of(7) {
                1 - class
            } else {
                class
            };
            let mut probabilities = vec![0.1, 0.1];
            probabilities[said] = 0.9;
            TestFilm {
                sample: 100 + number,
                class,
                probabilities,
            }
        };
        (0..n).map(film).collect()
    }

    #[test]
    fn ten_films_are_drawn_and_none_twice() {
        let contest = FaceOff::draw(&films(39), 3);
        let mut drawn: Vec<usize> = contest.cards.iter().map(|card| card.sample).collect();
        assert_eq!(drawn.len(), FILMS);
        assert_eq!(contest, FaceOff::draw(&films(39), 3));
        assert_ne!(contest, FaceOff::draw(&films(39), 4));
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), FILMS);
        assert_eq!(FaceOff::draw(&films(4), 3).len(), 4);
        assert!(FaceOff::draw(&[], 3).is_empty());
    }

    #[test]
    fn each_class_has_its_share_and_comes_in_no_pattern() {
        // Three of four films are of the first class.
        let mut films = films(40);
        for film in &mut films {
            film.class = usize::from(film.sample.is_multiple_of(4));
        }
        let mut orders = Vec::new();
        for seed in 0..20 {
            let contest = FaceOff::draw(&films, seed);
            let truths: Vec<usize> = contest.cards.iter().map(|card| card.truth).collect();
            assert_eq!(truths.iter().sum::<usize>(), FILMS / 2);
            orders.push(truths);
        }
        orders.sort();
        orders.dedup();
        assert!(orders.len() > 10, "{orders:?}");
        // Where a class has too few, the others fill in.
        films.retain(|film| film.class == 0 || film.sample < 108);
        let contest = FaceOff::draw(&films, 1);
        let of_second = contest.cards.iter().filter(|card| card.truth == 1).count();
        assert_eq!((contest.len(), of_second), (FILMS, 2));
    }

    #[test]
    fn both_are_scored_on_the_same_films() {
        let mut contest = FaceOff::draw(&films(39), 3);
        let mut numbers = Vec::new();
        while let Turn::Asked(number, card) = contest.turn() {
            numbers.push(number);
            // The visitor misses the third.
            let said = if number == 2 {
                1 - card.truth
            } else {
                card.truth
            };
            contest.say(said);
            contest.go_on();
        }
        assert_eq!(numbers, (0..FILMS).collect::<Vec<_>>());
        let own = contest.visitor();
        assert_eq!((own.hits, own.n), (9, 10));
        let wrong = contest
            .cards
            .iter()
            .filter(|card| (card.sample - 100) % 7 == 0);
        let wrong = wrong.count();
        assert_eq!(contest.network().hits, 10 - wrong);
        let both = contest.cards[2].sample % 7 == 100 % 7;
        assert_eq!(contest.missed().count(), wrong + usize::from(!both));
        contest.say(0);
        assert_eq!(contest.visitor().hits, 9, "the contest is over");
    }

    #[test]
    fn an_answer_is_judged_before_the_next_film_comes_and_counts_once() {
        let mut contest = FaceOff::draw(&films(2), 3);
        let Turn::Asked(0, first) = contest.turn() else {
            panic!("{:?}", contest.turn());
        };
        contest.say(first.truth);
        // The second half of a double tap.
        contest.say(1 - first.truth);
        let judged = FaceOffCard {
            visitor: Some(first.truth),
            ..first
        };
        assert_eq!(contest.turn(), Turn::Judged(0, judged));
        assert!(judged.visitor_is_right());
        contest.go_on();
        let Turn::Asked(1, second) = contest.turn() else {
            panic!("{:?}", contest.turn());
        };
        contest.say(1 - second.truth);
        assert!(matches!(contest.turn(), Turn::Judged(1, card) if !card.visitor_is_right()));
        contest.go_on();
        assert_eq!(contest.turn(), Turn::Over);
        assert_eq!(contest.visitor().hits, 1);
    }
}
