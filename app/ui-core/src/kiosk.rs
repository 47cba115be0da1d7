//! A kiosk that nobody watches: visitors come and go, and what one of them leaves behind is forgotten before
//! the next. Plain data and rules; the clock and the browser are the page's. Times are milliseconds.

pub mod backoff;
pub mod counters;
pub mod draw;
pub mod face_off;
pub mod learned;
pub mod lock;
pub mod machine;
pub mod ordinary;
pub mod pace;
pub mod parts;
pub mod rounds;
pub mod settings;
pub mod watch;

use imaging::dataset::Picture;

use crate::state::{AppState, EngineState, Loading, Reply, RunPhase, TestSet};

/// Whether the engine computes something that a visitor waits for.
pub fn computes(state: &AppState) -> bool {
    let trains = state.run.as_ref().is_some_and(|run| {
        matches!(
            run.phase,
            RunPhase::Asked | RunPhase::Preparing(..) | RunPhase::Training | RunPhase::Stopping
        )
    });
    let asked = &state.questions;
    let pending = asked
        .iter()
        .any(|question| question.reply == Reply::Pending);
    trains || pending || state.door == TestSet::Opening || state.explanations.any_under_way()
}

/// How many different images were answered, however often each was asked about.
pub fn asked_about(state: &AppState) -> usize {
    let mut pictures: Vec<&Picture> = Vec::new();
    for question in &state.questions {
        if let Reply::Answered(answer) = &question.reply
            && !pictures.contains(&&answer.picture)
        {
            pictures.push(&answer.picture);
        }
    }
    pictures.len()
}

/// Whether a visit that ends now takes more with it than the visitor has seen on the way.
pub fn has_something_to_lose(state: &AppState) -> bool {
    state.run.is_some()
}

/// Whether the engine has yet to say something before anything can be asked of it.
pub fn starts(state: &AppState) -> bool {
    let reading = matches!(state.loading, Loading::Reading(_) | Loading::Interrupted);
    !matches!(state.engine, EngineState::Working(_)) || reading || state.films.is_none()
}
