//! What is known of this computer's speed.

use super::Progress;
use protocol::{Failure, Speed};

/// A measurement of how fast this computer is; it has nothing to do with the films.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SpeedMeasurement {
    #[default]
    NotYet,
    /// Asked for; `None` until progress has been heard of.
    Asked(Option<Progress>),
    Done(Speed),
    Failed(Failure),
}

impl SpeedMeasurement {
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Asked(_))
    }

    pub fn progress(&mut self, progress: Progress) {
        if self.is_active() {
            *self = Self::Asked(Some(progress));
        }
    }

    pub fn ended(&mut self, result: Result<Speed, Failure>) {
        *self = match result {
            Ok(speed) => Self::Done(speed),
            Err(failure) => Self::Failed(failure),
        };
    }

    /// The engine is gone, and what it measured with it.
    pub fn fail_pending(&mut self, failure: &Failure) {
        if self.is_active() {
            *self = Self::Failed(failure.clone());
        }
    }
}

/// Images a second; `None` where the clock was too coarse to tell.
pub fn rate(seconds_for_an_image: f32) -> Option<f32> {
    (seconds_for_an_image > 0.0).then(|| 1.0 / seconds_for_an_image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_outlives_a_lost_engine_and_what_was_under_way_does_not() {
        let failure = Failure::EngineCrashed {
            detail: String::new(),
        };
        let mut done = SpeedMeasurement::Done(Speed::default());
        done.fail_pending(&failure);
        assert_eq!(done, SpeedMeasurement::Done(Speed::default()));
        let mut asked = SpeedMeasurement::Asked(None);
        asked.fail_pending(&failure);
        assert_eq!(asked, SpeedMeasurement::Failed(failure));
    }

    #[test]
    fn a_clock_that_stood_still_gives_no_rate() {
        assert_eq!(rate(0.0), None);
        assert_eq!(rate(0.25), Some(4.0));
    }
}
