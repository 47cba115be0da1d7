//! The engine's state machine, without a browser: what it does with a command, in what order, and what it answers.
//!
//! A [`Session`](session::Session) takes one [`Message`](host::Message) after another and does one small piece of work
//! between them. Clock, messages to the page, downloads, files, devices and workers come in through [`host::Host`]: in
//! the browser that is crate `engine`, in the tests a program that loses workers and devices on purpose.

pub mod device;
mod experimenting;
mod explanations;
mod exporting;
mod features;
mod files;
mod frames;
mod gathering;
pub mod host;
mod importing;
mod loading;
mod on_demand;
mod questions;
mod run;
mod saving;
mod schedule;
pub mod session;
mod shortcuts;
mod speed;

use features::pool;
