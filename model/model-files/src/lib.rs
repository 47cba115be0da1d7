//! Trained networks in files: [`onnx`] for other programs, [`weights_file`] with all weights and the card, and [`page`] that
//! classifies by itself. Written, and read again. Knows no tensors.
//!
//! All names in a file are those of `public/weights` (`STAGE.LAYER.weight`) and, for what has no part there,
//! those of [`checkpoint`] (`head.hidden.weight`, `scratch.convolution.0.bias`).

mod about;
pub mod classifier;
mod network;
pub mod onnx;
pub mod page;
mod read;
pub mod weights_file;

pub use about::{About, Preprocessing};
pub use read::{Read, read};
