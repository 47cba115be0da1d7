//! The engine: everything that computes, in a worker of its own.
//!
//! `bin/engine.rs` starts either [`run_engine`] or, in the workers that the engine itself starts on
//! the CPU, [`run_pool_worker`]. The [`session`] takes one message after another from its [`inbox`] and
//! does one small piece of work between them; nothing else changes its state.

mod background;
pub mod choice;
pub mod device;
mod experimenting;
mod features;
mod files;
mod heating;
mod inbox;
mod inquiries;
mod loading;
mod pool;
mod pool_worker;
mod preparing;
mod probing;
mod questions;
mod running;
mod schedule;
mod scope;
pub mod self_test;
mod session;
mod training;

pub use pool_worker::run as run_pool_worker;
pub use scope::{name, report_panics};
pub use session::run as run_engine;

/// Name of the workers that the engine starts for itself.
pub const POOL_WORKER: &str = "pool";
