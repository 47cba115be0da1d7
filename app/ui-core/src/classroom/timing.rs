//! Where the facilitator's clock stands against the plan.

use crate::lesson::{Clock, Step};

const MINUTE_MS: f64 = 60_000.0;

/// Where the room is, beside where the plan has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotStarted,
    /// The clock was started and stands.
    Paused,
    OnTime,
    /// Minutes, begun ones counted whole.
    Behind(u32),
    Ahead(u32),
}

impl Standing {
    /// `now`: milliseconds since 1970.
    pub fn of(clock: Clock, step: Step, now: f64) -> Self {
        if !clock.runs() {
            return match clock.was_started() {
                true => Self::Paused,
                false => Self::NotStarted,
            };
        }
        let elapsed = clock.elapsed(now);
        let (from, to) = step.minutes();
        let (from, to) = (f64::from(from) * MINUTE_MS, f64::from(to) * MINUTE_MS);
        let minutes = |apart: f64| (apart / MINUTE_MS).ceil() as u32;
        if elapsed > to {
            Self::Behind(minutes(elapsed - to))
        } else if elapsed < from {
            Self::Ahead(minutes(from - elapsed))
        } else {
            Self::OnTime
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_compared_with_the_plan_while_it_runs() {
        let minutes = |minutes: f64| minutes * MINUTE_MS;
        let mut clock = Clock::default();
        let (from, to) = Step::Train.minutes();
        let of = |clock, at: f64| Standing::of(clock, Step::Train, minutes(at));
        assert_eq!(of(clock, 9.0), Standing::NotStarted);
        clock.start(0.0);
        assert_eq!(of(clock, f64::from(from) - 1.5), Standing::Ahead(2));
        assert_eq!(of(clock, f64::from(from)), Standing::OnTime);
        assert_eq!(of(clock, f64::from(to)), Standing::OnTime);
        assert_eq!(of(clock, f64::from(to) + 0.1), Standing::Behind(1));
        clock.stop(minutes(f64::from(to)));
        assert_eq!(of(clock, 500.0), Standing::Paused);
    }

    #[test]
    fn a_clock_stopped_at_once_is_paused_and_not_as_planned() {
        let mut clock = Clock::default();
        clock.start(1_000.0);
        clock.stop(1_200.0);
        assert_eq!(Standing::of(clock, Step::Start, 9e9), Standing::Paused);
    }
}
