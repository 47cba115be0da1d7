//! Films from bytes to splits and scores: everything without a tensor.

mod augment;
mod decode;
mod film;
mod metrics;
mod pack;
mod pictures;
mod split;
mod zips;
