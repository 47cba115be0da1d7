//! What the native tools share.

pub mod extraction;
pub mod loading;

/// A sentence for the person at the terminal.
pub type Problem = Box<dyn std::error::Error>;
