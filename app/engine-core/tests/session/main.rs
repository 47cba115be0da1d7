//! The engine's state machine in a world that fails on purpose.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod cut_off;
mod devices;
mod dicom;
mod explanations;
mod exporting;
mod gathering;
mod importing;
mod loads;
mod maps;
mod runs;
mod saving;
mod shortcuts;
mod speed;
mod tools;
mod workers;
mod world;
