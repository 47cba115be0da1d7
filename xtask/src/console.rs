//! What the user sees of a step, how long it took, and how it fails.

use std::{
    fmt,
    sync::Mutex,
    time::{Duration, Instant},
};

/// Why a step failed, as a sentence for the person at the terminal.
#[derive(Debug)]
pub struct Trouble(pub String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub type Outcome<T = ()> = Result<T, Trouble>;

/// Says what happens next; not on standard output, which belongs to the results.
pub fn say(what: impl fmt::Display) {
    eprintln!("==> {what}");
}

/// Turns any error into [`Trouble`] that begins with what was tried.
pub fn trouble<E: fmt::Display>(tried: impl fmt::Display) -> impl FnOnce(E) -> Trouble {
    move |error| Trouble(format!("{tried}: {error}"))
}

/// Steps of this run, in order, with their time by the clock.
static STEPS: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// Shorter steps are not worth a line in the table.
const WORTH_A_LINE: Duration = Duration::from_secs(1);

/// Does a step and notes how long it took, also if it fails.
pub fn step<T>(name: impl fmt::Display, act: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let begin = Instant::now();
    let outcome = act();
    if let Ok(mut steps) = STEPS.lock() {
        steps.push((name.to_string(), begin.elapsed()));
    }
    outcome
}

/// Prints what took longer than a second since the start.
pub fn table_of_steps() {
    let Ok(steps) = STEPS.lock() else {
        return;
    };
    let long: Vec<_> = steps
        .iter()
        .filter(|(_, time)| *time >= WORTH_A_LINE)
        .collect();
    if long.is_empty() {
        return;
    }
    say("What took how long");
    for (name, time) in &long {
        eprintln!("    {}  {name}", clock(*time));
    }
    let total: Duration = steps.iter().map(|(_, time)| *time).sum();
    eprintln!("    {}  together", clock(total));
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs_f64().round() as u64;
    format!("{:3} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_is_noted_too() {
        let outcome = step("fails on purpose", || Err::<(), _>(Trouble("why".into())));
        assert_eq!(outcome.expect_err("an error").0, "why");
        let steps = STEPS.lock().expect("steps");
        assert!(steps.iter().any(|(name, _)| name == "fails on purpose"));
    }

    #[test]
    fn times_are_written_in_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_millis(59_600)), "  1 min 00 s");
        assert_eq!(clock(Duration::from_secs(754)), " 12 min 34 s");
    }
}
