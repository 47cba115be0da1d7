//! All predictions beside what came of them: which held, which did not, and of which that cannot be told.

use super::{
    Answer, Prediction,
    verdict::{LessonVerdict, Truth},
};
use crate::state::AppState;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Held,
    Missed,
    Untold(Why),
}

/// Why it cannot be told whether a prediction held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The result was in sight already.
    Informed,
    /// No guess was made.
    Declined,
    /// The result is not there: it has not been run since the page was opened.
    NotRun,
    /// These seeds show neither one nor the other.
    Unclear,
}

impl Mark {
    pub fn of(own: &Prediction, truth: Option<Truth>) -> Self {
        if own.answer == Answer::Declined {
            return Self::Untold(Why::Declined);
        }
        if own.informed {
            return Self::Untold(Why::Informed);
        }
        match truth.map(|truth| truth.judge(own.answer)) {
            Some(LessonVerdict::Held) => Self::Held,
            Some(LessonVerdict::Missed) => Self::Missed,
            Some(LessonVerdict::Declined) => Self::Untold(Why::Declined),
            Some(LessonVerdict::Unclear) => Self::Untold(Why::Unclear),
            None => Self::Untold(Why::NotRun),
        }
    }
}

/// How many there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub held: usize,
    pub missed: usize,
    pub untold: usize,
}

impl Tally {
    pub fn of(predictions: &[Prediction], state: &AppState) -> Self {
        let mut tally = Self::default();
        for own in predictions {
            match Mark::of(own, Truth::of(own.step, state)) {
                Mark::Held => tally.held += 1,
                Mark::Missed => tally.missed += 1,
                Mark::Untold(_) => tally.untold += 1,
            }
        }
        tally
    }

    pub fn all(self) -> usize {
        self.held + self.missed + self.untold
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Step;

    fn prediction(answer: Answer, informed: bool) -> Prediction {
        Prediction {
            step: Step::Look,
            answer,
            at: 1.0,
            informed,
        }
    }

    #[test]
    fn only_a_guess_before_the_result_holds_or_not() {
        let truth = Some(Truth::Choice(1));
        let mark = |choice, informed| Mark::of(&prediction(choice, informed), truth);
        assert_eq!(mark(Answer::Choice(1), false), Mark::Held);
        assert_eq!(mark(Answer::Choice(2), false), Mark::Missed);
        assert_eq!(
            mark(Answer::Choice(1), true),
            Mark::Untold(Why::Informed),
            "right, but it was in sight"
        );
        assert_eq!(mark(Answer::Declined, false), Mark::Untold(Why::Declined));
    }

    #[test]
    fn what_has_not_been_run_counts_among_those_that_cannot_be_told() {
        let own = [
            prediction(Answer::Choice(1), false),
            prediction(Answer::Declined, false),
        ];
        let tally = Tally::of(&own, &AppState::default());
        assert_eq!(
            tally,
            Tally {
                untold: 2,
                ..Tally::default()
            }
        );
        assert_eq!(tally.all(), 2);
    }
}
