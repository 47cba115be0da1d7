//! The films by which weights are rounded.

use image::{GrayImage, imageops};
use mobilenet::architecture::{PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN};

use super::maps::Maps;
use crate::{
    error::{AssetError, Result},
    films::{Film, Films, Subset},
};

/// Pixels.
const SIDE: usize = 128;

/// Every so many-th film is taken, of both classes and all widths.
const EVERY: usize = 3;

/// Films as the network sees them: the central square, three colours alike, scaled as the photographs were. Only of
/// people who train when films are split by patient, so that nothing here has seen a film of those held out.
///
/// # Errors
/// None that is expected: only if a film is not as large as it says.
pub fn inputs(films: &Films) -> Result<Maps> {
    let trained = films
        .films
        .iter()
        .filter(|film| film.person.part == Subset::Train);
    Ok(Maps {
        channels: 3,
        side: SIDE,
        films: trained.step_by(EVERY).map(input).collect::<Result<_>>()?,
    })
}

fn input(film: &Film) -> Result<Vec<f64>> {
    let (width, height) = (film.image.width as u32, film.image.height as u32);
    let grey = GrayImage::from_raw(width, height, film.image.grey.clone())
        .ok_or_else(|| AssetError::format("film", film.path.as_str()))?;
    let square = width.min(height);
    let (left, top) = ((width - square) / 2, (height - square) / 2);
    let middle = imageops::crop_imm(&grey, left, top, square, square).to_image();
    let side = SIDE as u32;
    let small = imageops::resize(&middle, side, side, imageops::FilterType::Triangle);
    let colours = PHOTOGRAPH_MEAN.into_iter().zip(PHOTOGRAPH_DEVIATION);
    Ok(colours
        .flat_map(|(mean, deviation)| {
            let (mean, deviation) = (f64::from(mean), f64::from(deviation));
            let scaled = move |&grey: &u8| (f64::from(grey) / 255.0 - mean) / deviation;
            small.as_raw().iter().map(scaled)
        })
        .collect())
}
