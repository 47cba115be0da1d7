//! Every number beside that of another program, and where there is none.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod calibration;
mod decision;
mod embedding;
#[allow(dead_code, reason = "each test program uses its share")]
mod golden;
mod mean;
mod metrics;
mod neighbours;
mod paired;
mod patients;
mod roc;
mod strata;
