//! The parts of a run's films as a visitor is told of them: how many there are, and of whom.

use std::{borrow::Cow, collections::BTreeSet};

use imaging::{dataset::DatasetSummary, split::Subset};

/// Films in each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSizes {
    pub learned_from: usize,
    /// Not learned from; they steer the training.
    pub held_back: usize,
    pub locked_away: usize,
}

impl PartSizes {
    pub fn of(parts: &[Subset]) -> Self {
        let count = |wanted| parts.iter().filter(|&&part| part == wanted).count();
        Self {
            learned_from: count(Subset::Train),
            held_back: count(Subset::Validation),
            locked_away: count(Subset::Test),
        }
    }
}

/// Whether the network has met the people whose films were locked away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquaintance {
    /// It met none of them.
    Strangers { learned_from: usize, tested: usize },
    /// Some of them are in its own films too.
    Known,
    /// It is not known which films are of the same person.
    Untold,
}

impl Acquaintance {
    pub fn of(data: &DatasetSummary, parts: &[Subset]) -> Self {
        let Some(people) = data.patients() else {
            return Self::Untold;
        };
        let [learned_from, held_back, tested] =
            Subset::ALL.map(|part| of_part(&people, parts, part));
        let is_met = |person| learned_from.contains(person) || held_back.contains(person);
        match tested.iter().any(is_met) {
            true => Self::Known,
            false => Self::Strangers {
                learned_from: learned_from.len(),
                tested: tested.len(),
            },
        }
    }
}

/// How many people the films of a part are of; `None` where that is not known.
pub fn people_in(data: &DatasetSummary, parts: &[Subset], wanted: Subset) -> Option<usize> {
    let people = data.patients()?;
    Some(of_part(&people, parts, wanted).len())
}

fn of_part<'a>(people: &'a [Cow<str>], parts: &[Subset], wanted: Subset) -> BTreeSet<&'a str> {
    let films = people.iter().zip(parts);
    let own = films.filter(|(_, part)| **part == wanted);
    own.map(|(person, _)| person.as_ref()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Subset::{Test, Train, Validation};
    use imaging::{dataset::SampleSummary, incidental::Incidentals, task::Task};

    fn data(people: &[Option<&str>]) -> DatasetSummary {
        let sample = |(place, person): (usize, &Option<&str>)| SampleSummary {
            name: format!("{place}.png"),
            class: place % 2,
            patient: person.map(str::to_owned),
            part: None,
            width: 8,
            height: 8,
            facts: None,
            incidentals: Incidentals::default(),
        };
        DatasetSummary {
            title: String::new(),
            task: Task::Region,
            built_in: false,
            classes: vec!["abdomen".to_owned(), "chest".to_owned()],
            samples: people.iter().enumerate().map(sample).collect(),
            skipped: Vec::new(),
        }
    }

    #[test]
    fn films_are_counted_by_part() {
        let sizes = PartSizes::of(&[Train, Test, Train, Validation, Train, Test]);
        let told = (sizes.learned_from, sizes.held_back, sizes.locked_away);
        assert_eq!(told, (3, 1, 2));
    }

    #[test]
    fn people_are_strangers_only_if_no_other_part_has_them() {
        let films = data(&[Some("A"), Some("A"), Some("B"), Some("C"), Some("D")]);
        let strangers = Acquaintance::Strangers {
            learned_from: 2,
            tested: 1,
        };
        let of = |parts: [Subset; 5]| Acquaintance::of(&films, &parts);
        assert_eq!(of([Test, Test, Train, Validation, Train]), strangers);
        for other in [Train, Validation] {
            assert_eq!(
                of([Test, other, Train, Validation, Train]),
                Acquaintance::Known
            );
        }
    }

    #[test]
    fn people_of_a_part_are_counted_once() {
        let films = data(&[Some("A"), Some("A"), Some("B"), Some("C")]);
        let parts = [Validation, Validation, Train, Train];
        let people = Subset::ALL.map(|part| people_in(&films, &parts, part));
        assert_eq!(people, [Some(2), Some(1), Some(0)]);
        assert_eq!(people_in(&data(&[None, None]), &[Train, Test], Train), None);
    }

    #[test]
    fn nothing_is_said_of_people_who_are_not_known() {
        let films = data(&[None, None, None]);
        let parts = [Train, Validation, Test];
        assert_eq!(Acquaintance::of(&films, &parts), Acquaintance::Untold);
    }
}
