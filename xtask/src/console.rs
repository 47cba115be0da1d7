//! What the user sees of a step, and how a step fails.

use std::fmt;

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
