//! Which voxels are the patient, and how much they weaken the X-rays.

use super::{Grid, Scan};

/// Attenuation of water, per millimetre, at the mean energy of a film (about 60 keV; NIST XCOM).
const WATER: f32 = 0.0206;
/// Bone weakens more than its Hounsfield number at the scanner's higher energy says.
const BONE: f32 = 1.25;
/// Hounsfield units where bone begins and where it is bone altogether.
const BONE_FROM: f32 = 120.0;
const BONE_FULL: f32 = 300.0;
/// Hounsfield units: fillings and veins full of contrast medium would outshine everything.
const DENSEST: f32 = 1300.0;
/// Hounsfield units between air and skin, blanket included in the air.
const SKIN: f32 = -300.0;
/// Millimetres: the table's shells and what lies on the patient are thinner, limbs are thicker.
const THINNEST: f64 = 6.0;

/// Whether each voxel belongs to the patient, air inside included.
pub struct Body(Vec<bool>);

impl Body {
    /// Finds the patient slice by slice: what is at least [`THINNEST`] thick and denser than
    /// [`SKIN`], and whatever it encloses.
    pub fn find(scan: &Scan) -> Self {
        let [nx, ny, _] = scan.size;
        let radius = ((THINNEST / 2.0 / scan.spacing[0]).round() as usize).max(1);
        let slices = scan.values.chunks_exact(nx * ny);
        Self(
            slices
                .flat_map(|slice| body_slice(slice, nx, radius))
                .collect(),
        )
    }
}

fn body_slice(slice: &[f32], width: usize, radius: usize) -> Vec<bool> {
    let dense: Vec<bool> = slice.iter().map(|&value| value > SKIN).collect();
    let eroded = spread(&dense, width, radius, false);
    let opened = spread(&eroded, width, radius + 1, true);
    let kept: Vec<bool> = opened.iter().zip(&dense).map(|(&a, &b)| a && b).collect();
    enclosed(&kept, width)
}

/// Lets `value` spread over a square of `2 * radius + 1` voxels; it does not come in from outside.
fn spread(mask: &[bool], width: usize, radius: usize, value: bool) -> Vec<bool> {
    let height = mask.len() / width;
    let pass = |from: &[bool], step: usize, length: usize, index: &dyn Fn(usize) -> usize| {
        from.iter()
            .enumerate()
            .map(|(at, _)| {
                let place = index(at);
                let first = place.saturating_sub(radius);
                let last = (place + radius).min(length - 1);
                let start = at - (place - first) * step;
                let hit = (0..=last - first).any(|i| from[start + i * step] == value);
                hit == value
            })
            .collect::<Vec<bool>>()
    };
    let rows = pass(mask, 1, width, &|at| at % width);
    pass(&rows, width, height, &|at| at / width)
}

/// The mask and all that cannot be reached from the slice's border without crossing it.
fn enclosed(mask: &[bool], width: usize) -> Vec<bool> {
    let height = mask.len() / width;
    let mut inside = vec![true; mask.len()];
    let mut open: Vec<usize> = (0..mask.len())
        .filter(|at| {
            let (x, y) = (at % width, at / width);
            x == 0 || y == 0 || x == width - 1 || y == height - 1
        })
        .collect();
    while let Some(at) = open.pop() {
        if mask[at] || !inside[at] {
            continue;
        }
        inside[at] = false;
        let (x, y) = (at % width, at / width);
        open.extend((x > 0).then(|| at - 1));
        open.extend((x + 1 < width).then_some(at + 1));
        open.extend((y > 0).then(|| at - width));
        open.extend((y + 1 < height).then_some(at + width));
    }
    inside
}

/// Attenuation per millimetre of the patient; nothing elsewhere.
pub fn attenuation_of(scan: &Scan, body: &Body) -> Grid {
    let values = scan.values.iter().zip(&body.0);
    Grid {
        values: values
            .map(|(&hounsfield, &inside)| if inside { attenuation(hounsfield) } else { 0.0 })
            .collect(),
        ..*scan
    }
}

fn attenuation(hounsfield: f32) -> f32 {
    let hounsfield = hounsfield.min(DENSEST);
    let bone = ((hounsfield - BONE_FROM) / (BONE_FULL - BONE_FROM)).clamp(0.0, 1.0);
    WATER * (hounsfield + 1000.0).max(0.0) / 1000.0 * (1.0 + bone * (BONE - 1.0))
}

/// Brings vessels and heart full of contrast medium down to the density of blood: no plain film
/// shows them so. They are what stays of the dense voxels when two layers are peeled off, in pieces
/// of at least `smallest_piece` voxels, a size that no bone of the scan keeps.
pub fn without_contrast(mut scan: Scan, smallest_piece: usize) -> Scan {
    const DENSE: f32 = 180.0;
    const EDGE: f32 = 110.0;
    const BLOOD: f32 = 50.0;
    const PEELED: usize = 2;
    let above = |limit: f32| -> Vec<bool> { scan.values.iter().map(|&v| v > limit).collect() };
    let core = spread_in_space(&above(DENSE), scan.size, PEELED, false);
    let mut contrast = large_pieces(&core, scan.size, smallest_piece);
    let edge = above(EDGE);
    // Grown back step by step within the dense voxels, one step further for the blurred rim.
    for _ in 0..=PEELED {
        contrast = spread_in_space(&contrast, scan.size, 1, true);
        contrast
            .iter_mut()
            .zip(&edge)
            .for_each(|(grown, &dense)| *grown &= dense);
    }
    for (value, contrast) in scan.values.iter_mut().zip(contrast) {
        if contrast {
            *value = BLOOD;
        }
    }
    scan
}

/// As [`spread`], over a cube.
fn spread_in_space(mask: &[bool], size: [usize; 3], radius: usize, value: bool) -> Vec<bool> {
    let plane = size[0] * size[1];
    let flat: Vec<bool> = mask
        .chunks_exact(plane)
        .flat_map(|slice| spread(slice, size[0], radius, value))
        .collect();
    // The slices as the rows of one wide picture: only its columns are of interest.
    let depth = size[2];
    (0..flat.len())
        .map(|at| {
            let z = at / plane;
            let (first, last) = (z.saturating_sub(radius), (z + radius).min(depth - 1));
            (first..=last).any(|other| flat[other * plane + at % plane] == value) == value
        })
        .collect()
}

/// The voxels of the pieces (by shared faces) of at least `smallest` voxels.
fn large_pieces(mask: &[bool], size: [usize; 3], smallest: usize) -> Vec<bool> {
    let strides = [1, size[0], size[0] * size[1]];
    let mut seen = vec![false; mask.len()];
    let mut kept = vec![false; mask.len()];
    for start in 0..mask.len() {
        if !mask[start] || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(&at) = piece.get(next) {
            next += 1;
            for axis in 0..3 {
                let place = at / strides[axis] % size[axis];
                let before = (place > 0).then(|| at - strides[axis]);
                let after = (place + 1 < size[axis]).then_some(at + strides[axis]);
                for neighbour in [before, after].into_iter().flatten() {
                    if mask[neighbour] && !seen[neighbour] {
                        seen[neighbour] = true;
                        piece.push(neighbour);
                    }
                }
            }
        }
        if piece.len() >= smallest {
            piece.into_iter().for_each(|at| kept[at] = true);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(size: [usize; 3], value: impl Fn(usize, usize, usize) -> f32) -> Scan {
        let [nx, ny, nz] = size;
        let mut values = Vec::new();
        for z in 0..nz {
            for y in 0..ny {
                values.extend((0..nx).map(|x| value(x, y, z)));
            }
        }
        Grid {
            values,
            size,
            spacing: [2.0; 3],
        }
    }

    #[test]
    fn keeps_the_patient_with_the_lungs_and_leaves_the_table() {
        // A block with a hole above a table one voxel thick.
        let scan = scan([30, 30, 1], |x, y, _| match (x, y) {
            (12..18, 10..14) => -800.0,
            (5..25, 5..20) => 40.0,
            (_, 24) => 100.0,
            _ => -1000.0,
        });
        let Body(body) = Body::find(&scan);
        let expected: Vec<bool> = (0..900)
            .map(|at| (5..25).contains(&(at % 30)) && (5..20).contains(&(at / 30)))
            .collect();
        assert_eq!(body, expected);
    }

    #[test]
    fn water_weakens_as_water_and_bone_more() {
        assert!((attenuation(0.0) - WATER).abs() < 1e-7);
        assert_eq!(attenuation(-1000.0), 0.0);
        assert!((attenuation(1000.0) - 2.0 * WATER * BONE).abs() < 1e-6);
    }

    #[test]
    fn contrast_goes_and_thin_bone_stays() {
        let scan = scan([24, 24, 24], |x, y, z| {
            let vessel = [x, y, z].iter().all(|i| (4..16).contains(i));
            if vessel {
                400.0
            } else if (19..22).contains(&x) {
                700.0
            } else {
                30.0
            }
        });
        let plain = without_contrast(scan, 80);
        assert_eq!(plain.values.iter().filter(|&&v| v == 400.0).count(), 0);
        assert_eq!(
            plain.values.iter().filter(|&&v| v == 50.0).count(),
            12 * 12 * 12
        );
        assert_eq!(
            plain.values.iter().filter(|&&v| v == 700.0).count(),
            3 * 24 * 24
        );
    }
}
