//! The networks, and how they are trained:
//!
//! `augment -> backbone -> head -> metrics`
//!
//! Runs natively and in the browser; names no browser type, and no compute backend but the CPU's, in
//! `channels_last` and `adam`, and with the feature `gpu` that of graphics processors, in `gpu`. Tensors are NCHW and `f32` where nothing else is said.

mod adam;
pub mod backbone;
mod channels_last;
pub mod experiment_runner;
pub mod explainer;
pub mod features;
#[cfg(feature = "gpu")]
mod gpu;
#[cfg(all(feature = "gpu", not(target_family = "wasm")))]
pub mod graphics_processor;
pub mod head;
mod parts;
pub mod run;
pub mod scratch;
pub mod self_test;
pub mod sharing;
pub mod trainable;
