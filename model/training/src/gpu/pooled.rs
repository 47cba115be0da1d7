//! What the network from scratch is made of: a 3x3 convolution, padded by 1, with bias, ReLU and the largest of each four
//! pixels, in one kernel; and its gradients. Images are `[N, H, W, C]`.
//!
//! A unit computes two rows of eight pixels at once, so that each number it reads serves many sums.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

mod autodiff;
mod weights;

use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{empty, units};

pub(crate) use autodiff::convolution;

/// Pixels that a unit computes in each row, and channels.
pub(super) const PIXELS: usize = 8;
const CHANNELS: usize = 2;
/// Units that compute neighbouring channels, and neighbouring pixels.
const UNITS: (u32, u32) = (8, 8);
/// No pixel was chosen: ReLU put out 0.
const NONE: u32 = 4;

/// Sizes of what a convolution reads and writes, before pooling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    films: usize,
    height: usize,
    width: usize,
    inputs: usize,
    outputs: usize,
}

impl Size {
    fn tiles(&self) -> usize {
        self.films * (self.height / 2) * (self.width / PIXELS)
    }

    fn count(&self, outputs: usize) -> CubeCount {
        let across = outputs.div_ceil(UNITS.0 as usize * CHANNELS) as u32;
        let down = self.tiles().div_ceil(UNITS.1 as usize) as u32;
        CubeCount::Static(across, down.min(32_768), down.div_ceil(32_768))
    }
}

/// # Shapes
/// x `[N, H, W, C]`, weight `[3, 3, C, D]`, bias `[D]` -> `[N, H / 2, W / 2, D]`, and for each of these which of the four
/// pixels it comes from
fn forward(
    size: &Size,
    x: &CubeTensor,
    weight: &CubeTensor,
    bias: &CubeTensor,
) -> (CubeTensor, CubeTensor) {
    let shape = [size.films, size.height / 2, size.width / 2, size.outputs];
    let (y, chosen) = (empty(x, shape), empty(x, shape));
    // SAFETY: each unit writes what its pixels and channels come to, and reads the pixels around that are inside.
    unsafe {
        forward_kernel::launch_unchecked(
            &x.client,
            size.count(size.outputs),
            CubeDim::new_2d(UNITS.0, UNITS.1),
            x.clone().into_buffer_arg(),
            weight.clone().into_buffer_arg(),
            bias.clone().into_buffer_arg(),
            y.clone().into_buffer_arg(),
            chosen.clone().into_buffer_arg(),
            size.tiles() as u32,
            size.height as u32,
            size.width as u32,
            size.inputs as u32,
            size.outputs as u32,
            PIXELS,
            CHANNELS,
        );
    }
    (y, chosen)
}

#[cube(launch_unchecked)]
fn forward_kernel(
    x: &[f32],
    weight: &[f32],
    bias: &[f32],
    y: &mut [f32],
    chosen: &mut [u32],
    tiles: u32,
    height: u32,
    width: u32,
    inputs: u32,
    outputs: u32,
    #[comptime] pixels: usize,
    #[comptime] channels: usize,
) {
    let tile = (CUBE_POS_Z * CUBE_COUNT_Y + CUBE_POS_Y) * CUBE_DIM_Y + UNIT_POS_Y;
    let output = CUBE_POS_X * CUBE_DIM_X * channels as u32 + UNIT_POS_X;
    if tile >= tiles || output >= outputs {
        terminate!();
    }
    let mut sums = Array::<f32>::new(comptime![2 * pixels * channels]);
    two_rows(
        x, weight, &mut sums, tile, output, height, width, inputs, outputs, pixels, channels,
    );
    let tiles_across = width / pixels as u32;
    let column = (tile % tiles_across) * comptime![pixels as u32 / 2];
    let row = tile / tiles_across;
    #[unroll]
    for j in 0..channels {
        let to = output + j as u32 * CUBE_DIM_X;
        if to < outputs {
            let bias = bias[to as usize];
            #[unroll]
            for p in 0..comptime![pixels / 2] {
                let mut best = sums[comptime![2 * p * channels + j]];
                let mut which = 0u32;
                #[unroll]
                for q in 1..4usize {
                    let other = sums[comptime![((q / 2) * pixels + 2 * p + q % 2) * channels + j]];
                    which = select(other > best, q as u32, which);
                    best = select(other > best, other, best);
                }
                let sum = best + bias;
                let at = ((row * (width / 2) + column + p as u32) * outputs + to) as usize;
                y[at] = select(sum < 0.0, 0.0f32, sum);
                chosen[at] = select(sum > 0.0, which, NONE);
            }
        }
    }
}

/// # Shapes
/// gradient before pooling `[N, H, W, D]`, weight turned around `[3, 3, D, C]` -> `[N, H, W, C]`
fn input_gradient(size: &Size, gradient: &CubeTensor, weight: &CubeTensor) -> CubeTensor {
    let out = empty(gradient, [size.films, size.height, size.width, size.inputs]);
    // SAFETY: as in `forward`.
    unsafe {
        convolution_kernel::launch_unchecked(
            &gradient.client,
            size.count(size.inputs),
            CubeDim::new_2d(UNITS.0, UNITS.1),
            gradient.clone().into_buffer_arg(),
            weight.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            size.tiles() as u32,
            size.height as u32,
            size.width as u32,
            size.outputs as u32,
            size.inputs as u32,
            PIXELS,
            CHANNELS,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn convolution_kernel(
    x: &[f32],
    weight: &[f32],
    y: &mut [f32],
    tiles: u32,
    height: u32,
    width: u32,
    inputs: u32,
    outputs: u32,
    #[comptime] pixels: usize,
    #[comptime] channels: usize,
) {
    let tile = (CUBE_POS_Z * CUBE_COUNT_Y + CUBE_POS_Y) * CUBE_DIM_Y + UNIT_POS_Y;
    let output = CUBE_POS_X * CUBE_DIM_X * channels as u32 + UNIT_POS_X;
    if tile >= tiles || output >= outputs {
        terminate!();
    }
    let mut sums = Array::<f32>::new(comptime![2 * pixels * channels]);
    two_rows(
        x, weight, &mut sums, tile, output, height, width, inputs, outputs, pixels, channels,
    );
    let tiles_across = width / pixels as u32;
    let column = (tile % tiles_across) * pixels as u32;
    let row = tile / tiles_across * 2;
    #[unroll]
    for j in 0..channels {
        let to = output + j as u32 * CUBE_DIM_X;
        if to < outputs {
            #[unroll]
            for p in 0..comptime![2 * pixels] {
                let pixel = (row + comptime![(p / pixels) as u32]) * width
                    + column
                    + comptime![(p % pixels) as u32];
                y[(pixel * outputs + to) as usize] = sums[comptime![p * channels + j]];
            }
        }
    }
}

/// The sums of a tile, two rows of `pixels` pixels, `[2 * pixels, channels]`.
#[cube]
fn two_rows(
    x: &[f32],
    weight: &[f32],
    sums: &mut Array<f32>,
    tile: u32,
    output: u32,
    height: u32,
    width: u32,
    inputs: u32,
    outputs: u32,
    #[comptime] pixels: usize,
    #[comptime] channels: usize,
) {
    #[unroll]
    for place in 0..comptime![2 * pixels * channels] {
        sums[place] = 0.0;
    }
    let tiles_across = width / pixels as u32;
    let tiles_down = height / 2;
    let column = (tile % tiles_across) * pixels as u32;
    let first_row = (tile / tiles_across % tiles_down) * 2;
    let film = tile / (tiles_across * tiles_down);
    // Beside the left and the right edge is 0; what is read instead lies inside.
    let left = select(column > 0, 1.0f32, 0.0f32);
    let right = select(column + (pixels as u32) < width, 1.0f32, 0.0f32);
    let before = select(column > 0, column - 1, column);
    let behind = min(column + pixels as u32, width - 1);
    let mut filters = Array::<u32>::new(channels);
    #[unroll]
    for j in 0..channels {
        filters[j] = min(output + j as u32 * CUBE_DIM_X, outputs - 1);
    }
    // Each row that is read belongs to the windows of both rows of the tile, but for the first and the last.
    #[unroll]
    for down in 0..4usize {
        let below = first_row + down as u32;
        if below >= 1 && below <= height {
            let from = (film * height + below - 1) * width;
            for input in 0..inputs {
                let mut row = Array::<f32>::new(comptime![pixels + 2]);
                row[0] = x[((from + before) * inputs + input) as usize] * left;
                #[unroll]
                for p in 0..pixels {
                    row[comptime![p + 1]] =
                        x[((from + column + p as u32) * inputs + input) as usize];
                }
                row[comptime![pixels + 1]] = x[((from + behind) * inputs + input) as usize] * right;
                #[unroll]
                for j in 0..channels {
                    #[unroll]
                    for r in 0..2usize {
                        if comptime![down >= r && down - r < 3] {
                            #[unroll]
                            for beside in 0..3usize {
                                let tap = comptime![((down - r) * 3 + beside) as u32];
                                let w = weight
                                    [((tap * inputs + input) * outputs + filters[j]) as usize];
                                #[unroll]
                                for p in 0..pixels {
                                    sums[comptime![(r * pixels + p) * channels + j]] +=
                                        row[comptime![p + beside]] * w;
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Puts each gradient where its number came from; 0 elsewhere.
///
/// # Shapes
/// gradient and choice `[N, H / 2, W / 2, D]` -> `[N, H, W, D]`
fn before_pooling(size: &Size, gradient: &CubeTensor, chosen: &CubeTensor) -> CubeTensor {
    let shape = [size.films, size.height, size.width, size.outputs];
    let out = empty(gradient, shape);
    let n: usize = shape.iter().product();
    let (count, dim) = units(n);
    // SAFETY: each unit writes one number, and reads that of its four pixels.
    unsafe {
        before_pooling_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            chosen.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            n as u32,
            size.width as u32,
            size.outputs as u32,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn before_pooling_kernel(
    gradient: &[f32],
    chosen: &[u32],
    out: &mut [f32],
    n: u32,
    width: u32,
    channels: u32,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    let channel = place % channels;
    let pixel = place / channels;
    let column = pixel % width;
    // All images are one tall one here, as their heights are even.
    let row = pixel / width;
    let at = ((row / 2 * (width / 2) + column / 2) * channels + channel) as usize;
    let own = (row % 2) * 2 + column % 2;
    out[place as usize] = select(chosen[at] == own, gradient[at], 0.0f32);
}
