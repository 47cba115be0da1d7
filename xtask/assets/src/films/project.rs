//! Parallel X-rays from front to back through a patient.

use super::picture::Picture;
use crate::ct::Grid;

/// Millimetres between the points at which a ray is sampled.
const STEP: f64 = 1.5;

/// How the patient lies: degrees of turning about the field's centre.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pose {
    /// About the ray: the film is tilted.
    pub roll: f64,
    /// About the left-right axis: the head nods.
    pub pitch: f64,
    /// About the long axis: the patient is rotated.
    pub yaw: f64,
}

/// The rectangle that the film shows, in millimetres from the grid's corner at the patient's right
/// and top.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub centre: [f64; 2],
    pub width: f64,
    pub height: f64,
}

/// Line integrals of the attenuation, without unit. The film is seen as usual: the patient's right
/// is on the viewer's left, the head is up.
pub fn project(patient: &Grid, field: Field, pose: Pose, size: [usize; 2]) -> Picture {
    let [width, height] = size;
    let depth = patient.extent()[1];
    let [across, along, down] = axes(pose);
    let corner = [field.centre[0], depth / 2.0, field.centre[1]];
    let half_samples = (0.6 * depth / STEP) as i32;
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        let v = ((row as f64 + 0.5) / height as f64 - 0.5) * field.height;
        for column in 0..width {
            let u = ((column as f64 + 0.5) / width as f64 - 0.5) * field.width;
            let start: [f64; 3] = std::array::from_fn(|i| corner[i] + u * across[i] + v * down[i]);
            let mut sum = 0.0_f64;
            for sample in -half_samples..=half_samples {
                let t = f64::from(sample) * STEP;
                let point = std::array::from_fn(|i| start[i] + t * along[i]);
                sum += f64::from(patient.at(point));
            }
            pixels.push((sum * STEP) as f32);
        }
    }
    Picture {
        width,
        height,
        pixels,
    }
}

/// The film's columns, its rays and its rows, as directions in the patient.
fn axes(pose: Pose) -> [[f64; 3]; 3] {
    let turned = |mut axis: [f64; 3]| {
        for (degrees, [from, to]) in [
            (pose.roll, [0, 2]),
            (pose.pitch, [1, 2]),
            (pose.yaw, [0, 1]),
        ] {
            let (sin, cos) = libm::sincos(degrees.to_radians());
            (axis[from], axis[to]) = (
                cos * axis[from] - sin * axis[to],
                sin * axis[from] + cos * axis[to],
            );
        }
        axis
    };
    [
        turned([1.0, 0.0, 0.0]),
        turned([0.0, 1.0, 0.0]),
        turned([0.0, 0.0, 1.0]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Water, 60 x 40 x 60 mm, in a grid of 2 mm; dense on the patient's right at the top.
    fn phantom() -> Grid {
        let size = [50, 40, 50];
        let mut values = vec![0.0; 50 * 40 * 50];
        for z in 10..40 {
            for y in 10..30 {
                for x in 10..40 {
                    let dense = x < 20 && z < 20;
                    values[(z * 40 + y) * 50 + x] = if dense { 0.05 } else { 0.02 };
                }
            }
        }
        Grid {
            values,
            size,
            spacing: [2.0; 3],
        }
    }

    const WHOLE: Field = Field {
        centre: [50.0, 50.0],
        width: 100.0,
        height: 100.0,
    };

    fn at(film: &Picture, column: usize, row: usize) -> f32 {
        film.pixels[row * film.width + column]
    }

    #[test]
    fn sums_attenuation_over_the_depth() {
        let film = project(&phantom(), WHOLE, Pose::default(), [50, 50]);
        // 40 mm of 0.02 and of 0.05 per millimetre.
        assert!(
            (at(&film, 30, 30) - 0.8).abs() < 0.03,
            "{}",
            at(&film, 30, 30)
        );
        assert!(
            (at(&film, 15, 15) - 2.0).abs() < 0.08,
            "{}",
            at(&film, 15, 15)
        );
        assert_eq!(at(&film, 3, 25), 0.0);
    }

    #[test]
    fn shows_the_right_side_on_the_left_and_the_head_up() {
        let film = project(&phantom(), WHOLE, Pose::default(), [50, 50]);
        let upper_left = at(&film, 15, 15);
        for (column, row) in [(35, 15), (15, 35), (35, 35)] {
            assert!(upper_left > 2.0 * at(&film, column, row));
        }
    }

    #[test]
    fn measures_in_millimetres() {
        // 20 mm of the dense part fill half of a field that is 40 mm wide and 20 mm high.
        let field = Field {
            centre: [40.0, 30.0],
            width: 40.0,
            height: 20.0,
        };
        let film = project(&phantom(), field, Pose::default(), [80, 40]);
        let dense = (0..80)
            .filter(|&column| at(&film, column, 20) > 1.4)
            .count();
        assert!((39..=41).contains(&dense), "{dense} of 80 columns");
    }

    #[test]
    fn turns_the_film_with_the_roll() {
        let pose = Pose {
            roll: 90.0,
            ..Pose::default()
        };
        let film = project(&phantom(), WHOLE, pose, [50, 50]);
        let dense = [(15, 15), (35, 15), (35, 35), (15, 35)].map(|(x, y)| at(&film, x, y) > 1.4);
        assert_eq!(dense.iter().filter(|&&dense| dense).count(), 1);
        assert!(!dense[0]);
    }
}
