//! The workers that compute features on the CPU side by side: what an engine and a worker say to each other, and what a
//! worker does. Knows no browser, and no burn: a worker's program is small and arrives long before the engine.

mod messages;
mod worker;

pub use messages::{FromWorker, Ticket, ToWorker, WorkerId};
pub use worker::Worker;
