//! PyTorch's state dictionaries: the tensors of a network, by name.

use std::{collections::HashMap, io::Write};

use pytorch_reader::{DType, PytorchReader};
use tempfile::NamedTempFile;

use crate::error::{AssetError, Result};

/// A tensor of the state dictionary, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// Reads the `f32` tensors of a PyTorch file, by name; whatever else it holds is left out.
///
/// # Errors
/// The file is not such a file, or is broken off.
pub fn read(file: &[u8]) -> Result<HashMap<String, Tensor>> {
    // A copy on disk, since the reader takes tensors from files only.
    let mut copy = NamedTempFile::new().map_err(copying())?;
    copy.write_all(file).map_err(copying())?;
    let reader = PytorchReader::new(copy.path()).map_err(|error| fault(error.to_string()))?;
    let mut state = HashMap::new();
    for (name, tensor) in reader.into_tensors() {
        if tensor.dtype() != DType::F32 {
            continue;
        }
        // A tensor of stride 0 is as large as it says, whatever the file holds.
        if tensor.byte_len() > file.len() {
            return Err(fault(format!("tensor {name} is larger than the file")));
        }
        let bytes = tensor.read().map_err(|error| fault(error.to_string()))?;
        let numbers = bytes.as_chunks().0.iter().copied().map(f32::from_ne_bytes);
        let values = numbers.collect();
        let shape = tensor.shape().to_vec();
        state.insert(name, Tensor { shape, values });
    }
    Ok(state)
}

fn fault(detail: impl Into<String>) -> AssetError {
    AssetError::format("PyTorch file", detail)
}

fn copying() -> impl FnOnce(std::io::Error) -> AssetError {
    AssetError::io("Copying the PyTorch file to the folder for temporary files")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A legacy file of this pickled object, before the order of its storages.
    fn legacy(object: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        file.extend(b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.");
        file.extend(b"\x80\x02M\xe9\x03.");
        file.extend(b"\x80\x02}X\x0d\x00\x00\x00little_endian\x88s.");
        file.extend(object);
        file
    }

    /// A state dictionary of one tensor `w`, of this shape, written by hand.
    fn tiny(shape: [u8; 2], strides: [u8; 2], numbers: &[f32]) -> Vec<u8> {
        let mut object = Vec::new();
        object.extend(b"\x80\x02ccollections\nOrderedDict\nq\x00)R(X\x01\x00\x00\x00w");
        object.extend(
            b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n",
        );
        object.extend(b"X\x01\x00\x00\x007X\x03\x00\x00\x00cpuK\x02NtQK\x00");
        for [outer, inner] in [shape, strides] {
            object.extend([b'K', outer, b'K', inner, 0x86]);
        }
        object.extend(b"\x89h\x00)RtRu.");
        let mut file = legacy(&object);
        file.extend(b"\x80\x02](X\x01\x00\x00\x007e.");
        file.extend(2_i64.to_le_bytes());
        file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        file
    }

    #[test]
    fn reads_a_tensor() {
        let state = read(&tiny([2, 1], [1, 1], &[1.5, -2.0])).expect("the file is sound");
        let expected = Tensor {
            shape: vec![2, 1],
            values: vec![1.5, -2.0],
        };
        assert_eq!(state, HashMap::from([("w".to_string(), expected)]));
    }

    #[test]
    fn says_that_a_file_is_broken_off() {
        let whole = tiny([2, 1], [1, 1], &[1.5, -2.0]);
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_err(), "of length {length}");
        }
    }

    #[test]
    fn refuses_tensors_that_the_file_cannot_hold() {
        assert!(read(&tiny([3, 1], [1, 1], &[1.5, -2.0])).is_err());
        let expanded = tiny([255, 255], [0, 0], &[1.5, -2.0]);
        let error = read(&expanded).expect_err("65025 numbers from one");
        assert!(error.to_string().contains("larger"), "{error}");
    }

    #[test]
    fn refuses_unknown_functions() {
        let mut harmful = legacy(b"\x80\x02cos\nsystem\n)R.");
        harmful.extend(b"\x80\x02].");
        let error = read(&harmful).expect_err("it calls os.system");
        assert!(error.to_string().contains("os.system"), "{error}");
    }
}
