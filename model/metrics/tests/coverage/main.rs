//! How often the intervals hold the truth that their samples were drawn from, at the sizes of the lesson; and how often
//! the tests find a difference where there is none. docs/decisions/intervals.md has the tables that this prints:
//!
//!     COVERAGE_SAMPLES=5000 cargo test --release -p metrics --test coverage -- --nocapture --test-threads 1

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail loudly, and its table is read"
)]

mod area;
mod draw;
mod losses;
mod patients;
mod seeds;
mod shares;
mod tests_of_no_difference;

/// Samples of each situation: `COVERAGE_SAMPLES`, or few enough for a test.
fn samples() -> usize {
    let asked = std::env::var("COVERAGE_SAMPLES").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(1_000)
}

/// In how many of the samples something was so.
#[derive(Clone, Copy, Default)]
struct Tally {
    times: usize,
    of: usize,
}

impl Tally {
    fn count(&mut self, so: bool) {
        self.times += usize::from(so);
        self.of += 1;
    }

    fn share(self) -> f64 {
        self.times as f64 / self.of as f64
    }

    /// Three standard errors of a share near 95 %: what the draws alone may move it.
    fn luck(self) -> f64 {
        3.0 * (0.95 * 0.05 / self.of as f64).sqrt()
    }

    /// Prints a row of a table and fails unless the share lies within `low` to `high`, give or take luck.
    #[track_caller]
    fn told(self, situation: &str, low: f64, high: f64) {
        let share = self.share();
        println!("| {situation} | {:.1} % |", share * 100.0);
        assert!(
            (low - self.luck()..=high + self.luck()).contains(&share),
            "{situation}: {share} of {} is not within {low} to {high}",
            self.of
        );
    }
}
