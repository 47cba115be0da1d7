//! NIfTI-1 files whose axes are the patient's, in any direction.

use nifti::{NiftiError, NiftiHeader, header::MAGIC_CODE_NIP1};

use super::{Grid, Stored};
use crate::error::{AssetError, Result};

/// Reads an unpacked `.nii` file.
///
/// # Errors
/// Not a three-dimensional NIfTI-1 file of a known number type with straight axes.
pub fn read(bytes: &[u8]) -> Result<Grid> {
    let header = NiftiHeader::from_reader(bytes).map_err(unreadable)?;
    if header.magic != *MAGIC_CODE_NIP1 {
        return Err(fault("the voxels are in a file of their own"));
    }
    let size = <[u16; 3]>::try_from(header.dim().map_err(unreadable)?)
        .map_err(|_| fault("not three dimensions"))?
        .map(usize::from);
    let [_, x, y, z, ..] = header.pixdim;
    Ok(Stored {
        values: voxels(&header, bytes, size.iter().product())?,
        size,
        spacing: [x, y, z].map(f64::from),
        forward: directions(&header)?,
    }
    .into_scan())
}

/// The numbers one by one from where the header says: the crate's own volumes begin right after the
/// header when there are no extensions, wherever that is, and trust the header's bits per voxel.
fn voxels(header: &NiftiHeader, bytes: &[u8], count: usize) -> Result<Vec<f32>> {
    let kind = header.data_type().map_err(unreadable)?;
    let mut body = bytes
        .get(header.vox_offset as usize..)
        .ok_or_else(|| fault("broken off"))?;
    (0..count)
        .map(|_| {
            kind.read_primitive_value(
                &mut body,
                header.endianness,
                header.scl_slope,
                header.scl_inter,
            )
            .map_err(unreadable)
        })
        .collect()
}

fn fault(detail: impl Into<String>) -> AssetError {
    AssetError::format("NIfTI file", detail)
}

fn unreadable(error: NiftiError) -> AssetError {
    match error {
        // Bytes in memory fail to be read in one way only.
        NiftiError::Io(_) => fault("broken off"),
        NiftiError::UnsupportedDataType(kind) => fault(format!("number type {kind:?}")),
        other => fault(other.to_string()),
    }
}

/// NIfTI's own axes run to the patient's right, front and head, ours the other way.
fn directions(header: &NiftiHeader) -> Result<[bool; 3]> {
    let rows = if header.sform_code > 0 {
        [header.srow_x, header.srow_y, header.srow_z].map(|[x, y, z, _]| [x, y, z])
    } else {
        quaternion(header)
    };
    let mut forward = [false; 3];
    for (axis, row) in rows.iter().enumerate() {
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

/// The rotation of the header's unit quaternion; its third column may be mirrored. The crate's own,
/// which needs nalgebra, panics on numbers that make no unit quaternion and on a mirror of 0.
fn quaternion(header: &NiftiHeader) -> [[f32; 3]; 3] {
    let (b, c, d) = (header.quatern_b, header.quatern_c, header.quatern_d);
    let a = (1.0 - b * b - c * c - d * d).max(0.0).sqrt();
    let mirror = if header.pixdim[0] < 0.0 { -1.0 } else { 1.0 };
    [
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
    ]
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
        put(344, b"n+1\0");
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
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_err(), "of length {length}");
        }
    }

    #[test]
    fn finds_voxels_further_on() {
        let mut moved = two_voxels();
        moved.splice(352..352, [0; 16]);
        moved[108..112].copy_from_slice(&368_f32.to_le_bytes());
        let scan = read(&moved).expect("the file is sound");
        assert_eq!(scan.values, [100.0, 40.0]);
    }

    #[test]
    fn turns_by_the_quaternion_without_an_affine() {
        let mut turned = two_voxels();
        turned[254..256].copy_from_slice(&0_i16.to_le_bytes());
        // Half a turn around z: x and y run the other way.
        turned[264..268].copy_from_slice(&1_f32.to_le_bytes());
        let scan = read(&turned).expect("the file is sound");
        assert_eq!(scan.values, [40.0, 100.0]);
        turned[256..260].copy_from_slice(&2_f32.to_le_bytes());
        assert!(read(&turned).is_err(), "no unit quaternion");
    }
}
