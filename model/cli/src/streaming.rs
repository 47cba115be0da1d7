//! Films that are never all in memory: each is read, passed through the frozen backbone and forgotten, and its features are kept
//! on the disk by the content of its file.

mod cache;
mod content;
mod features;
mod films;
mod gists;
pub mod loading;

pub use cache::Cache;
pub use features::{Preparation, StreamedFeatures};
pub use films::Films;

/// More films are not loaded. A film takes some 5 kB of memory while it is loaded.
pub const MOST_FILMS: usize = 1_000_000;

/// A number that tells these bytes from others.
pub fn word_of(bytes: &[u8]) -> u64 {
    content::Content::of(bytes).word()
}

/// SHA-256 of several things.
pub(crate) fn hash_of(parts: &[&[u8]]) -> [u8; 32] {
    content::Content::of_all(parts.iter().copied()).0
}

/// A name for all of these together.
pub fn name_of(parts: &[&[u8]]) -> String {
    content::Content::of_all(parts.iter().copied()).name()
}

/// The most memory that this program has had at once, in MB; `None` where the system does not say.
pub fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1e3 * 1.024)
}
