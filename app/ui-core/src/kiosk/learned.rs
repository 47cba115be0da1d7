//! The one thing that a visit has shown, from the visitor's own numbers.

use metrics::Proportion;

use super::face_off::{FaceOff, Turn};
use crate::state::AppState;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Learned {
    /// How little a few films say of a network, by its score in the contest.
    FewSayLittle(Proportion),
    /// How good a network is on films that were locked away until it had learned, by its score on them.
    LockedAway(Proportion),
    /// That only films count from which a network did not learn, by its score on them.
    UnseenCount(Proportion),
}

impl Learned {
    /// `None` of a visit without a trained network.
    pub fn of(contest: Option<&FaceOff>, state: &AppState) -> Option<Self> {
        let over = contest.filter(|contest| contest.turn() == Turn::Over && !contest.is_empty());
        if let Some(contest) = over {
            return Some(Self::FewSayLittle(contest.network()));
        }
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

    fn contest() -> FaceOff {
        let film = |sample| TestFilm {
            sample,
            class: 0,
            probabilities: vec![0.9, 0.1],
        };
        FaceOff::draw(&(0..10).map(film).collect::<Vec<_>>(), 1)
    }

    #[test]
    fn a_contest_that_was_played_to_its_end_says_most() {
        let mut contest = contest();
        let state = trained();
        let unseen = Some(Learned::UnseenCount(Proportion::new(54, 56)));
        assert_eq!(Learned::of(None, &state), unseen);
        for film in 0..10 {
            assert_eq!(Learned::of(Some(&contest), &state), unseen, "{film}");
            contest.say(1);
            contest.go_on();
        }
        // The network's score, whatever the visitor said.
        let few = Some(Learned::FewSayLittle(Proportion::new(10, 10)));
        assert_eq!(Learned::of(Some(&contest), &state), few);
    }

    #[test]
    fn without_a_contest_the_films_that_were_locked_away_say_most() {
        let mut state = trained();
        state.door = TestSet::Open(Box::new(TestResult {
            report: tested(),
            validation: tested(),
            baseline: tested(),
        }));
        let locked = Some(Learned::LockedAway(Proportion::new(9, 10)));
        assert_eq!(Learned::of(None, &state), locked);
        assert_eq!(Learned::of(Some(&contest()), &state), locked);
    }

    #[test]
    fn a_visit_without_a_network_has_shown_nothing() {
        assert_eq!(Learned::of(None, &AppState::default()), None);
    }
}
