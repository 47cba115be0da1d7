//! The networks, and how they are trained:
//!
//! `augment -> backbone -> head -> metrics`
//!
//! Runs natively and in the browser; names no browser type and no compute backend. Tensors are NCHW and `f32`.

pub mod backbone;
pub mod features;
pub mod head;
pub mod laboratory;
pub mod learner;
pub mod observed;
pub mod run;
pub mod scratch;
pub mod weights;
