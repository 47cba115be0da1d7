//! What leaves the blocks of channels: averages and feature maps.

use super::{
    GRID,
    buffer::{BLOCK, block_stride},
    constants::Constants,
    packing::Packed,
    pointwise::{Pointwise, Store, pointwise},
};

/// A map in blocks of channels.
pub(super) struct BlockedMap<'a> {
    pub(super) floats: &'a [f32],
    pub(super) channels: usize,
    pub(super) side: usize,
}

impl BlockedMap<'_> {
    /// `[C, H, W]`, row-major.
    pub(super) fn to_row_major(&self) -> Vec<f32> {
        let pixels = self.side * self.side;
        let mut values = Vec::with_capacity(self.channels * pixels);
        for channel in 0..self.channels {
            let block = &self.floats[channel / BLOCK * block_stride(pixels)..][..pixels * BLOCK];
            values.extend(block.iter().skip(channel % BLOCK).step_by(BLOCK));
        }
        values
    }

    fn at(&self, channel: usize, pixel: usize) -> f32 {
        let block = channel / BLOCK * block_stride(self.side * self.side);
        self.floats[block + pixel * BLOCK + channel % BLOCK]
    }

    /// Averages of [`GRID`] x [`GRID`] cells, `[C, GRID, GRID]`. A cell has all pixels that it touches, as in PyTorch's
    /// adaptive pooling, so that cells overlap unless the side is a multiple of their number.
    pub(super) fn grid_averages(&self) -> Vec<f32> {
        let cell =
            |index: usize| index * self.side / GRID..((index + 1) * self.side).div_ceil(GRID);
        let average = |channel: usize, y: usize, x: usize| {
            let (rows, columns) = (cell(y), cell(x));
            let pixels = (rows.len() * columns.len()) as f32;
            let sum: f32 = rows
                .flat_map(|y| columns.clone().map(move |x| y * self.side + x))
                .map(|pixel| self.at(channel, pixel))
                .sum();
            sum / pixels
        };
        (0..self.channels * GRID * GRID)
            .map(|index| average(index / (GRID * GRID), index / GRID % GRID, index % GRID))
            .collect()
    }

    /// Averages of each channel that a last 1x1 convolution with ReLU6 makes of the map. Its own map is never written.
    pub(super) fn convolved_averages(&self, last: &Packed, constants: &Constants) -> Vec<f32> {
        let pixels = self.side * self.side;
        let mut sums = vec![0.0; last.blocks() * BLOCK];
        for (block, sums) in sums.chunks_exact_mut(BLOCK).enumerate() {
            let what = Pointwise {
                from: self.floats,
                stride: block_stride(pixels),
                channels: self.channels,
                panel: last.panel(block),
                pixels,
                constants,
            };
            pointwise(&what, Store::Summed { to: sums });
        }
        for sum in &mut sums {
            *sum /= pixels as f32;
        }
        sums
    }
}
