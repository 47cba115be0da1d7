//! The frozen backbone on one thread of a CPU: what a head reads of an image, and the feature map that enters the first
//! stage that learns. Written for WebAssembly with 128-bit SIMD, with relaxed SIMD if that is switched on at build time; the
//! same source runs natively.
//!
//! A network that only infers can do what one that learns cannot: channels lie in blocks of eight, three convolutions of an
//! inverted residual go by strips of rows while these are in the cache, and no map between them is ever whole.

mod backbone;
mod buffer;
mod constants;
mod depthwise;
mod first_convolution;
mod inverted_residual;
mod packing;
mod plan;
mod pointwise;
mod pooling;
mod simd;
mod tile;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::architecture::{FEATURES, GRID_CHANNELS, GRID_STAGE, STAGES};

pub use backbone::FrozenBackbone;

/// Least side of an image, in pixels: the last stages have 1/32 of it.
pub const MIN_SIDE: usize = 32;

/// Cells along a side of a grid reading.
pub const GRID: usize = 4;

/// What a head reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// The average of each of the last stage's channels.
    GlobalAverage,
    /// The output of [`GRID_STAGE`], averaged adaptively to 4x4 cells, `[C, 4, 4]`.
    Grid,
}

impl Reading {
    /// Stages that it needs.
    pub fn depth(self) -> usize {
        match self {
            Self::GlobalAverage => STAGES,
            Self::Grid => GRID_STAGE + 1,
        }
    }

    /// Numbers in an embedding.
    pub fn embedding_len(self) -> usize {
        match self {
            Self::GlobalAverage => FEATURES,
            Self::Grid => GRID_CHANNELS * GRID * GRID,
        }
    }
}

/// What is computed of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Side of the image in pixels.
    pub side: usize,
    pub reading: Reading,
    /// Number of frozen stages, up to [`Reading::depth`].
    pub cut: usize,
}

/// What the backbone makes of an image.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// What a head reads.
    pub embedding: Vec<f32>,
    /// What enters the stage after the frozen ones, `[C, H, W]`, row-major: the image itself if none is frozen, nothing if all
    /// are.
    pub feature_map: Vec<f32>,
}

/// Why an image or a request is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ComputeError {
    #[error("{numbers} numbers are not an image of {side} x {side} pixels")]
    Input { side: usize, numbers: usize },
    #[error("an image of {side} x {side} pixels is too small: {MIN_SIDE} are the least")]
    TooSmall { side: usize },
    #[error("{cut} stages cannot be frozen: the reading has {depth}")]
    TooDeep { cut: usize, depth: usize },
    #[error("the last stages were left out, as a grid does not need them")]
    LastStage,
}
