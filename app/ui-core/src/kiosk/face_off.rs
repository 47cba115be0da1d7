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
}

impl FaceOff {
    pub fn draw(films: &[TestFilm], seed: u64) -> Self {
        let order = draw::order(films.len(), seed).into_iter().take(FILMS);
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
            cards: order.map(card).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.cards.len()
    }

    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// The number, from 0, and the film that the visitor is asked about; `None` at the end.
    pub fn next(&self) -> Option<(usize, FaceOffCard)> {
        let mut cards = self.cards.iter().copied().enumerate();
        cards.find(|(_, card)| card.visitor.is_none())
    }

    pub fn say(&mut self, class: usize) {
        let open = self.cards.iter_mut().find(|card| card.visitor.is_none());
        if let Some(card) = open {
            card.visitor = Some(class);
        }
    }

    pub fn visitor(&self) -> Proportion {
        self.score(|card| card.visitor)
    }

    pub fn network(&self) -> Proportion {
        self.score(|card| Some(card.network))
    }

    /// Films that one of the two got wrong.
    pub fn missed(&self) -> impl Iterator<Item = &FaceOffCard> {
        let wrong =
            |card: &&FaceOffCard| card.visitor != Some(card.truth) || card.network != card.truth;
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
    fn both_are_scored_on_the_same_films() {
        let mut contest = FaceOff::draw(&films(39), 3);
        let mut numbers = Vec::new();
        while let Some((number, card)) = contest.next() {
            numbers.push(number);
            // The visitor misses the third.
            let said = if number == 2 {
                1 - card.truth
            } else {
                card.truth
            };
            contest.say(said);
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
}
