//! NIfTI-1 files whose axes are the patient's, in any direction.

use super::{Grid, Stored};
use crate::error::{AssetError, Result};

/// Reads an unpacked `.nii` file.
///
/// # Errors
/// Not a three-dimensional little-endian NIfTI-1 file of a known number type with straight axes.
pub fn read(bytes: &[u8]) -> Result<Grid> {
    let header = Header { bytes };
    if header.integer(40)? != 3 {
        return Err(fault("not three dimensions"));
    }
    let mut size = [0; 3];
    let mut spacing = [0.0; 3];
    for axis in 0..3 {
        size[axis] = usize::try_from(header.integer(42 + 2 * axis)?)
            .map_err(|_| fault("a negative size"))?;
        spacing[axis] = f64::from(header.float(80 + 4 * axis)?);
    }
    let (slope, intercept) = match header.float(112)? {
        0.0 => (1.0, 0.0),
        slope => (slope, header.float(116)?),
    };
    let count = size.iter().product();
    let start = header.float(108)? as usize;
    let body = bytes.get(start..).ok_or_else(|| fault("broken off"))?;
    let stored: Vec<f32> = match header.integer(70)? {
        4 => numbers(body, |b| f32::from(i16::from_le_bytes(b))),
        8 => numbers(body, |b| i32::from_le_bytes(b) as f32),
        16 => numbers(body, f32::from_le_bytes),
        64 => numbers(body, |b| f64::from_le_bytes(b) as f32),
        other => return Err(fault(format!("number type {other}"))),
    };
    if stored.len() < count {
        return Err(fault("broken off"));
    }
    let values = stored[..count]
        .iter()
        .map(|value| value * slope + intercept);
    Ok(Stored {
        values: values.collect(),
        size,
        spacing,
        forward: directions(&header)?,
    }
    .into_scan())
}

fn fault(detail: impl Into<String>) -> AssetError {
    AssetError::format("NIfTI file", detail)
}

fn numbers<const N: usize>(bytes: &[u8], read: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    bytes
        .as_chunks::<N>()
        .0
        .iter()
        .map(|&chunk| read(chunk))
        .collect()
}

/// NIfTI's own axes run to the patient's right, front and head, ours the other way.
fn directions(header: &Header) -> Result<[bool; 3]> {
    let columns = if header.integer(254)? > 0 {
        affine(header)?
    } else {
        quaternion(header)?
    };
    let mut forward = [false; 3];
    for (axis, row) in columns.iter().enumerate() {
        let off_axis = (0..3)
            .filter(|&other| other != axis)
            .map(|other| row[other].abs());
        if off_axis.fold(0.0, f32::max) > 0.01 * row[axis].abs() {
            return Err(fault("the axes are tilted"));
        }
        forward[axis] = row[axis] < 0.0;
    }
    Ok(forward)
}

fn affine(header: &Header) -> Result<[[f32; 3]; 3]> {
    let mut rows = [[0.0; 3]; 3];
    for (axis, row) in rows.iter_mut().enumerate() {
        for (column, value) in row.iter_mut().enumerate() {
            *value = header.float(280 + 16 * axis + 4 * column)?;
        }
    }
    Ok(rows)
}

/// The rotation of the header's unit quaternion; its third column may be mirrored.
fn quaternion(header: &Header) -> Result<[[f32; 3]; 3]> {
    let (b, c, d) = (header.float(256)?, header.float(260)?, header.float(264)?);
    let a = (1.0 - b * b - c * c - d * d).max(0.0).sqrt();
    let mirror = if header.float(76)? < 0.0 { -1.0 } else { 1.0 };
    Ok([
        [
            a * a + b * b - c * c - d * d,
            2.0 * (b * c - a * d),
            mirror * 2.0 * (b * d + a * c),
        ],
        [
            2.0 * (b * c + a * d),
            a * a + c * c - b * b - d * d,
            mirror * 2.0 * (c * d - a * b),
        ],
        [
            2.0 * (b * d - a * c),
            2.0 * (c * d + a * b),
            mirror * (a * a + d * d - b * b - c * c),
        ],
    ])
}

struct Header<'a> {
    bytes: &'a [u8],
}

impl Header<'_> {
    fn array<const N: usize>(&self, at: usize) -> Result<[u8; N]> {
        self.bytes
            .get(at..)
            .and_then(<[u8]>::first_chunk)
            .copied()
            .ok_or_else(|| fault("broken off"))
    }

    fn integer(&self, at: usize) -> Result<i16> {
        self.array(at).map(i16::from_le_bytes)
    }

    fn float(&self, at: usize) -> Result<f32> {
        self.array(at).map(f32::from_le_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two voxels in a row along x, whose index runs to the patient's right.
    fn two_voxels() -> Vec<u8> {
        let mut file = vec![0; 352];
        let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
        for (axis, size) in [3_i16, 2, 1, 1].iter().enumerate() {
            put(40 + 2 * axis, &size.to_le_bytes());
        }
        put(70, &4_i16.to_le_bytes());
        for (axis, spacing) in [0.5_f32, 0.75, 2.0].iter().enumerate() {
            put(80 + 4 * axis, &spacing.to_le_bytes());
            put(280 + 20 * axis, &spacing.to_le_bytes());
        }
        put(108, &352_f32.to_le_bytes());
        put(112, &1_f32.to_le_bytes());
        put(116, &(-1024_f32).to_le_bytes());
        put(254, &1_i16.to_le_bytes());
        file.extend(1064_i16.to_le_bytes());
        file.extend(1124_i16.to_le_bytes());
        file
    }

    #[test]
    fn reads_hounsfield_units_from_the_patients_right() {
        let scan = read(&two_voxels()).expect("the file is sound");
        assert_eq!(scan.values, [100.0, 40.0]);
        assert_eq!(scan.size, [2, 1, 1]);
        assert_eq!(scan.spacing, [0.5, 0.75, 2.0]);
    }

    #[test]
    fn refuses_tilted_axes_and_short_files() {
        let mut tilted = two_voxels();
        tilted[284..288].copy_from_slice(&0.2_f32.to_le_bytes());
        assert!(read(&tilted).is_err());
        let whole = two_voxels();
        assert!(read(&whole[..whole.len() - 1]).is_err());
    }
}
