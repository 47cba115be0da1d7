//! Small pieces of the networks, forward and backward, that every device must compute as the CPU does: every kind of kernel
//! that a run uses, with the channels that it has there.
//!
//! Most numbers are small multiples of powers of two. Their products and sums are exact in single precision, in whatever order a
//! device adds, so that no number falls on the other side of a ReLU.

mod exercises;

use burn::tensor::{Device, Tensor, TensorData};

use crate::features::read;
use exercises::{EXERCISES, Exercise};

/// Largest difference from the CPU's numbers, as a share of the largest of a tensor. What is not exact differs by about
/// 1e-6; a skipped or wrong kernel is off by whole numbers.
pub const TOLERANCE: f32 = 1e-4;

/// Numbers of one tensor, and what they are.
pub(crate) struct Named {
    what: &'static str,
    numbers: Tensor<1>,
}

/// Computes on `device` and on the CPU.
///
/// # Errors
/// Where the two differ, or what the device failed with.
pub async fn run(device: &Device) -> Result<(), String> {
    for exercise in EXERCISES {
        let expected = numbers(exercise, &Device::flex()).await?;
        let computed = numbers(exercise, device).await?;
        for ((what, expected), (_, computed)) in expected.iter().zip(&computed) {
            agree(expected, computed, TOLERANCE)
                .map_err(|difference| format!("{}, {what}: {difference}", exercise.name))?;
        }
    }
    Ok(())
}

/// What the device makes of everything, in one row.
///
/// # Errors
/// What it failed with.
pub async fn all_numbers(device: &Device) -> Result<Vec<f32>, String> {
    let mut all = Vec::new();
    for exercise in EXERCISES {
        let tensors = numbers(exercise, device).await?;
        all.extend(tensors.into_iter().flat_map(|(_, numbers)| numbers));
    }
    Ok(all)
}

async fn numbers(
    exercise: &Exercise,
    device: &Device,
) -> Result<Vec<(&'static str, Vec<f32>)>, String> {
    let tensors = (exercise.compute)(&device.clone().autodiff())?;
    let mut numbers = Vec::with_capacity(tensors.len());
    for Named {
        what,
        numbers: tensor,
    } in tensors
    {
        let own = read(tensor).await.map_err(|error| error.to_string())?;
        numbers.push((what, own));
    }
    Ok(numbers)
}

/// Compares what a device computed with what it should have; the answer names the worst number.
///
/// # Errors
/// A sentence with both numbers, when one differs by more than `tolerance` times the largest
/// expected magnitude, or is not a number.
pub fn agree(expected: &[f32], computed: &[f32], tolerance: f32) -> Result<(), String> {
    if expected.len() != computed.len() {
        return Err(format!(
            "{} numbers came back instead of {}",
            computed.len(),
            expected.len()
        ));
    }
    let scale = expected
        .iter()
        .fold(0.0_f32, |scale, value| scale.max(value.abs()));
    let worst = expected
        .iter()
        .zip(computed)
        .enumerate()
        .map(|(place, (expected, computed))| (place, (expected - computed).abs()))
        .max_by(|(_, a), (_, b)| a.total_cmp(b));
    match worst {
        Some((place, difference)) if difference.is_nan() || difference > tolerance * scale => {
            Err(format!(
                "number {place} came back as {} instead of {}",
                computed[place], expected[place]
            ))
        }
        _ => Ok(()),
    }
}

/// Numbers that look random and are the same everywhere: multiples of `step` from `-most * step` to `most * step`.
fn even<const D: usize>(
    shape: [usize; D],
    most: u32,
    step: f32,
    seed: u32,
    device: &Device,
) -> Tensor<D> {
    let n = shape.iter().product::<usize>() as u32;
    let values: Vec<f32> = (0..n)
        .map(|place| {
            let mixed = (place ^ seed.rotate_left(16)).wrapping_mul(0x9e37_79b1);
            let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca77);
            let whole = (mixed ^ (mixed >> 13)) % (2 * most + 1);
            (whole as f32 - most as f32) * step
        })
        .collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_within_the_tolerance_and_not_beyond() {
        assert_eq!(agree(&[1.0, -2.0], &[1.001, -2.0], 1e-3), Ok(()));
        assert!(agree(&[1.0, -2.0], &[1.01, -2.0], 1e-3).is_err());
        assert!(agree(&[1.0], &[f32::NAN], 1e-3).is_err());
        assert!(agree(&[f32::NAN], &[1.0], 1e-3).is_err());
        assert!(agree(&[1.0, 2.0], &[1.0], 1e-3).is_err());
    }

    #[test]
    fn the_cpu_passes_and_computes_something() {
        let cpu = Device::flex();
        assert_eq!(pollster::block_on(run(&cpu)), Ok(()));
        for exercise in EXERCISES {
            let tensors = pollster::block_on(numbers(exercise, &cpu)).expect(exercise.name);
            for (what, numbers) in tensors {
                let some = numbers.iter().any(|number| number.abs() > 1e-3);
                assert!(some, "{}: {what} is 0", exercise.name);
            }
        }
    }
}
