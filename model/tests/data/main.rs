//! Films from bytes to splits and scores: everything without a tensor.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod augment;
mod decode;
mod film;
mod metrics;
mod pack;
mod pictures;
mod sources;
mod split;
