//! The steps in their order, and the minutes planned for each.

use serde::{Deserialize, Serialize};

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
}

/// The parts of the step that breaks what was trained.
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

/// How many steps there are; the parts of a step count as one.
pub const STEPS: usize = 8;

impl Step {
    /// All places, in the order of the lesson.
    pub const ALL: [Self; 12] = [
        Self::Start,
        Self::Look,
        Self::Train,
        Self::Compare,
        Self::Test,
        Self::Break(Break::Marker),
        Self::Break(Break::Hospital),
        Self::Break(Break::Leak),
        Self::Break(Break::Odd),
        Self::Break(Break::Mirrored),
        Self::Where,
        Self::TakeAway,
    ];

    /// From 1 to [`STEPS`].
    pub fn number(self) -> usize {
        match self {
            Self::Start => 1,
            Self::Look => 2,
            Self::Train => 3,
            Self::Compare => 4,
            Self::Test => 5,
            Self::Break(_) => 6,
            Self::Where => 7,
            Self::TakeAway => 8,
        }
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
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == id)
    }

    /// First and last planned minute since the start of the lesson.
    pub fn minutes(self) -> (u32, u32) {
        match self {
            Self::Start => (0, 2),
            Self::Look => (2, 7),
            Self::Train => (7, 15),
            Self::Compare => (15, 20),
            Self::Test => (20, 27),
            Self::Break(Break::Marker) => (27, 30),
            Self::Break(Break::Hospital) => (30, 33),
            Self::Break(Break::Leak) => (33, 35),
            Self::Break(Break::Odd) => (35, 36),
            Self::Break(Break::Mirrored) => (36, 38),
            Self::Where => (38, 42),
            Self::TakeAway => (42, 45),
        }
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.place() + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        let before = self.place().checked_sub(1)?;
        Self::ALL.get(before).copied()
    }

    /// Index into [`Step::ALL`].
    pub fn place(self) -> usize {
        let own = |&step: &Self| step == self;
        Self::ALL.iter().position(own).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minutes_follow_each_other_up_to_45() {
        let mut minute = 0;
        for step in Step::ALL {
            let (from, to) = step.minutes();
            assert_eq!(from, minute, "{step:?}");
            assert!(to > from, "{step:?}");
            minute = to;
        }
        assert_eq!(minute, 45);
    }

    #[test]
    fn one_can_go_all_the_way_and_back() {
        let mut step = Step::default();
        let mut numbers = vec![step.number()];
        while let Some(next) = step.next() {
            assert_eq!(next.previous(), Some(step));
            step = next;
            numbers.push(step.number());
        }
        assert_eq!(step, Step::TakeAway);
        assert_eq!(Step::Start.previous(), None);
        numbers.dedup();
        assert_eq!(numbers, (1..=STEPS).collect::<Vec<_>>());
    }

    #[test]
    fn names_lead_back_to_their_steps() {
        for step in Step::ALL {
            assert_eq!(Step::from_id(step.id()), Some(step));
        }
        assert_eq!(Step::from_id("lunch"), None);
    }
}
