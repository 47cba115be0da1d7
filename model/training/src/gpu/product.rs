//! A product of matrices, each unit a tile of it in its registers.
//!
//! Nothing is shared between units: what that saves on a graphics processor costs more than it gives where one is
//! emulated, and none of these products is large.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{Activation, empty};

/// Rows and columns of a unit's tile.
const TILE: (usize, usize) = (8, 4);
/// Units beside each other, which read neighbouring columns, and below each other.
const UNITS: (u32, u32) = (16, 4);

/// A matrix in a buffer: how far apart its rows and its columns are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Steps {
    /// Row after row.
    pub(super) fn rows(columns: usize) -> Self {
        Self {
            row: columns,
            column: 1,
        }
    }

    /// The transposed of a matrix whose rows have so many numbers.
    pub(super) fn transposed(columns: usize) -> Self {
        Self {
            row: 1,
            column: columns,
        }
    }
}

/// `left * right`, with a bias for each column and what follows.
///
/// # Shapes
/// left `[rows, depth]`, right `[depth, columns]`, bias `[columns]` -> `[rows, columns]`
pub(super) fn product(
    [rows, depth, columns]: [usize; 3],
    (left, left_steps): (&CubeTensor, Steps),
    (right, right_steps): (&CubeTensor, Steps),
    bias: Option<&CubeTensor>,
    activation: Activation,
) -> CubeTensor {
    let out = empty(left, [rows, columns]);
    let across = columns.div_ceil(TILE.1 * UNITS.0 as usize) as u32;
    let down = rows.div_ceil(TILE.0 * UNITS.1 as usize) as u32;
    // SAFETY: the kernel reads and writes no row and no column outside of what the sizes say.
    unsafe {
        product_kernel::launch_unchecked(
            &left.client,
            CubeCount::Static(across, down, 1),
            CubeDim::new_2d(UNITS.0, UNITS.1),
            left.clone().into_buffer_arg(),
            right.clone().into_buffer_arg(),
            bias.map(|bias| bias.clone().into_buffer_arg()).into(),
            out.clone().into_buffer_arg(),
            rows as u32,
            depth as u32,
            columns as u32,
            left_steps.row as u32,
            left_steps.column as u32,
            right_steps.row as u32,
            right_steps.column as u32,
            activation == Activation::Relu6,
            TILE.0,
            TILE.1,
        );
    }
    out
}

#[cube(launch_unchecked)]
fn product_kernel(
    left: &[f32],
    right: &[f32],
    bias: ComptimeOption<&[f32]>,
    out: &mut [f32],
    rows: u32,
    depth: u32,
    columns: u32,
    left_row: u32,
    left_column: u32,
    right_row: u32,
    right_column: u32,
    #[comptime] relu6: bool,
    #[comptime] tile_rows: usize,
    #[comptime] tile_columns: usize,
) {
    let row = (CUBE_POS_Y * CUBE_DIM_Y + UNIT_POS_Y) * tile_rows as u32;
    let column = CUBE_POS_X * CUBE_DIM_X * tile_columns as u32 + UNIT_POS_X;
    if row >= rows || column >= columns {
        terminate!();
    }
    let mut sums = Array::<f32>::new(comptime![tile_rows * tile_columns]);
    let mut left_at = Array::<u32>::new(tile_rows);
    let mut right_at = Array::<u32>::new(tile_columns);
    #[unroll]
    for i in 0..tile_rows {
        // What lies outside is computed of the last row, and not written.
        left_at[i] = min(row + i as u32, rows - 1) * left_row;
    }
    #[unroll]
    for j in 0..tile_columns {
        right_at[j] = min(column + j as u32 * CUBE_DIM_X, columns - 1) * right_column;
    }
    #[unroll]
    for place in 0..comptime![tile_rows * tile_columns] {
        sums[place] = 0.0;
    }
    let mut left_offset = 0u32;
    let mut right_offset = 0u32;
    for _ in 0..depth {
        let mut lefts = Array::<f32>::new(tile_rows);
        #[unroll]
        for i in 0..tile_rows {
            lefts[i] = left[(left_at[i] + left_offset) as usize];
        }
        #[unroll]
        for j in 0..tile_columns {
            let number = right[(right_at[j] + right_offset) as usize];
            #[unroll]
            for i in 0..tile_rows {
                sums[comptime![i * tile_columns + j]] += lefts[i] * number;
            }
        }
        left_offset += left_column;
        right_offset += right_row;
    }
    #[unroll]
    for j in 0..tile_columns {
        let to = column + j as u32 * CUBE_DIM_X;
        if to < columns {
            let bias: ComptimeOption<f32> = bias.as_ref().map(|bias| bias[to as usize]);
            let bias = bias.unwrap_or_else(|| f32::new(0.0));
            #[unroll]
            for i in 0..tile_rows {
                let below = row + i as u32;
                if below < rows {
                    let sum = sums[comptime![i * tile_columns + j]] + bias;
                    out[(below * columns + to) as usize] = activated(sum, relu6);
                }
            }
        }
    }
}

/// NaN stays NaN, so that a run that diverges is noticed.
#[cube]
pub(super) fn activated(sum: f32, #[comptime] relu6: bool) -> f32 {
    if relu6 {
        let above = select(sum < 0.0, 0.0f32, sum);
        select(above > 6.0, 6.0f32, above)
    } else {
        sum
    }
}
