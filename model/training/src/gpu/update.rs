//! A step of Adam in one pass over the parameters.

#![allow(
    unsafe_code,
    reason = "a kernel is launched without a check of each index; the sizes are the tensors' own"
)]

use burn::{backend::Cube, tensor::Tensor};
use burn_cubecl::tensor::CubeTensor;
use cubecl::prelude::*;

use super::{empty, plain, shaped, units, whole};
use crate::adam::{BETA_1, BETA_2, Rates};

/// The parameter after the step, and the moments of its gradient.
///
/// # Shapes
/// moments in one row, as long as the parameter has numbers
pub(crate) fn update<const D: usize>(
    rates: &Rates,
    parameter: Tensor<D>,
    gradient: Tensor<D>,
    moments: [Tensor<1>; 2],
) -> (Tensor<D>, [Tensor<1>; 2]) {
    let shape: [usize; D] = parameter.dims();
    let n: usize = shape.iter().product();
    let [parameter, gradient] = [parameter, gradient].map(plain).map(whole);
    let [first, second] = moments.map(plain).map(own);
    let moved = empty(&parameter, shape);
    let (count, dim) = units(n);
    // SAFETY: each unit reads and writes one number of each.
    unsafe {
        update_kernel::launch_unchecked(
            &parameter.client,
            count,
            dim,
            parameter.clone().into_buffer_arg(),
            gradient.into_buffer_arg(),
            first.clone().into_buffer_arg(),
            second.clone().into_buffer_arg(),
            moved.clone().into_buffer_arg(),
            rates.step,
            rates.epsilon,
            n as u32,
        );
    }
    let moved = Tensor::from_primitive::<Cube>(shaped(&moved, shape));
    let moments = [first, second].map(Tensor::from_primitive::<Cube>);
    (moved, moments)
}

/// The same numbers where nobody else reads them, to be written over.
fn own(moment: CubeTensor) -> CubeTensor {
    let moment = whole(moment);
    if moment.can_mut() {
        moment
    } else {
        moment.copy()
    }
}

#[cube(launch_unchecked)]
fn update_kernel(
    parameter: &[f32],
    gradient: &[f32],
    first: &mut [f32],
    second: &mut [f32],
    moved: &mut [f32],
    step: f32,
    epsilon: f32,
    n: u32,
) {
    let place = ABSOLUTE_POS;
    if place as u32 >= n {
        terminate!();
    }
    let slope = gradient[place];
    let mean = first[place] * BETA_1 + slope * comptime![1.0 - BETA_1];
    let spread = second[place] * BETA_2 + slope * slope * comptime![1.0 - BETA_2];
    first[place] = mean;
    second[place] = spread;
    moved[place] = parameter[place] - step * mean / (spread.sqrt() + epsilon);
}
