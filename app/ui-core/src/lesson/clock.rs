//! Time since the start of the lesson, which can be stopped. All times are milliseconds since 1970.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// What had passed when it was last stopped.
    passed: f64,
    /// When it was last started; `None` while it stands.
    since: Option<f64>,
}

impl Clock {
    pub fn runs(&self) -> bool {
        self.since.is_some()
    }

    pub fn was_started(&self) -> bool {
        self.runs() || self.passed > 0.0
    }

    pub fn start(&mut self, now: f64) {
        self.since.get_or_insert(now);
    }

    pub fn stop(&mut self, now: f64) {
        self.passed = self.elapsed(now);
        self.since = None;
    }

    /// Milliseconds; a clock of the system that was put back takes nothing away.
    pub fn elapsed(&self, now: f64) -> f64 {
        let running = self.since.map_or(0.0, |since| (now - since).max(0.0));
        self.passed + running
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;

    #[test]
    fn time_that_stood_still_does_not_count() {
        let mut clock = Clock::default();
        assert!(!clock.was_started());
        clock.start(0.0);
        assert_eq!(clock.elapsed(2.5 * MINUTE), 2.5 * MINUTE);
        clock.stop(3.0 * MINUTE);
        assert!(!clock.runs() && clock.was_started());
        assert_eq!(clock.elapsed(30.0 * MINUTE), 3.0 * MINUTE);
        clock.start(30.0 * MINUTE);
        clock.start(31.0 * MINUTE);
        assert_eq!(clock.elapsed(32.0 * MINUTE), 5.0 * MINUTE);
        clock.stop(32.0 * MINUTE);
        clock.stop(40.0 * MINUTE);
        assert_eq!(clock.elapsed(50.0 * MINUTE), 5.0 * MINUTE);
    }

    #[test]
    fn a_system_clock_put_back_takes_nothing_away() {
        let mut clock = Clock::default();
        clock.start(9.0 * MINUTE);
        assert_eq!(clock.elapsed(MINUTE), 0.0);
    }
}
