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
pub mod insight;
pub mod link;
pub mod luck;
#[cfg(feature = "page")]
pub mod page;
pub mod protocol;
pub mod runs;
pub mod schedule;
pub mod state;
pub mod window_level;

#[cfg(feature = "page")]
include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
