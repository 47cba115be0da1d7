//! The one thing that a visit has shown, from the visitor's own numbers.

use metrics::Proportion;

use crate::state::AppState;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Learned {
    /// How good a network is on films that were locked away until it had learned, by its score on them.
    LockedAway(Proportion),
    /// That only films count from which a network did not learn, by its score on them.
    UnseenCount(Proportion),
}

impl Learned {
    /// `None` of a visit without a trained network.
    pub fn of(state: &AppState) -> Option<Self> {
        let trained = state.trained()?;
        if let Some(opened) = state.opened() {
            return Some(Self::LockedAway(opened.report.scores.accuracy));
        }
        let score = trained.epochs.last()?.validation;
        (score.n > 0).then(|| Self::UnseenCount(Proportion::new(score.correct, score.n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Run, RunPhase, StepPoint, TestSet};
    use imaging::{
        report::{EpochReport, LossAccuracy, StageKind, TestFilm, TestReport},
        settings::Settings,
    };
    use protocol::{RunId, TestResult};

    fn trained() -> AppState {
        let score = LossAccuracy {
            loss: 0.1,
            correct: 54,
            n: 56,
        };
        let mut run = Run::new(RunId(1), Settings::default());
        run.phase = RunPhase::Finished {
            stopped: false,
            seconds: 1.0,
        };
        run.steps.push(StepPoint {
            steps_done: 1,
            stage: StageKind::Frozen,
            loss: 0.1,
        });
        run.epochs.push(EpochReport {
            stage: StageKind::Frozen,
            epoch: 0,
            steps_done: 1,
            train: score,
            validation: score,
            validation_confusion: Vec::new(),
        });
        let mut state = AppState::default();
        state.run.replace(run);
        state
    }

    /// Nine of ten right.
    fn tested() -> TestReport {
        let film = |sample: usize| TestFilm {
            sample,
            class: 0,
            probabilities: match sample {
                0 => vec![0.1, 0.9],
                _ => vec![0.9, 0.1],
            },
        };
        let films: Vec<TestFilm> = (0..10).map(film).collect();
        let answers: Vec<_> = films
            .iter()
            .map(|film| film.probabilities.clone())
            .collect();
        let scores = metrics::scores(2, &[0; 10], &answers, None);
        TestReport { films, scores }
    }

    #[test]
    fn what_was_locked_away_says_most() {
        let mut state = trained();
        let unseen = Some(Learned::UnseenCount(Proportion::new(54, 56)));
        assert_eq!(Learned::of(&state), unseen);
        state.door = TestSet::Open(Box::new(TestResult {
            report: tested(),
            validation: tested(),
            baseline: tested(),
        }));
        let locked = Some(Learned::LockedAway(Proportion::new(9, 10)));
        assert_eq!(Learned::of(&state), locked);
    }

    #[test]
    fn a_visit_without_a_network_has_shown_nothing() {
        assert_eq!(Learned::of(&AppState::default()), None);
    }
}
