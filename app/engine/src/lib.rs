//! The engine in the browser: everything that computes, in a worker of its own.
//!
//! What it does is in [`engine_core`]; here is the world that it does it in. `bin/engine.rs` starts either
//! [`run_engine`] or, in the workers that the engine itself starts on the CPU, [`run_pool_worker`].

pub mod device;
mod files;
mod host;
mod pool_worker;
mod wire;
mod worker_scope;
mod workers;

pub use host::run as run_engine;
pub use pool_worker::run as run_pool_worker;
pub use worker_scope::{name, report_panics};

/// Name of the workers that the engine starts for itself.
pub const POOL_WORKER: &str = "pool";
