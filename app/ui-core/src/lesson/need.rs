//! What a step's result rests on, and the one next thing to do.

use experiments::Experiment;

use super::{Break, Lack, LessonProgress, Step};
use crate::state::{AppState, QuestionSource, Reply, Run, TestSet};
use protocol::{Explanation, ExplanationResult};

/// Something that has to be there before a step's result can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The learner's arm is known.
    Arm,
    /// A trained network.
    Run,
    /// The opened test films.
    Test,
    Experiment(Experiment),
    /// Its answers to the built-in odd films.
    Odd,
    /// Heat maps of one film.
    Heat,
}

/// The one next thing to do in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    Predict,
    Do(Need),
    /// It is under way.
    Wait(Need),
    /// The loaded images cannot show it.
    LeftOut,
    Done,
}

enum Standing {
    Missing,
    UnderWay,
    There,
}

impl Need {
    /// In the order in which they come about.
    pub fn of(step: Step) -> &'static [Self] {
        match step {
            Step::Start => &[Self::Arm],
            Step::Look => &[Self::Experiment(Experiment::Pixels)],
            Step::Train => &[Self::Run],
            Step::Compare => &[Self::Experiment(Experiment::Arms)],
            Step::Test => &[Self::Run, Self::Test],
            Step::Break(Break::Marker) => &[Self::Experiment(Experiment::Shortcut)],
            Step::Break(Break::Hospital) => &[Self::Experiment(Experiment::NewHospital)],
            Step::Break(Break::Leak) => &[Self::Experiment(Experiment::Leak)],
            Step::Break(Break::Odd) => &[Self::Run, Self::Odd],
            Step::Break(Break::Mirrored) => &[Self::Experiment(Experiment::Mirrored)],
            Step::Where => &[Self::Run, Self::Heat],
            Step::TakeAway | Step::LookBack => &[],
        }
    }

    fn standing(self, progress: &LessonProgress, state: &AppState) -> Standing {
        match self {
            Self::Arm => there(progress.arm.is_some(), false),
            Self::Run => {
                let active = state.run.as_ref().is_some_and(Run::is_active);
                there(state.trained().is_some(), active)
            }
            Self::Test => there(state.opened().is_some(), state.door == TestSet::Opening),
            Self::Experiment(experiment) => {
                let trials = state.experiments.of(experiment);
                there(
                    trials.is_some_and(|trials| trials.has_result()),
                    trials.is_some_and(|trials| trials.is_active()),
                )
            }
            Self::Odd => {
                let mut odd = state
                    .questions
                    .iter()
                    .filter(|question| matches!(question.source, QuestionSource::Odd(_)))
                    .peekable();
                let some = odd.peek().is_some();
                let pending = odd.any(|question| question.reply == Reply::Pending);
                there(some && !pending, pending)
            }
            Self::Heat => there(heat(state).is_some(), false),
        }
    }
}

fn there(there: bool, under_way: bool) -> Standing {
    match (there, under_way) {
        (_, true) => Standing::UnderWay,
        (true, false) => Standing::There,
        (false, false) => Standing::Missing,
    }
}

impl Todo {
    /// Predict first; then whatever is missing, in order.
    pub fn of(step: Step, progress: &LessonProgress, state: &AppState) -> Self {
        if Lack::of(step, state).iter().any(Lack::leaves_out_the_step) {
            return Self::LeftOut;
        }
        if !progress.may_see(step) {
            return Self::Predict;
        }
        Self::of_needs(step, progress, state)
    }

    fn of_needs(step: Step, progress: &LessonProgress, state: &AppState) -> Self {
        let open = Need::of(step)
            .iter()
            .find_map(|&need| match need.standing(progress, state) {
                Standing::There => None,
                Standing::UnderWay => Some(Self::Wait(need)),
                Standing::Missing => Some(Self::Do(need)),
            });
        open.unwrap_or(Self::Done)
    }
}

/// Whether the step's result is there for anyone to see, whatever was predicted.
pub fn in_sight(step: Step, progress: &LessonProgress, state: &AppState) -> bool {
    Todo::of_needs(step, progress, state) == Todo::Done
}

/// Further experiments that go with a step.
pub fn further(step: Step) -> &'static [Experiment] {
    match step {
        Step::Train => &[Experiment::LearningRates],
        Step::Compare => &[Experiment::DataSize, Experiment::LabelNoise],
        Step::Test => &[Experiment::Mistakes],
        Step::Where => &[Experiment::ShuffledLabels],
        Step::Start | Step::Look | Step::Break(_) | Step::TakeAway | Step::LookBack => &[],
    }
}

/// The heat maps that were found last, and the film and class that they are about.
pub fn heat(state: &AppState) -> Option<(&Explanation, &ExplanationResult)> {
    let heat = |(_, finding): &(&Explanation, &ExplanationResult)| {
        matches!(finding, ExplanationResult::GradCam { .. })
    };
    state.explanations.found_all().filter(heat).last()
}
