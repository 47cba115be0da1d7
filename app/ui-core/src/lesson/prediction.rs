//! What each step asks before it shows anything.

use serde::{Deserialize, Serialize};

use super::{Break, Step};

/// The kind of question that a step asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// One of so many answers.
    Choice(usize),
    /// Percent, from 0 to 100.
    Percent,
}

/// What a learner expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Index into the answers of the question.
    Choice(usize),
    Percent(u8),
    /// Would rather not guess.
    Declined,
}

/// An answer as it was given; it is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    pub step: Step,
    pub answer: Answer,
    /// Milliseconds since 1970.
    pub at: f64,
    /// The result could be seen already: it is no prediction.
    pub informed: bool,
}

impl Ask {
    /// What the step asks; nothing at the start and at the end of a lesson.
    pub fn of(step: Step) -> Option<Self> {
        match step {
            Step::Start | Step::TakeAway | Step::LookBack => None,
            Step::Look | Step::Compare => Some(Self::Choice(4)),
            Step::Break(Break::Hospital | Break::Odd | Break::Mirrored) | Step::Where => {
                Some(Self::Choice(3))
            }
            Step::Train | Step::Test | Step::Break(Break::Marker | Break::Leak) => {
                Some(Self::Percent)
            }
        }
    }

    /// Whether this is an answer to it.
    pub fn takes(self, answer: Answer) -> bool {
        match (self, answer) {
            (_, Answer::Declined) => true,
            (Self::Choice(answers), Answer::Choice(chosen)) => chosen < answers,
            (Self::Percent, Answer::Percent(percent)) => percent <= 100,
            (Self::Choice(_), Answer::Percent(_)) | (Self::Percent, Answer::Choice(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_but_the_start_and_the_ends_asks() {
        for step in Step::all() {
            let silent = step == Step::Start || step.reviews();
            assert_eq!(Ask::of(step).is_none(), silent, "{step:?}");
        }
    }

    #[test]
    fn only_answers_to_the_question_are_taken() {
        assert!(Ask::Choice(3).takes(Answer::Choice(2)));
        assert!(!Ask::Choice(3).takes(Answer::Choice(3)));
        assert!(!Ask::Choice(3).takes(Answer::Percent(2)));
        assert!(Ask::Percent.takes(Answer::Percent(100)));
        assert!(!Ask::Percent.takes(Answer::Percent(101)));
        assert!(Ask::Percent.takes(Answer::Declined));
    }
}
