//! The loop that invites: one network after another, each shown for a while when it is done.

use crate::state::{Run, RunPhase};

/// How long a network that has been trained is shown.
pub const SHOWN: f64 = 6_000.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Wait,
    /// One step of the network that is being trained.
    Step,
    /// Another network.
    Begin,
}

/// Where the loop stands between two looks at the run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rounds {
    done_since: Option<f64>,
}

impl Rounds {
    pub fn next(&mut self, run: Option<&Run>, now: f64) -> Next {
        let Some(run) = run else {
            return self.begin();
        };
        match run.phase {
            RunPhase::Paused => Next::Step,
            RunPhase::Finished { .. } => {
                let since = *self.done_since.get_or_insert(now);
                match now - since >= SHOWN {
                    true => self.begin(),
                    false => Next::Wait,
                }
            }
            _ => Next::Wait,
        }
    }

    fn begin(&mut self) -> Next {
        *self = Self::default();
        Next::Begin
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::StepPoint;
    use imaging::{report::StageKind, settings::Settings};
    use protocol::RunId;

    fn run(steps_done: usize, phase: RunPhase) -> Run {
        let mut run = Run::new(RunId(1), Settings::default());
        run.phase = phase;
        run.steps = (1..=steps_done)
            .map(|steps_done| StepPoint {
                steps_done,
                stage: StageKind::Frozen,
                loss: 0.5,
            })
            .collect();
        run
    }

    #[test]
    fn a_step_is_asked_for_when_the_last_one_is_over() {
        let mut rounds = Rounds::default();
        assert_eq!(rounds.next(None, 0.0), Next::Begin);
        for phase in [RunPhase::Asked, RunPhase::Training] {
            assert_eq!(rounds.next(Some(&run(1, phase)), 0.0), Next::Wait);
        }
        assert_eq!(
            rounds.next(Some(&run(1, RunPhase::Paused)), 0.0),
            Next::Step
        );
    }

    #[test]
    fn what_was_learnt_is_shown_before_the_next_begins() {
        let mut rounds = Rounds::default();
        let done = run(
            9,
            RunPhase::Finished {
                stopped: false,
                seconds: 1.0,
            },
        );
        assert_eq!(rounds.next(Some(&done), 1_000.0), Next::Wait);
        assert_eq!(rounds.next(Some(&done), 1_000.0 + SHOWN - 1.0), Next::Wait);
        assert_eq!(rounds.next(Some(&done), 1_000.0 + SHOWN), Next::Begin);
        // The count begins anew with the next network.
        assert_eq!(rounds.next(Some(&done), 1_001.0 + SHOWN), Next::Wait);
    }
}
