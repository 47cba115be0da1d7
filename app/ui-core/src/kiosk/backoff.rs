//! How long to wait before the next attempt, where the last ones were in vain.

const FIRST: f64 = 2_000.0;
const LONGEST: f64 = 300_000.0;
/// After this long without trouble, the next one counts as the first.
const STEADY: f64 = 600_000.0;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Backoff {
    tries: u32,
    last: f64,
    due: Option<f64>,
}

impl Backoff {
    /// Plans an attempt, unless one is planned: the first at once, each further one after twice the time.
    pub fn plan(&mut self, now: f64) {
        if self.due.is_some() {
            return;
        }
        if now - self.last > STEADY {
            self.tries = 0;
        }
        let wait = match self.tries {
            0 => 0.0,
            n => (FIRST * 2_f64.powf(f64::from(n - 1))).min(LONGEST),
        };
        self.tries += 1;
        self.last = now + wait;
        self.due = Some(now + wait);
    }

    /// Whether the planned attempt is due; it is then no longer planned.
    pub fn take_due(&mut self, now: f64) -> bool {
        self.due.take_if(|due| now >= *due).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(between: f64, n: usize) -> Vec<f64> {
        let mut backoff = Backoff::default();
        let mut now = 1_000_000.0;
        let wait = |_| {
            let asked = now;
            backoff.plan(now);
            while !backoff.take_due(now) {
                now += 1_000.0;
            }
            let waited = now - asked;
            now += between;
            waited
        };
        (0..n).map(wait).collect()
    }

    #[test]
    fn waits_twice_as_long_each_time_up_to_five_minutes() {
        let waits = waits(1_000.0, 12);
        assert_eq!(waits[..5], [0.0, 2e3, 4e3, 8e3, 16e3]);
        assert_eq!(waits[11], LONGEST);
    }

    #[test]
    fn begins_anew_after_a_steady_time() {
        assert_eq!(waits(700_000.0, 3), [0.0, 0.0, 0.0]);
    }

    #[test]
    fn nothing_is_due_that_was_not_planned() {
        let mut backoff = Backoff::default();
        assert!(!backoff.take_due(1e9));
        backoff.plan(1e9);
        backoff.plan(1e9);
        assert!(backoff.take_due(1e9));
        assert!(!backoff.take_due(2e9));
    }
}
