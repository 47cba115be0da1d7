//! Sums over images and pixels, and the gradient of ReLU6.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{empty, units};

/// Parts that a sum over rows is made of: as many units work on a column.
const PARTS: usize = 8;

/// # Shapes
/// `[parts, ...]` -> `shape`
pub(super) fn sum_of_parts<const D: usize>(
    parts: &CubeTensor,
    number: usize,
    shape: [usize; D],
) -> CubeTensor {
    let out = empty(parts, shape);
    let n: usize = shape.iter().product();
    let (count, dim) = units(n);
    // SAFETY: each unit writes one number, and reads that of each part.
    unsafe {
        sum_of_parts_kernel::launch_unchecked(
            &parts.client,
            count,
            dim,
            parts.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            n as u32,
            number as u32,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn sum_of_parts_kernel(parts: &[f32], out: &mut [f32], n: u32, number: u32) {
    let place = ABSOLUTE_POS as u32;
    if place >= n {
        terminate!();
    }
    let mut sum = 0.0f32;
    for part in 0..number {
        sum += parts[(part * n + place) as usize];
    }
    out[place as usize] = sum;
}

/// The gradient before ReLU6, and its sum over each column. Nothing passes where the output is 0 or 6.
///
/// # Shapes
/// gradient and output `[rows, columns]` -> `[rows, columns]`, `[columns]`
pub(super) fn through_relu6(
    [rows, columns]: [usize; 2],
    gradient: &CubeTensor,
    output: &CubeTensor,
) -> (CubeTensor, CubeTensor) {
    let passed = empty(gradient, [rows, columns]);
    let parts = empty(gradient, [PARTS, columns]);
    let (count, dim) = units(PARTS * columns);
    // SAFETY: each unit reads and writes its own rows of one column.
    unsafe {
        through_relu6_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            gradient.clone().into_buffer_arg(),
            output.clone().into_buffer_arg(),
            passed.clone().into_buffer_arg(),
            parts.clone().into_buffer_arg(),
            rows as u32,
            columns as u32,
            PARTS as u32,
        );
    }
    (passed, sum_of_parts(&parts, PARTS, [columns]))
}

#[cube(launch_unchecked)]
fn through_relu6_kernel(
    gradient: &[f32],
    output: &[f32],
    passed: &mut [f32],
    parts: &mut [f32],
    rows: u32,
    columns: u32,
    number: u32,
) {
    let place = ABSOLUTE_POS as u32;
    if place >= number * columns {
        terminate!();
    }
    let column = place % columns;
    let part = place / columns;
    let each = rows.div_ceil(number);
    let mut sum = 0.0f32;
    for row in part * each..min((part + 1) * each, rows) {
        let at = (row * columns + column) as usize;
        let after = output[at];
        let own = select(after > 0.0 && after < 6.0, gradient[at], 0.0f32);
        passed[at] = own;
        sum += own;
    }
    parts[place as usize] = sum;
}

/// The sum of each column.
///
/// # Shapes
/// `[rows, columns]` -> `[columns]`
pub(super) fn columns([rows, columns]: [usize; 2], x: &CubeTensor) -> CubeTensor {
    let parts = empty(x, [PARTS, columns]);
    let (count, dim) = units(PARTS * columns);
    // SAFETY: each unit reads its own rows of one column.
    unsafe {
        columns_kernel::launch_unchecked(
            &x.client,
            count,
            dim,
            x.clone().into_buffer_arg(),
            parts.clone().into_buffer_arg(),
            rows as u32,
            columns as u32,
            PARTS as u32,
        );
    }
    sum_of_parts(&parts, PARTS, [columns])
}

#[cube(launch_unchecked)]
fn columns_kernel(x: &[f32], parts: &mut [f32], rows: u32, columns: u32, number: u32) {
    let place = ABSOLUTE_POS as u32;
    if place >= number * columns {
        terminate!();
    }
    let column = place % columns;
    let part = place / columns;
    let each = rows.div_ceil(number);
    let mut sum = 0.0f32;
    for row in part * each..min((part + 1) * each, rows) {
        sum += x[(row * columns + column) as usize];
    }
    parts[place as usize] = sum;
}
