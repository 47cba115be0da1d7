//! The app: a small page and an engine in a worker of its own, joined by [`protocol`].

pub mod protocol;
