//! The app: a small page and an engine in a worker of its own, joined by [`protocol`].

#[cfg(feature = "page")]
pub mod bridge;
pub mod chart;
pub mod choice;
#[cfg(feature = "engine")]
pub mod engine;
pub mod evaluation;
pub mod insight;
pub mod link;
#[cfg(feature = "page")]
pub mod page;
pub mod protocol;
pub mod schedule;
pub mod state;
pub mod window_level;

#[cfg(feature = "page")]
include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
