#!/usr/bin/env bash
# nifti 0.18.0, the Rust reader of NIfTI-1 files, takes the voxels from byte 352 on unless the file has an extension,
# whatever `vox_offset` in the header says. The standard lets a file leave a gap without an extension (writers do so to
# align the voxels): such a file is read without any error, its voxels shifted by the gap. 0.17.0 does the same. Whoever
# derives images from CT volumes gets a picture that is displaced, not a message.
#
# A volume of 2 x 2 x 2 voxels of 16 bits with the values 1 to 8, at byte 384, no extension.
# Output seen (rustc 1.95.0, Python 3.11 with nibabel 5.3.2 and numpy 2.2.6):
#   nibabel: 1 2 3 4 5 6 7 8
#   nifti:   0 0 0 0 0 0 0 0
# Exits with 1 if nifti reads the values, or nibabel no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip install --quiet nibabel==5.3.2 numpy==2.2.6
cat > make.py <<'PY'
import struct

header = bytearray(384)  # 348 of header, 4 that flag no extension, 32 of gap
struct.pack_into('<i', header, 0, 348)
struct.pack_into('<8h', header, 40, 3, 2, 2, 2, 1, 1, 1, 1)
struct.pack_into('<hh', header, 70, 4, 16)  # 16-bit integers
struct.pack_into('<8f', header, 76, 1, 1, 1, 1, 0, 0, 0, 0)
struct.pack_into('<fff', header, 108, 384, 1, 0)  # vox_offset, slope, intercept
struct.pack_into('<4s', header, 344, b'n+1\0')
open('volume.nii', 'wb').write(header + struct.pack('<8h', *range(1, 9)))

import nibabel

volume = nibabel.load('volume.nii').get_fdata().ravel(order='F')
print('nibabel:', *(int(value) for value in volume))
PY

mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.1.0"
edition = "2024"

[dependencies]
nifti = { version = "=0.18.0", default-features = false }
TOML
cat > src/main.rs <<'RS'
use nifti::{NiftiObject, NiftiVolume, RandomAccessNiftiVolume, ReaderOptions};

fn main() {
    let object = ReaderOptions::new().read_file("volume.nii").expect("a NIfTI file");
    let volume = object.volume();
    let size = volume.dim().to_vec();
    print!("nifti:  ");
    for z in 0..size[2] {
        for y in 0..size[1] {
            for x in 0..size[0] {
                print!(" {}", volume.get_u16(&[x, y, z]).expect("a voxel"));
            }
        }
    }
    println!();
}
RS

{ python/bin/python make.py; cargo run --quiet --release; } | tee output
grep -qx 'nibabel: 1 2 3 4 5 6 7 8' output
if grep -q 'nifti:   *1 2 3 4 5 6 7 8' output; then
  echo "nifti heeds vox_offset now"
  exit 1
fi
