//! The gradients of weight and bias. Images are `[N, H, W, C]`.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{NONE, Size};
use crate::gpu::{empty, sums::sum_of_parts, units};

/// Rows of all images that a unit of the weights' gradient goes through.
const ROWS: usize = 16;

/// # Shapes
/// gradient before pooling `[N, H, W, D]`, x `[N, H, W, C]` -> `[3, 3, C, D]`
pub(super) fn weight_gradient(size: &Size, gradient: &CubeTensor, x: &CubeTensor) -> CubeTensor {
    let shape = [3, 3, size.inputs, size.outputs];
    let parts = (size.films * size.height).div_ceil(ROWS);
    let out = empty(x, [parts, shape.iter().product()]);
    // Rows of the input's channels: one for the first convolution.
    let tile = if size.inputs.is_multiple_of(4) { 4 } else { 1 };
    let across = size.outputs.div_ceil(4);
    let units_of_part = 3 * (size.inputs / tile) * across;
    let (count, dim) = units(units_of_part * parts);
    // SAFETY: each unit writes the taps of its channels in its part, and reads what of the windows is inside.
    unsafe {
        weight_gradient_kernel::launch_unchecked(
            &x.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            x.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            (units_of_part * parts) as u32,
            (size.films * size.height) as u32,
            size.height as u32,
            size.width as u32,
            size.inputs as u32,
            size.outputs as u32,
            ROWS as u32,
            tile,
            4,
        );
    }
    sum_of_parts(&out, parts, shape)
}

#[cube(launch_unchecked)]
fn weight_gradient_kernel(
    gradient: &[f32],
    x: &[f32],
    parts: &mut [f32],
    n: u32,
    all_rows: u32,
    height: u32,
    width: u32,
    inputs: u32,
    outputs: u32,
    rows: u32,
    #[comptime] tile_inputs: usize,
    #[comptime] tile_outputs: usize,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    // Neighbouring units have neighbouring outputs, `across` apart from the next of the same unit.
    let across = outputs.div_ceil(tile_outputs as u32);
    let inputs_across = inputs / tile_inputs as u32;
    let output = place % across;
    let input = (place / across % inputs_across) * tile_inputs as u32;
    let down = place / (across * inputs_across) % 3;
    let part = place / (across * inputs_across * 3);
    let mut sums = Array::<f32>::new(comptime![3 * tile_inputs * tile_outputs]);
    #[unroll]
    for at in 0..comptime![3 * tile_inputs * tile_outputs] {
        sums[at] = 0.0;
    }
    for row in part * rows..min((part + 1) * rows, all_rows) {
        let below = row % height + down;
        if below >= 1 && below <= height {
            let from = (row + down - 1) * width;
            // The window's pixels: before, at and behind the place.
            let mut window = Array::<f32>::new(comptime![3 * tile_inputs]);
            #[unroll]
            for i in 0..tile_inputs {
                window[i] = 0.0;
                window[comptime![tile_inputs + i]] = 0.0;
                window[comptime![2 * tile_inputs + i]] =
                    x[(from * inputs + input + i as u32) as usize];
            }
            for column in 0..width {
                let inside = select(column + 1 < width, 1.0f32, 0.0f32);
                let next = min(column + 1, width - 1);
                #[unroll]
                for i in 0..tile_inputs {
                    window[i] = window[comptime![tile_inputs + i]];
                    window[comptime![tile_inputs + i]] = window[comptime![2 * tile_inputs + i]];
                    window[comptime![2 * tile_inputs + i]] =
                        x[((from + next) * inputs + input + i as u32) as usize] * inside;
                }
                #[unroll]
                for j in 0..tile_outputs {
                    let to = min(output + j as u32 * across, outputs - 1);
                    let slope = gradient[((row * width + column) * outputs + to) as usize];
                    #[unroll]
                    for at in 0..comptime![3 * tile_inputs] {
                        sums[comptime![at * tile_outputs + j]] += window[at] * slope;
                    }
                }
            }
        }
    }
    #[unroll]
    for beside in 0..3usize {
        #[unroll]
        for i in 0..tile_inputs {
            #[unroll]
            for j in 0..tile_outputs {
                let to = output + j as u32 * across;
                if to < outputs {
                    let tap = part * 9 + down * 3 + beside as u32;
                    let at = ((tap * inputs + input + i as u32) * outputs + to) as usize;
                    parts[at] = sums[comptime![(beside * tile_inputs + i) * tile_outputs + j]];
                }
            }
        }
    }
}

/// Sums that the gradient of a bias is made of: as many units work on a channel.
const BIAS_PARTS: usize = 64;

/// # Shapes
/// gradient and choice `[N, H / 2, W / 2, D]` -> `[D]`
pub(super) fn bias_gradient(size: &Size, gradient: &CubeTensor, chosen: &CubeTensor) -> CubeTensor {
    let channels = size.outputs;
    let parts = empty(gradient, [BIAS_PARTS, channels]);
    let (count, dim) = units(BIAS_PARTS * channels);
    // SAFETY: each unit reads its own rows of one channel.
    unsafe {
        bias_gradient_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            chosen.clone().into_buffer_arg(),
            parts.clone().into_buffer_arg(),
            (gradient.meta.num_elements() / channels) as u32,
            channels as u32,
            BIAS_PARTS as u32,
        );
    }
    sum_of_parts(&parts, BIAS_PARTS, [channels])
}

#[cube(launch_unchecked)]
fn bias_gradient_kernel(
    gradient: &[f32],
    chosen: &[u32],
    parts: &mut [f32],
    rows: u32,
    channels: u32,
    number: u32,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= number * channels {
        terminate!();
    }
    let channel = place % channels;
    let part = place / channels;
    let each = rows.div_ceil(number);
    let mut sum = 0.0f32;
    for row in part * each..min((part + 1) * each, rows) {
        let at = (row * channels + channel) as usize;
        sum += select(chosen[at] < NONE, gradient[at], 0.0f32);
    }
    parts[place as usize] = sum;
}
