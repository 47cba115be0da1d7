//! Films from bytes to splits and scores: everything without a tensor.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod augment;
mod baseline;
mod bootstrap;
mod calibration;
mod decision;
mod decode;
mod depth;
mod doubles;
mod embedding;
mod experiment;
mod film;
mod golden;
mod jpeg;
mod likeness;
mod metrics;
mod names;
mod neighbours;
mod pack;
mod paired;
mod perturb;
mod pictures;
mod roc;
mod settings;
mod sources;
mod split;
mod strata;
mod structure;
mod task;
mod unread;
