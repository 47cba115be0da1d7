//! MetaImage: a text header beside 16-bit raw numbers.

use super::{Grid, Stored};
use crate::error::{AssetError, Result};

/// Reads a raw file by its `.mhd` header.
///
/// # Errors
/// Not plain little-endian 16-bit numbers whose axes run to the patient's left, back and head.
pub fn read(header: &[u8], raw: &[u8]) -> Result<Grid> {
    let header = String::from_utf8_lossy(header);
    let field = |name: &str| {
        header
            .lines()
            .filter_map(|line| line.split_once('='))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim())
            .ok_or_else(|| fault(format!("no {name}")))
    };
    for (name, expected) in [
        ("ElementType", "MET_SHORT"),
        ("BinaryDataByteOrderMSB", "False"),
        ("CompressedData", "False"),
        ("TransformMatrix", "1 0 0 0 1 0 0 0 1"),
        ("AnatomicalOrientation", "RAI"),
    ] {
        if field(name)? != expected {
            return Err(fault(format!("{name} is not {expected}")));
        }
    }
    let size: [usize; 3] = three(field("DimSize")?)?;
    let spacing: [f64; 3] = three(field("ElementSpacing")?)?;
    let numbers = raw.as_chunks::<2>().0.iter();
    let values: Vec<f32> = numbers.map(|&b| f32::from(i16::from_le_bytes(b))).collect();
    if values.len() != size.iter().product::<usize>() {
        return Err(fault(
            "the raw file is not of the size that the header says",
        ));
    }
    Ok(Stored {
        values,
        size,
        spacing,
        forward: [true, true, false],
    }
    .into_scan())
}

fn fault(detail: impl Into<String>) -> AssetError {
    AssetError::format("MetaImage file", detail)
}

fn three<T: std::str::FromStr>(text: &str) -> Result<[T; 3]> {
    let numbers: Vec<T> = text
        .split_whitespace()
        .filter_map(|t| t.parse().ok())
        .collect();
    numbers
        .try_into()
        .map_err(|_| fault(format!("not three numbers: {text}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "BinaryDataByteOrderMSB = False\nCompressedData = False\n\
        TransformMatrix = 1 0 0 0 1 0 0 0 1\nAnatomicalOrientation = RAI\n\
        ElementSpacing = 5 4 3\nDimSize = 1 1 2\nElementType = MET_SHORT\n";

    #[test]
    fn puts_the_head_first() {
        let raw: Vec<u8> = [7_i16, -3024]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect();
        let scan = read(HEADER.as_bytes(), &raw).expect("the file is sound");
        assert_eq!(scan.values, [-1000.0, 7.0]);
        assert_eq!(scan.spacing, [5.0, 4.0, 3.0]);
        assert!(read(HEADER.as_bytes(), &raw[..2]).is_err());
    }
}
