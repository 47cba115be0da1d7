//! The app: a small page and an engine in a worker of its own, joined by [`protocol`].

pub mod atlas;
#[cfg(feature = "page")]
pub mod bridge;
pub mod changes;
pub mod chart;
pub mod choice;
pub mod direction;
#[cfg(feature = "engine")]
pub mod engine;
pub mod evaluation;
#[cfg(feature = "page")]
mod i18n;
pub mod insight;
pub mod kiosk;
pub mod language;
pub mod lesson;
pub mod link;
pub mod luck;
pub mod number;
pub mod offline;
#[cfg(feature = "page")]
pub mod page;
pub mod place;
pub mod protocol;
pub mod room;
pub mod runs;
pub mod schedule;
pub mod sentence;
pub mod sketch;
pub mod state;
pub mod takeaway;
pub mod window_level;
