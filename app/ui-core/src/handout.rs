//! What a learner takes home: five questions, and a report of the run as a document of its own.

pub mod code;
pub mod document;

use serde::{Deserialize, Serialize};

/// The right choice of each question, by index; each has [`CHOICES`].
pub const RIGHT: [usize; 5] = [1, 2, 0, 2, 1];
pub const CHOICES: usize = 3;

/// The choice of each question, where one was made; the first one stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers([Option<u8>; RIGHT.len()]);

impl Answers {
    pub fn chosen(&self, question: usize) -> Option<usize> {
        self.0.get(question).copied().flatten().map(usize::from)
    }

    pub fn choose(&mut self, question: usize, choice: usize) {
        if let (Some(place @ None), true) = (self.0.get_mut(question), choice < CHOICES) {
            *place = Some(choice as u8);
        }
    }

    pub fn is_right(&self, question: usize) -> bool {
        self.chosen(question).is_some() && self.chosen(question) == RIGHT.get(question).copied()
    }

    pub fn right(&self) -> usize {
        (0..RIGHT.len()).filter(|&n| self.is_right(n)).count()
    }

    pub fn given(&self) -> usize {
        self.0.iter().flatten().count()
    }
}

/// A prediction beside what came out, as sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub question: String,
    pub predicted: String,
    pub found: String,
}

/// An experiment that was done, and what it shows, as sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub name: String,
    pub found: Vec<String>,
}

/// What the lesson adds to a report; nothing in free play.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handout {
    pub told: Vec<Told>,
    pub tried: Vec<Tried>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answer_stays() {
        let mut answers = Answers::default();
        answers.choose(0, 2);
        answers.choose(0, RIGHT[0]);
        answers.choose(1, RIGHT[1]);
        answers.choose(2, CHOICES);
        answers.choose(9, 0);
        assert_eq!(answers.chosen(0), Some(2));
        assert_eq!((answers.given(), answers.right()), (2, 1));
        assert!(!answers.is_right(2));
    }

    #[test]
    fn every_question_has_a_right_choice() {
        assert!(RIGHT.iter().all(|&right| right < CHOICES));
    }
}
