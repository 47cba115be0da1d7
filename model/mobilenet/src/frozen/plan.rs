//! How an inverted residual goes over an image of one size.

use std::ops::Range;

use super::{
    buffer::{BLOCK, block_stride},
    pointwise::Places,
};
use crate::architecture::InvertedResidual;

/// Bytes that a strip may take in its ring and after the filter: what the first and second cache hold together with the
/// weights of a block.
const STRIP: usize = 128 << 10;

/// A map of at most this side is one strip if its filtered channels fit into four times [`STRIP`]: then one ring serves all
/// blocks of channels.
const WHOLE: usize = 28;

/// Sizes of an inverted residual's strips, and the ring in which a strip's last rows wait for the next one.
pub(super) struct StagePlan {
    /// Side of the input.
    pub(super) side: usize,
    /// Side of the output.
    pub(super) out_side: usize,
    stride: usize,
    /// Output rows in a strip.
    pub(super) rows: usize,
    /// Rows of a ring.
    slots: usize,
    /// Whether one strip is the whole image.
    whole: bool,
    /// Where each input pixel lies in a ring, for twice the ring's rows.
    pub(super) places: Places,
}

/// The rows of a strip.
pub(super) struct Strip {
    /// Of the input, without those that the strips before have read.
    pub(super) new: Range<usize>,
    pub(super) output: Range<usize>,
}

impl StagePlan {
    pub(super) fn new(shape: &InvertedResidual, side: usize) -> Self {
        let &InvertedResidual { hidden, stride, .. } = shape;
        let out_side = side.div_ceil(stride);
        let slots = |rows: usize| side.min(stride * (rows - 1) + 3);
        let bytes = |floats: usize| floats * size_of::<f32>();
        let fits_whole = side <= WHOLE
            && bytes(hidden * out_side * out_side + BLOCK * side * (side + 2)) <= 4 * STRIP;
        let rows = if fits_whole {
            out_side
        } else {
            let fits = |rows: &usize| {
                bytes(hidden * (slots(*rows) * (side + 2) + rows * out_side)) <= STRIP
            };
            (2..=out_side).rev().find(fits).unwrap_or(1)
        };
        let whole = rows == out_side;
        let slots = if whole { side } else { slots(rows) };
        let place = |pixel: usize| {
            let (row, column) = (pixel / side % slots, pixel % side);
            (row * (side + 2) + column + 1) * BLOCK
        };
        Self {
            side,
            out_side,
            stride,
            rows,
            slots,
            whole,
            places: Places::new((0..2 * slots * side).map(place).collect()),
        }
    }

    pub(super) fn strips(&self) -> impl Iterator<Item = Strip> {
        // Each output row reads one input row beyond its own.
        let read = |rows: usize| match rows {
            0 => 0,
            _ => self.side.min(self.stride * (rows - 1) + 2),
        };
        (0..self.out_side).step_by(self.rows).map(move |begin| {
            let end = self.out_side.min(begin + self.rows);
            Strip {
                new: read(begin)..read(end),
                output: begin..end,
            }
        })
    }

    /// Floats in a row of a ring: a column of zeros before and after the pixels.
    pub(super) fn pitch(&self) -> usize {
        (self.side + 2) * BLOCK
    }

    /// Where input row `y` lies in a ring, `None` for a row outside the image.
    pub(super) fn ring_row(&self, y: usize) -> Option<usize> {
        (y < self.side).then(|| y % self.slots * self.pitch())
    }

    /// Where the rows begin in a ring.
    pub(super) fn ring_rows(&self) -> impl Iterator<Item = usize> {
        (0..self.slots).map(|slot| slot * self.pitch())
    }

    /// Place of the first pixel of row `y`.
    pub(super) fn place(&self, y: usize) -> usize {
        y % self.slots * self.side
    }

    /// Floats from the ring of one block of channels to that of the next: none if a strip is the whole image, because nothing
    /// waits then.
    pub(super) fn ring_stride(&self) -> usize {
        if self.whole { 0 } else { self.ring() }
    }

    /// Floats in a ring.
    pub(super) fn ring(&self) -> usize {
        block_stride(self.slots * (self.side + 2))
    }

    /// Rings that are in use at the same time.
    pub(super) fn rings(&self, hidden: usize) -> usize {
        if self.whole { 1 } else { hidden / BLOCK }
    }

    /// Floats from one block of a strip's filtered channels to the next.
    pub(super) fn filtered_stride(&self) -> usize {
        block_stride(self.rows * self.out_side)
    }
}
