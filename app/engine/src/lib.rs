//! The engine in the browser: everything that computes, in a worker of its own.
//!
//! What it does is in [`engine_core`]; here is the world that it does it in.

pub mod device;
mod dicom;
mod files;
mod host;
mod wire;
mod worker_scope;
mod workers;

pub use host::run as run_engine;
pub use worker_scope::report_panics;
