//! What the native tools share.

pub mod arguments;
pub mod device;
pub mod extraction;
pub mod file;
pub mod loading;
pub mod progress;
pub mod streaming;
pub mod workers;

/// A sentence for the person at the terminal.
pub type Problem = Box<dyn std::error::Error>;
