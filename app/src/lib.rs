//! The app: a small page and an engine in a worker of its own, joined by [`protocol`].

pub mod choice;
#[cfg(feature = "engine")]
pub mod engine;
pub mod protocol;
pub mod schedule;
