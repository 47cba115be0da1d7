//! Everything that a radiograph goes through, from the bytes of a file to a score with an interval:
//!
//! `bytes -> decode -> Film -> Dataset -> Split -> augment -> backbone -> head -> metrics`
//!
//! Runs natively and in the browser; names no browser type and no compute backend.
//! Conventions: tensors are NCHW and `f32`; grey values run from 0 (black) to 1 (white);
//! angles in degrees unless a name says otherwise; probabilities from 0 to 1.
//! Without the `network` feature the crate is small and has no tensors, so that the page can use it.

pub mod augment;
pub mod baseline;
pub mod dataset;
pub mod decode;
pub mod experiment;
pub mod film;
pub mod insight;
pub mod likeness;
pub mod metrics;
pub mod pack;
pub mod perturb;
pub mod report;
mod resample;
pub mod settings;
pub mod split;
pub mod task;

#[cfg(feature = "network")]
pub mod backbone;
#[cfg(feature = "network")]
pub mod features;
#[cfg(feature = "network")]
pub mod head;
#[cfg(feature = "network")]
pub mod laboratory;
#[cfg(feature = "network")]
pub mod learner;
#[cfg(feature = "network")]
pub mod observed;
#[cfg(feature = "network")]
pub mod run;
#[cfg(feature = "network")]
pub mod scratch;
#[cfg(feature = "network")]
pub mod weights;
