//! The backbone's weights as they travel: a safetensors file of numbers in 8, 16 or 32 bit.

mod directory;

use half::f16;
use rand::{Rng, seq::SliceRandom};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use directory::Directory;
use directory::{Numbers, Tensor};

/// A file of weights and its directory. Tensors are named `STAGE.LAYER.weight` and `STAGE.LAYER.bias`, stages
/// counted as in [`architecture`](crate::architecture).
///
/// A `weight` of whole numbers (I8) has a `STAGE.LAYER.scale` (F16), one number an output channel: what the
/// channel's whole numbers are multiplied with. All others are F16 or F32 and stand for themselves.
#[derive(Clone)]
pub struct Weights {
    directory: Directory,
    bytes: Vec<u8>,
}

/// A tensor's numbers as the file has them, row-major, least byte first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored<'a> {
    /// F32
    Single(&'a [u8]),
    /// F16
    Half(&'a [u8]),
    /// I8, with the F16 that each output channel is multiplied with.
    Whole { numbers: &'a [u8], scales: &'a [u8] },
}

/// Why a file of weights cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum WeightsError {
    /// Not a whole safetensors file.
    #[error("the weights are damaged: {0}")]
    Damaged(String),
    /// A tensor is not there, of another shape or type than the network expects, or not of finite numbers.
    #[error("the weights lack a fitting {0}")]
    Tensor(String),
}

const WEIGHT: &str = ".weight";
const SCALE: &str = ".scale";

impl Weights {
    /// # Errors
    /// [`WeightsError::Damaged`] when the bytes are not a whole safetensors file.
    pub fn parse(bytes: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self::listed(Directory::read(bytes)?, bytes.to_vec()))
    }

    /// A file whose directory has been read elsewhere: a program that only computes need not be able to.
    pub fn listed(directory: Directory, bytes: Vec<u8>) -> Self {
        Self { directory, bytes }
    }

    /// The file as it was read.
    pub fn file(&self) -> &[u8] {
        &self.bytes
    }

    /// The same numbers, but in another order within each tensor. They are kept in 32 bit, since a scale holds for the
    /// places of its channel and not for the numbers that come there.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] when a tensor cannot be read.
    pub fn shuffled(&self, random: &mut impl Rng) -> Result<Self, WeightsError> {
        let mut bytes = Vec::new();
        let tensors = self.directory.tensors.iter();
        let shuffled = tensors
            .filter(|tensor| !tensor.name.ends_with(SCALE))
            .map(|tensor| {
                let mut numbers = self.numbers(&tensor.name, &tensor.shape)?;
                numbers.shuffle(random);
                let start = bytes.len();
                bytes.extend(numbers.into_iter().flat_map(f32::to_le_bytes));
                Ok(Tensor {
                    numbers: Numbers::Single,
                    start,
                    end: bytes.len(),
                    ..tensor.clone()
                })
            });
        let tensors = shuffled.collect::<Result<_, _>>()?;
        Ok(Self::listed(Directory { tensors }, bytes))
    }

    /// The tensor of this name as 32-bit numbers, row-major.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] when it or its scale is missing, of another shape or type, or not finite.
    pub fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
        self.tensor(name, shape)
            .filter(|numbers| numbers.len() == shape.iter().product::<usize>())
            .filter(|numbers| numbers.iter().all(|number| number.is_finite()))
            .ok_or_else(|| WeightsError::Tensor(format!("{name} {shape:?}")))
    }

    /// The tensor of this name as the file has it, for who passes it on.
    ///
    /// # Errors
    /// As [`Self::numbers`].
    pub fn stored(&self, name: &str, shape: &[usize]) -> Result<Stored<'_>, WeightsError> {
        self.numbers(name, shape)?;
        self.as_stored(name, shape)
            .ok_or_else(|| WeightsError::Tensor(format!("{name} {shape:?}")))
    }

    fn as_stored(&self, name: &str, shape: &[usize]) -> Option<Stored<'_>> {
        let tensor = self.directory.find(name, shape)?;
        let bytes = self.bytes.get(tensor.start..tensor.end)?;
        Some(match tensor.numbers {
            Numbers::Single => Stored::Single(bytes),
            Numbers::Half => Stored::Half(bytes),
            Numbers::Whole => {
                let layer = name.strip_suffix(WEIGHT)?;
                let scales = self
                    .directory
                    .find(&format!("{layer}{SCALE}"), &[*shape.first()?])?;
                if scales.numbers != Numbers::Half {
                    return None;
                }
                Stored::Whole {
                    numbers: bytes,
                    scales: self.bytes.get(scales.start..scales.end)?,
                }
            }
        })
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Option<Vec<f32>> {
        match self.as_stored(name, shape)? {
            Stored::Single(bytes) => {
                let words = bytes.as_chunks().0.iter().copied();
                Some(words.map(f32::from_le_bytes).collect())
            }
            Stored::Half(bytes) => Some(halves(bytes)),
            Stored::Whole { numbers, scales } => scaled(numbers, &halves(scales)),
        }
    }
}

/// Whole numbers times the scale of their output channel.
fn scaled(whole: &[u8], scales: &[f32]) -> Option<Vec<f32>> {
    if !scales.iter().all(|scale| scale.is_finite()) {
        return None;
    }
    // At least 1, so that a tensor without numbers is read as such.
    let per_channel = (whole.len() / scales.len().max(1)).max(1);
    let kernels = whole.chunks_exact(per_channel).zip(scales);
    Some(
        kernels
            .flat_map(|(kernel, scale)| {
                kernel
                    .iter()
                    .map(move |&byte| f32::from(byte.cast_signed()) * scale)
            })
            .collect(),
    )
}

fn halves(bytes: &[u8]) -> Vec<f32> {
    let pairs = bytes.as_chunks().0.iter().copied();
    pairs
        .map(|pair| f16::from_le_bytes(pair).to_f32())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use safetensors::{Dtype, tensor::TensorView};

    type Row<'a> = (&'a str, Dtype, &'a [usize], Vec<u8>);

    fn file(rows: &[Row]) -> Weights {
        let views = rows.iter().map(|(name, kind, shape, bytes)| {
            let view = TensorView::new(*kind, shape.to_vec(), bytes).expect("bytes of the shape");
            (*name, view)
        });
        let bytes = safetensors::serialize(views, None).expect("a file");
        Weights::parse(&bytes).expect("a whole file")
    }

    fn half(numbers: &[f32]) -> Vec<u8> {
        let halves = numbers.iter().map(|&number| f16::from_f32(number));
        halves.flat_map(f16::to_le_bytes).collect()
    }

    fn single(numbers: &[f32]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }

    fn whole(numbers: &[i8]) -> Vec<u8> {
        numbers
            .iter()
            .map(|number| number.cast_unsigned())
            .collect()
    }

    /// A layer of two output channels in 8 bit, and a layer each in 16 and in 32.
    fn three_layers() -> Weights {
        file(&[
            (
                "3.expand.weight",
                Dtype::I8,
                &[2, 3, 1, 1],
                whole(&[127, -127, 0, 1, -2, 3]),
            ),
            ("3.expand.scale", Dtype::F16, &[2], half(&[0.5, 2.0])),
            ("3.expand.bias", Dtype::F16, &[2], half(&[0.25, -1.5])),
            (
                "0.conv.weight",
                Dtype::F32,
                &[2, 1],
                single(&[1e-7, 1973.5]),
            ),
        ])
    }

    #[test]
    fn reads_each_kind_of_number() {
        let weights = three_layers();
        assert_eq!(
            weights.numbers("3.expand.weight", &[2, 3, 1, 1]),
            Ok(vec![63.5, -63.5, 0.0, 2.0, -4.0, 6.0])
        );
        assert_eq!(weights.numbers("3.expand.bias", &[2]), Ok(vec![0.25, -1.5]));
        assert_eq!(
            weights.numbers("0.conv.weight", &[2, 1]),
            Ok(vec![1e-7, 1973.5])
        );
    }

    #[test]
    fn refuses_what_is_not_as_the_network_expects() {
        let refused = |weights: &Weights, name: &str, shape: &[usize]| {
            let error = weights.numbers(name, shape).expect_err(name);
            assert_eq!(error, WeightsError::Tensor(format!("{name} {shape:?}")));
        };
        let weights = three_layers();
        refused(&weights, "4.expand.weight", &[2, 3, 1, 1]);
        for name in ["3.expand.weight", "3.expand.bias", "0.conv.weight"] {
            refused(&weights, name, &[3, 2]);
        }
        let bytes = || whole(&[1, 2]);
        let scale = "3.expand.scale";
        for (kind, shape, bytes_of_scale) in [
            (Dtype::F16, &[1][..], half(&[1.0])),
            (Dtype::F16, &[1, 2], half(&[1.0, 1.0])),
            (Dtype::F32, &[2], single(&[1.0, 1.0])),
            (Dtype::F16, &[2], half(&[1.0, f32::INFINITY])),
            (Dtype::F16, &[2], half(&[1.0, f32::NAN])),
        ] {
            let own = ("3.expand.weight", Dtype::I8, &[2, 1][..], bytes());
            let weights = file(&[own, (scale, kind, shape, bytes_of_scale)]);
            refused(&weights, "3.expand.weight", &[2, 1]);
        }
        let lonely = file(&[
            ("3.expand.weight", Dtype::I8, &[2, 1], bytes()),
            ("3.expand.bias", Dtype::I8, &[2], bytes()),
            ("3.project.weight", Dtype::U8, &[2, 1], bytes()),
        ]);
        refused(&lonely, "3.expand.weight", &[2, 1]);
        refused(&lonely, "3.expand.bias", &[2]);
        refused(&lonely, "3.project.weight", &[2, 1]);
    }

    #[test]
    fn refuses_numbers_that_are_not_finite() {
        let weights = file(&[
            ("half", Dtype::F16, &[2], half(&[1.0, f32::NAN])),
            (
                "single",
                Dtype::F32,
                &[2],
                single(&[1.0, f32::NEG_INFINITY]),
            ),
        ]);
        assert!(weights.numbers("half", &[2]).is_err());
        assert!(weights.numbers("single", &[2]).is_err());
    }

    #[test]
    fn a_file_that_is_not_whole_is_refused() {
        let Weights { directory, bytes } = three_layers();
        let cut = &bytes[..bytes.len() - 1];
        assert!(matches!(Weights::parse(cut), Err(WeightsError::Damaged(_))));
        // The last of the file, as its numbers are the smallest.
        let name = "3.expand.weight";
        let listed = Weights::listed(directory, cut.to_vec());
        assert_eq!(
            listed.numbers(name, &[2, 3, 1, 1]),
            Err(WeightsError::Tensor(format!("{name} [2, 3, 1, 1]")))
        );
    }

    #[test]
    fn shuffling_keeps_the_numbers_of_each_tensor() {
        let weights = three_layers();
        let shuffled = weights
            .shuffled(&mut ChaCha8Rng::seed_from_u64(1))
            .expect("a file");
        let mut moved = false;
        for (name, shape) in [
            ("3.expand.weight", &[2, 3, 1, 1][..]),
            ("3.expand.bias", &[2]),
            ("0.conv.weight", &[2, 1]),
        ] {
            let mut before = weights.numbers(name, shape).expect(name);
            let mut after = shuffled.numbers(name, shape).expect(name);
            moved |= before != after;
            before.sort_by(f32::total_cmp);
            after.sort_by(f32::total_cmp);
            assert_eq!(before, after, "{name}");
        }
        assert!(moved);
    }
}
