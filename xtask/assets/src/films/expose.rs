//! One film: pose, collimation and exposure drawn at random, projected and developed.

use super::{
    people::{Region, Subject},
    picture::Picture,
    project::{Field, Pose, project},
};
use crate::random::Random;

/// Pixels of the shorter side.
pub const HEIGHT: usize = 256;
/// Pixels of blur in every film, whatever the scan: the coarsest scan's own, so that sharpness does
/// not tell who or what is shown.
const BLUR: f64 = 2.2;
/// Millimetres: a smaller field would show the coarsest scan blurred by more than [`BLUR`].
const SMALLEST_FIELD: f64 = 206.0;
/// Pixels around the film that are computed and cut off again, so that filters see no border.
const MARGIN: usize = 20;

/// Fraction of white that exposure control aims at, whatever is shown: lungs are dark, and the mean
/// brightness would tell the class. It goes half of the way (a square root of the exponent): all of
/// it would leave abdomens with the darker borders.
const MEAN_GREY: f32 = 0.42;

/// How far pose and exposure stray.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// Degrees, standard deviations.
    pub pose: Pose,
    /// Fraction of the largest possible field that collimation takes away on each side, at most.
    pub collimation: f64,
    /// Field's centre beside the region's, as a fraction of the field's width, at most.
    pub decentring: f64,
    /// Exponent of the grey scale, as a factor of the one that leads to [`MEAN_GREY`].
    pub gamma: [f64; 2],
    /// Fractions of the pixels that become black, and white, at most.
    pub clipped: [f64; 2],
    /// Deviation of the noise as a fraction of white, at most.
    pub noise: f64,
}

/// As a careful department does it.
pub const DEFAULT: Spread = Spread {
    pose: Pose {
        roll: 4.0,
        pitch: 3.0,
        yaw: 3.0,
    },
    collimation: 0.10,
    decentring: 0.04,
    gamma: [0.8, 1.5],
    clipped: [0.02, 0.01],
    noise: 0.012,
};

/// As a portable machine on a bad night does it.
pub const WIDE: Spread = Spread {
    pose: Pose {
        roll: 8.0,
        pitch: 6.0,
        yaw: 6.0,
    },
    collimation: 0.22,
    decentring: 0.08,
    gamma: [0.5, 2.2],
    clipped: [0.06, 0.05],
    noise: 0.03,
};

/// A film of 0 black to 1 white, `width` times [`HEIGHT`] pixels.
pub fn expose(
    subject: &Subject,
    region: Region,
    spread: Spread,
    width: usize,
    random: &mut Random,
) -> Picture {
    let field = collimate(region, spread, width as f64 / HEIGHT as f64, random);
    let pose = Pose {
        roll: random.mild(spread.pose.roll),
        pitch: random.mild(spread.pose.pitch),
        yaw: random.mild(spread.pose.yaw),
    };
    let millimetres = field.height / HEIGHT as f64;
    let wider = Field {
        width: field.width + 2.0 * MARGIN as f64 * millimetres,
        height: field.height + 2.0 * MARGIN as f64 * millimetres,
        ..field
    };
    let rays = project(
        &subject.attenuation,
        wider,
        pose,
        [width + 2 * MARGIN, HEIGHT + 2 * MARGIN],
    );
    let [across, down] = subject.blur.map(|own| {
        let own = own / millimetres;
        (BLUR * BLUR - own * own).max(0.0).sqrt()
    });
    develop(&rays.blurred(across, down), spread, random)
}

/// The largest field of this aspect (width over height) in the region, made smaller and moved.
fn collimate(region: Region, spread: Spread, aspect: f64, random: &mut Random) -> Field {
    let [left, right] = region.across;
    let [top, bottom] = region.down;
    let largest = (bottom - top).min((right - left) / aspect);
    let kept = 1.0 - 2.0 * random.between(0.0, spread.collimation);
    // A tall region (a whole abdomen) would else always be shown whole.
    let height = (kept * largest).max(SMALLEST_FIELD.min(largest));
    let width = height * aspect;
    let slack = ((right - left - width) / 2.0).min(spread.decentring * width);
    let x = (left + right) / 2.0 + random.between(-slack, slack);
    let y = random.between(top + height / 2.0, bottom - height / 2.0);
    Field {
        centre: [x, y],
        width,
        height,
    }
}

/// Line integrals to grey: window, local contrast as digital systems give it, grey scale, noise.
fn develop(rays: &Picture, spread: Spread, random: &mut Random) -> Picture {
    let film = rays.trimmed(MARGIN);
    let black = film.percentile(random.between(0.002, spread.clipped[0]));
    let white = film.percentile(1.0 - random.between(0.001, spread.clipped[1]));
    let range = (white - black).max(f32::EPSILON);
    let windowed = rays.clone().map(|value| (value - black) / range);
    let local = windowed.blurred(6.0, 6.0);
    let amount = random.between(0.4, 0.9) as f32;
    let mut sharpened = windowed;
    for (value, local) in sharpened.pixels.iter_mut().zip(&local.pixels) {
        *value += amount * (*value - local);
    }
    let film = sharpened.trimmed(MARGIN).map(|value| value.clamp(0.0, 1.0));
    let [low, high] = spread.gamma.map(libm::log);
    let gamma = level(&film).sqrt() * libm::exp(random.between(low, high)) as f32;
    let noise = random.between(spread.noise / 4.0, spread.noise);
    film.map(|value| libm::powf(value, gamma) + random.normal(noise) as f32)
        .map(|value| value.clamp(0.0, 1.0))
}

/// The exponent, within limits, that brings a film of 0 to 1 to [`MEAN_GREY`].
fn level(film: &Picture) -> f32 {
    const LIMITS: [f32; 2] = [0.5, 2.0];
    const LEVELS: usize = 256;
    let mut histogram = [0_u32; LEVELS];
    for byte in film.bytes() {
        histogram[usize::from(byte)] += 1;
    }
    let mean = |gamma: f32| {
        let levels = histogram.iter().enumerate();
        let sum: f32 = levels
            .map(|(level, &count)| count as f32 * libm::powf(level as f32 / 255.0, gamma))
            .sum();
        sum / film.pixels.len() as f32
    };
    let [mut low, mut high] = LIMITS;
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        // A larger exponent makes a darker film.
        if mean(middle) > MEAN_GREY {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: Region = Region {
        across: [10.0, 330.0],
        down: [5.0, 405.0],
    };

    #[test]
    fn fields_stay_within_the_region_and_keep_their_aspect() {
        let mut random = Random::named("fields");
        for _ in 0..500 {
            let field = collimate(REGION, WIDE, 1.2, &mut random);
            assert!((field.width / field.height - 1.2).abs() < 1e-9);
            assert!(field.height >= SMALLEST_FIELD - 1e-9);
            let (x, y) = (field.centre[0], field.centre[1]);
            assert!(x - field.width / 2.0 >= 10.0 - 1e-9 && x + field.width / 2.0 <= 330.0 + 1e-9);
            assert!(y - field.height / 2.0 >= 5.0 - 1e-9 && y + field.height / 2.0 <= 405.0 + 1e-9);
        }
    }

    #[test]
    fn levels_bright_and_dark_films() {
        for exponent in [0.7, 1.0, 1.6] {
            let film = Picture {
                width: 100,
                height: 10,
                pixels: (0..1000)
                    .map(|at| libm::powf(at as f32 / 999.0, exponent))
                    .collect(),
            };
            let gamma = level(&film);
            let levelled = film.map(|value| libm::powf(value, gamma));
            let mean = levelled.pixels.iter().sum::<f32>() / 1000.0;
            assert!((mean - MEAN_GREY).abs() < 0.01, "{mean}");
        }
    }

    #[test]
    fn develops_thick_as_white() {
        let (width, height) = (120, 100);
        let ramp = Picture {
            width,
            height,
            pixels: (0..width * height).map(|at| (at % width) as f32).collect(),
        };
        let film = develop(&ramp, DEFAULT, &mut Random::named("develop"));
        assert_eq!((film.width, film.height), (80, 60));
        let row = &film.pixels[..80];
        assert!(row[2] < 0.15 && row[77] > 0.85 && row[60] > row[20]);
    }
}
