//! The steps of both lessons in their order, and the minutes planned for each.

use serde::{Deserialize, Serialize};

/// What is gone through in one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// 45 minutes, eight stops.
    First,
    /// For another session, or where time is left.
    Second,
}

/// One place on the path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    #[default]
    Start,
    Look,
    Train,
    Compare,
    Test,
    Break(Break),
    Where,
    TakeAway,
    /// The predictions of the second lesson.
    LookBack,
}

/// The steps that break what was trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Break {
    /// A marker stamped on the films of one class.
    Marker,
    /// The test films as another hospital would have made them.
    Hospital,
    /// The same person on both sides of the division.
    Leak,
    /// Films of nothing that was learnt.
    Odd,
    /// The right way round or mirrored.
    Mirrored,
}

impl Lesson {
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// Its steps in order, each with its minutes. `docs/lesson.md` says what they are spent on.
    const fn plan(self) -> &'static [(Step, u32)] {
        match self {
            Self::First => &[
                (Step::Start, 2),
                (Step::Train, 8),
                (Step::Look, 6),
                (Step::Test, 8),
                (Step::Break(Break::Leak), 5),
                (Step::Break(Break::Marker), 5),
                (Step::Where, 5),
                (Step::TakeAway, 6),
            ],
            Self::Second => &[
                (Step::Compare, 9),
                (Step::Break(Break::Hospital), 7),
                (Step::Break(Break::Odd), 5),
                (Step::Break(Break::Mirrored), 6),
                (Step::LookBack, 3),
            ],
        }
    }

    pub fn steps(self) -> impl ExactSizeIterator<Item = Step> {
        self.plan().iter().map(|&(step, _)| step)
    }

    pub fn minutes(self) -> u32 {
        self.plan().iter().map(|(_, minutes)| minutes).sum()
    }

    pub fn first_step(self) -> Step {
        self.plan()[0].0
    }

    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

impl Step {
    /// Of both lessons, one after the other.
    pub fn all() -> impl Iterator<Item = Self> {
        Lesson::ALL.into_iter().flat_map(Lesson::steps)
    }

    pub fn lesson(self) -> Lesson {
        match self {
            Self::Start
            | Self::Train
            | Self::Look
            | Self::Test
            | Self::Break(Break::Leak | Break::Marker)
            | Self::Where
            | Self::TakeAway => Lesson::First,
            Self::Compare
            | Self::Break(Break::Hospital | Break::Odd | Break::Mirrored)
            | Self::LookBack => Lesson::Second,
        }
    }

    /// Index into the steps of its lesson.
    fn place(self) -> usize {
        let own = |step: Self| step == self;
        self.lesson().steps().position(own).unwrap_or_default()
    }

    /// From 1 to the number of its lesson's steps.
    pub fn number(self) -> usize {
        self.place() + 1
    }

    /// As it is written in links, in storage and for tests.
    pub fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Look => "look",
            Self::Train => "train",
            Self::Compare => "compare",
            Self::Test => "test",
            Self::Break(Break::Marker) => "marker",
            Self::Break(Break::Hospital) => "hospital",
            Self::Break(Break::Leak) => "leak",
            Self::Break(Break::Odd) => "odd",
            Self::Break(Break::Mirrored) => "mirrored",
            Self::Where => "where",
            Self::TakeAway => "take-away",
            Self::LookBack => "look-back",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|step| step.id() == id)
    }

    /// First and last planned minute since the start of its lesson.
    pub fn minutes(self) -> (u32, u32) {
        let (before, own) = self.lesson().plan().split_at(self.place());
        let from = before.iter().map(|(_, minutes)| minutes).sum();
        let own = own.first().map_or(0, |(_, minutes)| *minutes);
        (from, from + own)
    }

    /// Within its lesson.
    pub fn next(self) -> Option<Self> {
        self.lesson().steps().nth(self.place() + 1)
    }

    /// Within its lesson.
    pub fn previous(self) -> Option<Self> {
        let before = self.place().checked_sub(1)?;
        self.lesson().steps().nth(before)
    }

    /// The last of its lesson: all predictions beside what came of them.
    pub fn reviews(self) -> bool {
        self.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lesson_is_eight_stops_in_45_minutes() {
        let ids: Vec<&str> = Lesson::First.steps().map(Step::id).collect();
        assert_eq!(
            ids,
            [
                "start",
                "train",
                "look",
                "test",
                "leak",
                "marker",
                "where",
                "take-away"
            ]
        );
        assert_eq!(Lesson::First.minutes(), 45);
    }

    #[test]
    fn the_minutes_of_a_lesson_follow_each_other() {
        for lesson in Lesson::ALL {
            let mut minute = 0;
            for step in lesson.steps() {
                let (from, to) = step.minutes();
                assert_eq!(from, minute, "{step:?}");
                assert!(to > from, "{step:?}");
                minute = to;
            }
            assert_eq!(minute, lesson.minutes());
        }
    }

    #[test]
    fn one_can_go_all_the_way_and_back_in_each_lesson() {
        for lesson in Lesson::ALL {
            let mut step = lesson.first_step();
            assert_eq!(step.previous(), None);
            let mut numbers = vec![step.number()];
            while let Some(next) = step.next() {
                assert_eq!(next.previous(), Some(step));
                assert_eq!(next.lesson(), lesson, "{next:?}");
                step = next;
                numbers.push(step.number());
            }
            assert!(step.reviews());
            assert_eq!(numbers, (1..=lesson.steps().len()).collect::<Vec<_>>());
        }
        assert_eq!(Lesson::First.first_step(), Step::default());
    }

    #[test]
    fn names_lead_back_to_their_steps() {
        for step in Step::all() {
            assert_eq!(Step::from_id(step.id()), Some(step));
        }
        assert_eq!(Step::from_id("lunch"), None);
    }
}
