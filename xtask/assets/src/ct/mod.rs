//! Computed tomography: from the files of a package to attenuation on a regular grid.

mod grid;
mod metaimage;
mod nifti;
mod tissue;

pub use grid::Grid;
pub use tissue::{Body, attenuation_of, without_contrast};

use crate::error::Result;

/// A scan in Hounsfield units.
///
/// The axes are the patient's: x runs to the patient's left, y to the back, z to the feet.
pub type Scan = Grid;

/// Reads a scan from the file of a package; `header` is the text beside a raw file.
///
/// # Errors
/// The file is not in a layout that is read here.
pub fn read(bytes: &[u8], header: Option<&[u8]>) -> Result<Scan> {
    match header {
        Some(header) => metaimage::read(header, bytes),
        None => nifti::read(bytes),
    }
}

/// Numbers as stored, first axis fastest, with what is needed to turn them into a [`Scan`].
struct Stored {
    values: Vec<f32>,
    size: [usize; 3],
    /// Millimetres.
    spacing: [f64; 3],
    /// Whether the index of each axis runs to the patient's left, back and feet.
    forward: [bool; 3],
}

/// Below this there is nothing: also what scanners write outside their field of view.
const AIR: f32 = -1000.0;

impl Stored {
    fn into_scan(self) -> Scan {
        let [nx, ny, nz] = self.size;
        let at = |index: usize, axis: usize| {
            if self.forward[axis] {
                index
            } else {
                self.size[axis] - 1 - index
            }
        };
        let mut values = Vec::with_capacity(self.values.len());
        for z in 0..nz {
            for y in 0..ny {
                let row = (at(z, 2) * ny + at(y, 1)) * nx;
                values.extend((0..nx).map(|x| self.values[row + at(x, 0)].max(AIR)));
            }
        }
        Grid {
            values,
            size: self.size,
            spacing: self.spacing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_the_axes_to_the_patient() {
        let stored = Stored {
            values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, -3024.0],
            size: [2, 2, 2],
            spacing: [1.0; 3],
            forward: [true, false, false],
        };
        let scan = stored.into_scan();
        assert_eq!(scan.values, [7.0, AIR, 5.0, 6.0, 3.0, 4.0, 1.0, 2.0]);
    }
}
