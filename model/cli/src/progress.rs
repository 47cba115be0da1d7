//! How far a long piece of work has come, for the terminal.

use std::time::{Duration, Instant};

/// Between two lines.
const SAYS_EVERY: Duration = Duration::from_secs(2);

pub struct Progress {
    what: &'static str,
    all: usize,
    done: usize,
    began: Instant,
    said: Instant,
}

impl Progress {
    /// `what`: what is counted, such as "images read".
    pub fn begin(what: &'static str, all: usize) -> Self {
        let now = Instant::now();
        Self {
            what,
            all,
            done: 0,
            began: now,
            said: now,
        }
    }

    pub fn one_more(&mut self) {
        self.done += 1;
        if self.said.elapsed() >= SAYS_EVERY {
            self.said = Instant::now();
            let each = self.began.elapsed().as_secs_f64() / self.done as f64;
            let left = each * (self.all - self.done) as f64;
            eprintln!(
                "{} of {} {}, {} left",
                self.done,
                self.all,
                self.what,
                spoken(left)
            );
        }
    }
}

/// Seconds as a person says them.
pub fn spoken(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match whole {
        0..120 => format!("{whole} s"),
        120..7_200 => format!("{} min", whole.div_ceil(60)),
        _ => format!("{:.1} h", seconds / 3_600.0),
    }
}
