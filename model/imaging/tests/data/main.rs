//! Films from bytes to splits.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod augment;
mod bad_tables;
mod baseline;
mod by_hand;
mod decode;
mod depth;
mod dicom;
mod doubles;
mod film;
#[allow(dead_code, reason = "each test program uses its share")]
#[path = "../../../metrics/tests/numbers/golden.rs"]
mod golden;
mod jpeg;
mod names;
mod ood_score;
mod other_formats;
mod pack;
mod patients;
mod perturb;
mod pictures;
mod public_sets;
mod settings;
mod shortcuts;
mod sources;
mod split;
mod structure;
mod tables;
mod task;
mod unread;
mod writer;
#[path = "../written/mod.rs"]
mod written;
