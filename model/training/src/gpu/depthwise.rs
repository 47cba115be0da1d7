//! A depthwise 3x3 convolution, padded by 1, and its gradients. Images are `[N, H, W, C]`, weights `[C, 1, 3, 3]`.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{Activation, empty, product::activated, sums::sum_of_parts, units};
use crate::channels_last::Geometry;

/// # Shapes
/// input, weight, bias -> output
pub(super) fn forward(
    geometry: &Geometry,
    x: &CubeTensor,
    weight: &CubeTensor,
    bias: &CubeTensor,
    activation: Activation,
) -> CubeTensor {
    let shape = geometry.output_shape();
    let out = empty(x, shape);
    let (count, dim) = units(shape.iter().product());
    // SAFETY: each unit writes one number of the output, and reads what of its window is inside.
    unsafe {
        forward_kernel::launch_unchecked(
            &x.client,
            count,
            dim,
            x.clone().into_buffer_arg(),
            weight.clone().into_buffer_arg(),
            bias.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            shape.iter().product::<usize>() as u32,
            geometry.height as u32,
            geometry.width as u32,
            geometry.channels as u32,
            shape[1] as u32,
            shape[2] as u32,
            geometry.stride as u32,
            activation == Activation::Relu6,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn forward_kernel(
    x: &[f32],
    weight: &[f32],
    bias: &[f32],
    out: &mut [f32],
    n: u32,
    height: u32,
    width: u32,
    channels: u32,
    out_height: u32,
    out_width: u32,
    stride: u32,
    #[comptime] relu6: bool,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    let channel = place % channels;
    let pixel = place / channels;
    let column = (pixel % out_width) * stride;
    let row = ((pixel / out_width) % out_height) * stride;
    let film = pixel / (out_width * out_height);
    let mut sum = bias[channel as usize];
    #[unroll]
    for down in 0..3 {
        let below = row + down as u32;
        if below >= 1 && below <= height {
            let from = (film * height + below - 1) * width;
            #[unroll]
            for right in 0..3 {
                let beside = column + right as u32;
                if beside >= 1 && beside <= width {
                    let from = (from + beside - 1) * channels + channel;
                    let tap = channel * 9 + comptime![(down * 3 + right) as u32];
                    sum += x[from as usize] * weight[tap as usize];
                }
            }
        }
    }
    out[place as usize] = activated(sum, relu6);
}

/// # Shapes
/// gradient of the output, weight -> gradient of the input
pub(super) fn input_gradient(
    geometry: &Geometry,
    gradient: &CubeTensor,
    weight: &CubeTensor,
) -> CubeTensor {
    let shape = geometry.input_shape();
    let [_, out_height, out_width, _] = geometry.output_shape();
    let out = empty(gradient, shape);
    let (count, dim) = units(shape.iter().product());
    // SAFETY: each unit writes one number of the input's gradient, and reads what reaches it and is inside.
    unsafe {
        input_gradient_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            weight.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            shape.iter().product::<usize>() as u32,
            geometry.height as u32,
            geometry.width as u32,
            geometry.channels as u32,
            out_height as u32,
            out_width as u32,
            geometry.stride as u32,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn input_gradient_kernel(
    gradient: &[f32],
    weight: &[f32],
    out: &mut [f32],
    n: u32,
    height: u32,
    width: u32,
    channels: u32,
    out_height: u32,
    out_width: u32,
    stride: u32,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    let channel = place % channels;
    let pixel = place / channels;
    let column = pixel % width;
    let row = (pixel / width) % height;
    let film = pixel / (width * height);
    let mut sum = 0.0f32;
    #[unroll]
    for down in 0..3 {
        // The window of output row `r` begins at row `r * stride - 1`.
        let above = row + 1 - down as u32;
        let above_is_one = row + 1 >= down as u32 && above.is_multiple_of(stride);
        if above_is_one && above / stride < out_height {
            let from = (film * out_height + above / stride) * out_width;
            #[unroll]
            for right in 0..3 {
                let before = column + 1 - right as u32;
                let before_is_one = column + 1 >= right as u32 && before.is_multiple_of(stride);
                if before_is_one && before / stride < out_width {
                    let from = (from + before / stride) * channels + channel;
                    let tap = channel * 9 + comptime![(down * 3 + right) as u32];
                    sum += gradient[from as usize] * weight[tap as usize];
                }
            }
        }
    }
    out[place as usize] = sum;
}

/// # Shapes
/// gradient of the output, input -> gradient of the weight, `[C, 1, 3, 3]`
pub(super) fn weight_gradient(
    geometry: &Geometry,
    gradient: &CubeTensor,
    x: &CubeTensor,
) -> CubeTensor {
    let [films, out_height, out_width, channels] = geometry.output_shape();
    let parts = empty(x, [films, channels, 9]);
    let (count, dim) = units(films * channels);
    // SAFETY: each unit writes the nine numbers of its image and channel, and reads what of the windows is inside.
    unsafe {
        weight_gradient_kernel::launch_unchecked(
            &x.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            x.clone().into_buffer_arg(),
            parts.clone().into_buffer_arg(),
            (films * channels) as u32,
            geometry.height as u32,
            geometry.width as u32,
            channels as u32,
            out_height as u32,
            out_width as u32,
            geometry.stride as u32,
        );
    }
    sum_of_parts(&parts, films, [channels, 1, 3, 3])
}

#[cube(launch_unchecked)]
fn weight_gradient_kernel(
    gradient: &[f32],
    x: &[f32],
    parts: &mut [f32],
    n: u32,
    height: u32,
    width: u32,
    channels: u32,
    out_height: u32,
    out_width: u32,
    stride: u32,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    let channel = place % channels;
    let film = place / channels;
    let mut sums = Array::<f32>::new(9usize);
    #[unroll]
    for tap in 0..9usize {
        sums[tap] = 0.0;
    }
    for row in 0..out_height {
        for column in 0..out_width {
            let from = ((film * out_height + row) * out_width + column) * channels + channel;
            let number = gradient[from as usize];
            #[unroll]
            for down in 0..3 {
                let below = row * stride + down as u32;
                if below >= 1 && below <= height {
                    let from = (film * height + below - 1) * width;
                    #[unroll]
                    for right in 0..3 {
                        let beside = column * stride + right as u32;
                        if beside >= 1 && beside <= width {
                            let from = (from + beside - 1) * channels + channel;
                            sums[comptime![(down * 3 + right) as usize]] +=
                                x[from as usize] * number;
                        }
                    }
                }
            }
        }
    }
    #[unroll]
    for tap in 0..9usize {
        parts[(place * 9 + tap as u32) as usize] = sums[tap];
    }
}
