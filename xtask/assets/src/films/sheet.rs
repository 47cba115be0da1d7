//! Contact sheets, to look at the films.

use image::{GrayImage, imageops};

use super::Image;

const COLUMNS: usize = 8;
const CELL: [u32; 2] = [170, 170];

/// The films in rows, at half their size, in the order given.
pub fn sheet<'a>(images: impl Iterator<Item = &'a Image>) -> GrayImage {
    let images: Vec<&Image> = images.collect();
    let rows = images.len().div_ceil(COLUMNS) as u32;
    let mut sheet = GrayImage::new(CELL[0] * COLUMNS as u32, CELL[1] * rows);
    for (i, image) in images.iter().enumerate() {
        let (width, height) = (image.width as u32, image.height as u32);
        let Some(film) = GrayImage::from_raw(width, height, image.grey.clone()) else {
            continue;
        };
        let small = imageops::thumbnail(&film, width / 2, height / 2);
        let (x, y) = (
            (i % COLUMNS) as u32 * CELL[0],
            (i / COLUMNS) as u32 * CELL[1],
        );
        imageops::replace(&mut sheet, &small, x.into(), y.into());
    }
    sheet
}
