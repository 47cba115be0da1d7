//! Legacy PyTorch files: five pickles (magic number, protocol, system facts, the object, the order of
//! the storages) followed by the storages: a 64-bit count and that many little-endian numbers each.

use std::collections::HashMap;

use super::pickle::{Kind, Reader, Value, View, fault};
use crate::error::Result;

const MAGIC: i128 = 0x1950_a86a_20f9_469c_fc6c;

/// A tensor of the state dictionary, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// Reads the `f32` tensors of a legacy file, by name; tensors of other types are left out.
///
/// # Errors
/// The file is not such a file, or is broken off.
pub fn read_state(file: &[u8]) -> Result<HashMap<String, Tensor>> {
    let mut reader = Reader { bytes: file };
    if reader.pickle()? != Value::Int(MAGIC) {
        return Err(fault("no magic number of a legacy file"));
    }
    reader.pickle()?;
    reader.pickle()?;
    let Value::Dict(entries) = reader.pickle()? else {
        return Err(fault("the object is no dictionary"));
    };
    let Value::List(order) = reader.pickle()? else {
        return Err(fault("the storages have no order"));
    };
    let kinds: HashMap<&str, Kind> = entries
        .iter()
        .filter_map(|(_, value)| match value {
            Value::Tensor(view) => Some((view.storage.key.as_str(), view.storage.kind)),
            _ => None,
        })
        .collect();
    let mut storages: HashMap<&str, Vec<f32>> = HashMap::new();
    for key in &order {
        let Value::Text(key) = key else {
            return Err(fault("a storage has no name"));
        };
        let kind = kinds.get(key.as_str()).copied();
        let kind = kind.ok_or_else(|| fault("a storage of unknown type"))?;
        let count = usize::try_from(i64::from_le_bytes(reader.array()?))
            .map_err(|_| fault("a storage of negative length"))?;
        let bytes = reader.take(
            count
                .checked_mul(kind.bytes())
                .ok_or_else(|| fault("a storage too long"))?,
        )?;
        if kind == Kind::Float {
            let numbers = bytes
                .as_chunks::<4>()
                .0
                .iter()
                .copied()
                .map(f32::from_le_bytes);
            storages.insert(key, numbers.collect());
        }
    }
    let mut state = HashMap::new();
    for (name, value) in &entries {
        if let (Value::Text(name), Value::Tensor(view)) = (name, value)
            && view.storage.kind == Kind::Float
        {
            state.insert(name.clone(), view.gather(&storages)?);
        }
    }
    Ok(state)
}

impl View {
    fn gather(&self, storages: &HashMap<&str, Vec<f32>>) -> Result<Tensor> {
        let count: usize = self.shape.iter().product();
        let values = storages
            .get(self.storage.key.as_str())
            .and_then(|storage| storage.get(self.offset..self.offset.checked_add(count)?))
            .ok_or_else(|| fault("a tensor reaches beyond its storage"))?;
        Ok(Tensor {
            shape: self.shape.clone(),
            values: values.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state dictionary of one tensor `w`, of shape [2, 1], written by hand.
    fn tiny(numbers: &[f32]) -> Vec<u8> {
        let mut file = Vec::new();
        file.extend(b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.");
        file.extend(b"\x80\x02M\xe9\x03.");
        file.extend(b"\x80\x02}.");
        file.extend(b"\x80\x02ccollections\nOrderedDict\nq\x00)R(X\x01\x00\x00\x00w");
        file.extend(
            b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n",
        );
        file.extend(b"X\x01\x00\x00\x007X\x03\x00\x00\x00cpuK\x02NtQK\x00K\x02K\x01\x86K\x01K\x01\x86\x89h\x00)RtRu.");
        file.extend(b"\x80\x02](X\x01\x00\x00\x007e.");
        file.extend(2_i64.to_le_bytes());
        file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        file
    }

    #[test]
    fn reads_a_tensor() {
        let state = read_state(&tiny(&[1.5, -2.0])).expect("the file is sound");
        let expected = Tensor {
            shape: vec![2, 1],
            values: vec![1.5, -2.0],
        };
        assert_eq!(state, HashMap::from([("w".to_string(), expected)]));
    }

    #[test]
    fn says_that_a_file_is_broken_off() {
        let whole = tiny(&[1.5, -2.0]);
        for length in 0..whole.len() {
            assert!(read_state(&whole[..length]).is_err(), "of length {length}");
        }
    }

    #[test]
    fn refuses_unknown_functions() {
        let harmful =
            b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02cos\nsystem\n)R.";
        let error = read_state(harmful).expect_err("it calls os.system");
        assert!(error.to_string().contains("os.system"), "{error}");
    }
}
