//! Films made harder to read, to see what a trained network leans on.
//!
//! [`Perturbation`] changes the whole film, [`erase`] and [`occlude`] cover a part of it. All sizes are
//! shares of the film or of its grey range, so that films of different resolution suffer alike.

mod cover;
mod optics;

use std::io::Cursor;

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::{
    decode::decode,
    film::{Film, WORKING_SIDE},
};

pub use cover::{border_grey, erase, occlude};

/// No window is narrower than this.
const NARROWEST: f64 = 0.001;

/// What is done to a film, in the order in which it happens to one: positioning, sharpness, noise, display,
/// storage. The default does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Perturbation {
    /// Degrees clockwise about the film's centre.
    pub rotation: f64,
    /// Enlargement about the film's centre, 0.05 to 20; 1 leaves the size. What comes in from beyond
    /// the edge repeats the edge.
    pub scale: f64,
    /// Standard deviation of a Gaussian blur, as a share of the shorter side, 0 to 0.25.
    pub blur: f64,
    /// Standard deviation of Gaussian noise, as a share of the grey range, at a shorter side of
    /// [`WORKING_SIDE`] pixels. A smaller film has as much less as averaging would leave.
    pub noise: f64,
    /// Width of the greys that are shown, as a share of the grey range: below 1 contrast rises and
    /// extremes are lost, above 1 it falls.
    pub window: f64,
    /// How far the middle of the window lies above middle grey, as a share of the grey range: below 0 the
    /// film becomes brighter.
    pub level: f64,
    /// Whether black and white are exchanged.
    pub inversion: bool,
    /// The film is stored as an 8-bit JPEG of this quality, 1 to 100, and read again, unless it is of a
    /// size that [`decode`] refuses.
    pub jpeg_quality: Option<u8>,
}

impl Default for Perturbation {
    fn default() -> Self {
        Self::NONE
    }
}

impl Perturbation {
    pub const NONE: Self = Self {
        rotation: 0.0,
        scale: 1.0,
        blur: 0.0,
        noise: 0.0,
        window: 1.0,
        level: 0.0,
        inversion: false,
        jpeg_quality: None,
    };

    /// The working copy of the film (see [`Film::reduced`]), perturbed; the film itself if nothing is to be
    /// done. `seed` draws the noise.
    pub fn apply(&self, film: &Film, seed: u64) -> Film {
        if *self == Self::default() {
            return film.clone();
        }
        let film = self.before_storage(&film.reduced(), seed);
        match self.jpeg_quality {
            Some(quality) => stored(&film, quality.clamp(1, 100)).unwrap_or(film),
            None => film,
        }
    }

    /// The same but for the JPEG, whose writer and reader are too large for a page that shows a preview.
    pub fn before_storage(&self, film: &Film, seed: u64) -> Film {
        let nothing = Self {
            jpeg_quality: self.jpeg_quality,
            ..Self::default()
        };
        if *self == nothing {
            return film.clone();
        }
        let film = film.reduced();
        let mut field = Field::of(&film);
        if self.rotation != 0.0 || self.scale != 1.0 {
            field = optics::turn(&field, self.rotation, self.scale);
        }
        if self.blur > 0.0 {
            field = optics::blur(&field, self.blur);
        }
        if self.noise > 0.0 {
            self.add_noise(&mut field, seed);
        }
        if self.window != 1.0 || self.level != 0.0 || self.inversion {
            self.show(&mut field);
        }
        field.film()
    }

    fn add_noise(&self, field: &mut Field, seed: u64) {
        let shorter = field.width.min(field.height) as f64;
        let deviation = self.noise * (shorter / f64::from(WORKING_SIDE)).min(1.0);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        for grey in &mut field.pixels {
            *grey += (deviation * gaussian(&mut rng)) as f32;
        }
    }

    fn show(&self, field: &mut Field) {
        let (middle, width) = (0.5 + self.level, self.window.max(NARROWEST));
        for grey in &mut field.pixels {
            let shown = ((f64::from(*grey) - middle) / width + 0.5).clamp(0.0, 1.0);
            *grey = if self.inversion { 1.0 - shown } else { shown } as f32;
        }
    }
}

/// A film while it is computed with: row-major, 0 black to 1 white.
struct Field {
    width: usize,
    height: usize,
    pixels: Vec<f32>,
}

impl Field {
    fn of(film: &Film) -> Self {
        let greys = film.pixels().iter();
        Self {
            width: film.width() as usize,
            height: film.height() as usize,
            pixels: greys.map(|&grey| f32::from(grey) / 65_535.0).collect(),
        }
    }

    fn film(&self) -> Film {
        let greys = self.pixels.iter();
        let pixels = greys.map(|grey| (grey.clamp(0.0, 1.0) * 65_535.0).round() as u16);
        Film::new(self.width as u32, self.height as u32, pixels.collect())
            .expect("as many pixels as the film that it was made of")
    }
}

/// Mean 0, standard deviation 1: Box and Muller, Ann Math Stat 29:610-611 (1958), doi 10.1214/aoms/1177706645.
fn gaussian(rng: &mut impl Rng) -> f64 {
    // From 0 exclusive, for the logarithm.
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.random::<f64>()).cos()
}

/// Written as a JPEG and read again; `None` if it is too small or too large to be read.
fn stored(film: &Film, quality: u8) -> Option<Film> {
    let greys: Vec<u8> = film
        .pixels()
        .iter()
        .map(|&grey| (f32::from(grey) / 257.0).round() as u8)
        .collect();
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(&greys, film.width(), film.height(), ExtendedColorType::L8)
        .ok()?;
    decode(bytes.get_ref()).ok()
}
