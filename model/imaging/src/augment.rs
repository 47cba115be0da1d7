//! Random views of a training film. Pure: the generator is passed in.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{dataset::Picture, film::Film, resample::between, settings::Augmentation};

/// The chance that makes the augmented view `number`, from 1 on, of film `sample` of the data. It does not depend on a
/// run's seed, so that all runs share the views.
pub fn chance(sample: usize, number: usize) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(sample as u64);
    random.set_stream(number as u64);
    random
}

/// The augmented view `number` of film `sample` as a picture of `side` pixels a side, made from a small picture of the
/// film: what a network gets, but coarser.
pub fn preview(
    small: &Picture,
    settings: &Augmentation,
    side: usize,
    sample: usize,
    number: usize,
) -> Option<Picture> {
    let pixels = small.pixels.iter().map(|&grey| u16::from(grey) * 257);
    let film = Film::new(small.width, small.height, pixels.collect())?;
    let view = view(&film, settings, side, &mut chance(sample, number));
    Some(Picture {
        width: side as u32,
        height: side as u32,
        pixels: view
            .iter()
            .map(|grey| (grey * 255.0).round() as u8)
            .collect(),
    })
}

/// A random view, `[side * side]`, row-major, 0..=1, of the same square that [`Film::input`] cuts out.
///
/// All changes are drawn, in the manner of Keras' `ImageDataGenerator`, and applied as one map, so
/// that the film is interpolated only once. What comes in from beyond the edge of the film
/// repeats the edge. With all limits 0 the view is the input itself.
pub fn view(film: &Film, settings: &Augmentation, side: usize, rng: &mut impl Rng) -> Vec<f32> {
    let map = Map::draw(settings, side, rng);
    let source = SampledPixels::of(film, side, map.reach(side));
    let mut pixels = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            let (x, y) = map.apply(column as f64, row as f64);
            pixels.push(source.at(x, y));
        }
    }
    pixels
}

/// From a pixel of the view to a place in the square, both in pixels.
struct Map {
    centre: f64,
    /// `[[x from x, x from y], [y from x, y from y]]`
    matrix: [[f64; 2]; 2],
    shift: [f64; 2],
}

impl Map {
    /// Draws the same six numbers whatever the limits are, so that one limit changed leaves
    /// the other changes of a film as they were.
    fn draw(settings: &Augmentation, side: usize, rng: &mut impl Rng) -> Self {
        let mut even = |limit: f64| limit * (2.0 * rng.random::<f64>() - 1.0);
        let angle = even(settings.rotation).to_radians();
        let shift = [(); 2].map(|()| even(settings.shift) * side as f64);
        let shear = even(settings.shear);
        let [zoom_x, zoom_y] = [(); 2].map(|()| 1.0 + even(settings.zoom));
        let mirror = if rng.random::<bool>() && settings.flip {
            -1.0
        } else {
            1.0
        };

        // Rotation x shear x zoom; the shift is turned with the film.
        let (sin, cos) = angle.sin_cos();
        let turn = |x: f64, y: f64| [cos * x - sin * y, sin * x + cos * y];
        let of_x = turn(mirror * zoom_x, 0.0);
        let of_y = turn(-shear.sin() * zoom_y, shear.cos() * zoom_y);
        Self {
            centre: (side as f64 - 1.0) / 2.0,
            matrix: [[of_x[0], of_y[0]], [of_x[1], of_y[1]]],
            shift: turn(shift[0], shift[1]),
        }
    }

    fn apply(&self, column: f64, row: f64) -> (f64, f64) {
        let (x, y) = (column - self.centre, row - self.centre);
        let place = |axis: usize| {
            let [from_x, from_y] = self.matrix[axis];
            self.centre + self.shift[axis] + from_x * x + from_y * y
        };
        (place(0), place(1))
    }

    /// How far, in pixels along x and y, the view reaches beyond the square: its corners tell.
    fn reach(&self, side: usize) -> [usize; 2] {
        let last = side as f64 - 1.0;
        let corners = [(0.0, 0.0), (last, 0.0), (0.0, last), (last, last)];
        let corners = corners.map(|(column, row)| self.apply(column, row));
        let farthest = |places: [f64; 4]| {
            let beyond = places.map(|place| (-place).max(place - last));
            beyond.into_iter().fold(0.0, f64::max).ceil() as usize
        };
        [
            farthest(corners.map(|corner| corner.0)),
            farthest(corners.map(|corner| corner.1)),
        ]
    }
}

/// The square with what lies around it, at the scale of the view, fine detail already averaged.
struct SampledPixels {
    pixels: Vec<f32>,
    width: usize,
    /// Where the square begins.
    left: f64,
    top: f64,
}

impl SampledPixels {
    fn of(film: &Film, side: usize, reach: [usize; 2]) -> Self {
        let (pixels, margin_x, margin_y) = film.surroundings(side, reach);
        Self {
            pixels,
            width: side + 2 * margin_x,
            left: margin_x as f64,
            top: margin_y as f64,
        }
    }

    fn at(&self, x: f64, y: f64) -> f32 {
        between(&self.pixels, self.width, x + self.left, y + self.top)
    }
}
