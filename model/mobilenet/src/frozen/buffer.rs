//! Memory of feature maps and weights.

use std::ops::{Deref, DerefMut};

/// Channels in a block. Feature maps lie in blocks, `[C / 8][pixel][8]`, so that the operands of a tile are at constant
/// distances, which are immediates of the instructions.
pub(super) const BLOCK: usize = 8;

/// Floats in a cache line.
const LINE: usize = 16;

/// Floats from one block of channels to the next: an odd number of cache lines, so that the blocks of a tile do not fall
/// into one set of the cache.
pub(super) fn block_stride(pixels: usize) -> usize {
    ((pixels * BLOCK).div_ceil(LINE) | 1) * LINE
}

/// Floats that begin on a cache line.
#[derive(Default)]
pub(super) struct Buffer {
    floats: Vec<f32>,
    /// Where the first cache line begins.
    start: usize,
}

impl Buffer {
    pub(super) fn zeros(length: usize) -> Self {
        let mut floats = vec![0.0; length + LINE - 1];
        let start = floats.as_ptr().align_offset(LINE * size_of::<f32>());
        let start = start.min(LINE - 1);
        // It stays where it is, so that the line still begins there.
        floats.truncate(start + length);
        Self { floats, start }
    }

    /// Makes it at least this long. A longer one stays as it is, a shorter one is replaced.
    pub(super) fn ensure(&mut self, length: usize) {
        if self.len() < length {
            // The old memory goes first, so that the new one can take its place.
            *self = Self::default();
            *self = Self::zeros(length);
        }
    }
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.floats[self.start..]
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.floats[self.start..]
    }
}
