//! What each step asks of the images that are loaded, and what it leaves out where they do not have it: a facilitator's own
//! pack can take the place of the built-in one.

use std::collections::BTreeSet;

use imaging::{dataset::DatasetSummary, task};

use super::{Break, Step};
use crate::state::AppState;

/// Images of each class without which an experiment cannot lock a test set away and divide the rest.
pub const LEAST_IMAGES: usize = 4;

/// Patients of each class without whom nobody unseen is left.
pub const LEAST_PATIENTS: usize = 2;

/// The built-in odd image that the question about odd images names.
const ASKED_ODD: &str = "knees";

/// Classes that an AUC compares.
const CLASSES_OF_AUC: usize = 2;

/// Something that a step asks of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackNeed {
    /// Enough images of each class.
    Images,
    /// Patients known, and enough of them: the step is about them.
    Patients,
    /// Patients known: part of the results is about unseen ones.
    UnseenPatients,
    /// Two classes, for an AUC.
    TwoClasses,
    /// A class called "chest".
    Chest,
    /// The built-in odd images.
    OddImages,
}

/// What the loaded images lack of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    Images { class: usize, n: usize },
    PatientsUnknown,
    FewPatients { class: usize, n: usize },
    UnseenPatients,
    TwoClasses { n: usize },
    Chest,
    OddImages,
}

impl PackNeed {
    pub fn of(step: Step) -> &'static [Self] {
        match step {
            Step::Start | Step::Train | Step::Where | Step::TakeAway | Step::LookBack => &[],
            Step::Look | Step::Compare => &[Self::Images, Self::UnseenPatients],
            Step::Test => &[Self::TwoClasses],
            Step::Break(Break::Leak) => &[Self::Images, Self::Patients],
            Step::Break(Break::Marker) => &[Self::Images],
            Step::Break(Break::Hospital) => &[Self::Images, Self::TwoClasses],
            Step::Break(Break::Odd) => &[Self::OddImages],
            Step::Break(Break::Mirrored) => &[Self::Images, Self::Chest],
        }
    }

    fn lack(self, state: &AppState) -> Option<Lack> {
        let data = &state.films.as_ref()?.data;
        match self {
            Self::Images => {
                let (class, n) = fewest(data, |_| true)?;
                (n < LEAST_IMAGES).then_some(Lack::Images { class, n })
            }
            Self::Patients if !knows_patients(data) => Some(Lack::PatientsUnknown),
            Self::Patients => {
                let mut seen = BTreeSet::new();
                // Whoever is not known counts as a patient of their own.
                let counts = |(class, patient): (usize, Option<&'_ str>)| {
                    patient.is_none_or(|patient| seen.insert((class, patient.to_owned())))
                };
                let (class, n) = fewest(data, counts)?;
                (n < LEAST_PATIENTS).then_some(Lack::FewPatients { class, n })
            }
            Self::UnseenPatients => (!knows_patients(data)).then_some(Lack::UnseenPatients),
            Self::TwoClasses => {
                let n = data.classes.len();
                (n != CLASSES_OF_AUC).then_some(Lack::TwoClasses { n })
            }
            Self::Chest => task::chest(&data.classes).is_none().then_some(Lack::Chest),
            Self::OddImages => {
                let known = state.odd.iter().any(|odd| odd.key == ASKED_ODD);
                (!known && !state.odd.is_empty()).then_some(Lack::OddImages)
            }
        }
    }
}

impl Lack {
    /// Everything that the loaded images lack for a step; nothing of the app's own.
    pub fn of(step: Step, state: &AppState) -> Vec<Self> {
        let own = state
            .films
            .as_ref()
            .is_some_and(|films| films.pack.is_none());
        let needs = PackNeed::of(step).iter().filter(|_| own);
        needs.filter_map(|need| need.lack(state)).collect()
    }

    /// Whether there is no step without it.
    pub fn leaves_out_the_step(&self) -> bool {
        match self {
            Self::Images { .. } | Self::PatientsUnknown | Self::FewPatients { .. } => true,
            Self::UnseenPatients | Self::TwoClasses { .. } | Self::Chest | Self::OddImages => false,
        }
    }
}

fn knows_patients(data: &DatasetSummary) -> bool {
    data.samples.iter().any(|sample| sample.patient.is_some())
}

/// The class with the fewest of what counts, told by class and patient, and how many it has.
fn fewest(
    data: &DatasetSummary,
    mut counts: impl FnMut((usize, Option<&str>)) -> bool,
) -> Option<(usize, usize)> {
    let mut n = vec![0; data.classes.len()];
    for sample in &data.samples {
        if counts((sample.class, sample.patient.as_deref()))
            && let Some(n) = n.get_mut(sample.class)
        {
            *n += 1;
        }
    }
    n.into_iter().enumerate().min_by_key(|&(_, n)| n)
}

#[cfg(test)]
mod tests {
    use imaging::{dataset::SampleSummary, incidental::Incidentals};
    use protocol::{Event, Pack};

    use super::*;
    use crate::lesson::{Lesson, LessonProgress, Todo};

    const OF_THIS: Step = Step::Break(Break::Leak);

    /// Images of each class, each with its patient.
    fn loaded(
        classes: &[&str],
        patients: &[(usize, Option<&str>)],
        pack: Option<Pack>,
    ) -> AppState {
        let sample = |&(class, patient): &(usize, Option<&str>)| SampleSummary {
            name: String::new(),
            class,
            patient: patient.map(str::to_owned),
            part: None,
            width: 64,
            height: 64,
            facts: None,
            incidentals: Incidentals::default(),
        };
        let data = DatasetSummary {
            title: "own".to_owned(),
            task: task::Task::Region,
            built_in: pack.is_some(),
            classes: classes.iter().map(|&name| name.to_owned()).collect(),
            samples: patients.iter().map(sample).collect(),
            skipped: Vec::new(),
        };
        let mut state = AppState::default();
        state.apply(Event::Loaded { data, pack });
        state
    }

    fn of_two_patients(classes: usize) -> Vec<(usize, Option<&'static str>)> {
        let of = |class| ["A", "A", "B", "B"].map(|patient| (class, Some(patient)));
        (0..classes).flat_map(of).collect()
    }

    #[test]
    fn a_pack_that_has_everything_leaves_nothing_out() {
        let state = loaded(&["chest", "hand"], &of_two_patients(2), None);
        for step in Lesson::ALL.into_iter().flat_map(Lesson::steps) {
            assert_eq!(Lack::of(step, &state), [], "{step:?}");
        }
    }

    #[test]
    fn each_lack_is_said_by_the_steps_that_ask_for_it() {
        let without_patients: Vec<_> = (0..12).map(|film| (film % 3, None)).collect();
        let state = loaded(&["a", "b", "c"], &without_patients, None);
        assert_eq!(Lack::of(OF_THIS, &state), [Lack::PatientsUnknown]);
        assert_eq!(Lack::of(Step::Look, &state), [Lack::UnseenPatients]);
        assert_eq!(Lack::of(Step::Test, &state), [Lack::TwoClasses { n: 3 }]);
        assert_eq!(
            Lack::of(Step::Break(Break::Mirrored), &state),
            [Lack::Chest]
        );

        let mut one_patient = of_two_patients(2);
        one_patient.retain(|&(class, patient)| class == 0 || patient == Some("A"));
        one_patient.extend([(1, Some("A")); 2]);
        let state = loaded(&["chest", "hand"], &one_patient, None);
        assert_eq!(
            Lack::of(OF_THIS, &state),
            [Lack::FewPatients { class: 1, n: 1 }]
        );
    }

    #[test]
    fn a_step_that_is_left_out_asks_no_prediction_and_leads_on() {
        let few = [
            (0, Some("A")),
            (0, Some("B")),
            (0, Some("C")),
            (1, Some("A")),
            (1, Some("B")),
            (1, Some("C")),
        ];
        let state = loaded(&["chest", "hand"], &few, None);
        let progress = LessonProgress::invited(1);
        assert_eq!(Todo::of(OF_THIS, &progress, &state), Todo::LeftOut);
        assert_eq!(Todo::of(Step::Train, &progress, &state), Todo::Predict);
    }

    #[test]
    fn of_the_apps_own_packs_every_step_knows_what_it_has() {
        let state = loaded(
            &["a", "b", "c"],
            &[(0, None), (1, None), (2, None)],
            Some(Pack::Paediatric),
        );
        assert_eq!(Lack::of(OF_THIS, &state), []);
    }
}
