//! Covering a part of a film with the mean grey of its border.
//!
//! The border, not a blurred copy: what a blur leaves behind still hints at what it hides. The same grey
//! everywhere says nothing, and the edge of the film is where a grey means least.

use crate::{film::Film, insight::Mask};

/// Width of the border, as a share of the shorter side.
const BORDER: f64 = 0.02;

/// The film with every pixel covered whose centre lies in a painted cell. The cells lie over the central
/// square, which is what a network sees (see [`Film::input`]); a mask of another number of cells than it
/// says covers as far as it goes.
pub fn erase(film: &Film, mask: &Mask) -> Film {
    covered(film, mask.cells, |column, row| {
        let painted = mask.painted.get(row * mask.cells + column);
        painted.copied().unwrap_or(false)
    })
}

/// The film with a cell covered of `cells` x `cells` over the central square, and with it those at most
/// `reach` cells away. `cell` is column and row from the upper left.
pub fn occlude(film: &Film, cell: [usize; 2], cells: usize, reach: usize) -> Film {
    covered(film, cells, |column, row| {
        column.abs_diff(cell[0]) <= reach && row.abs_diff(cell[1]) <= reach
    })
}

/// The film with the cells covered that `hidden` says, by column and row.
fn covered(film: &Film, cells: usize, hidden: impl Fn(usize, usize) -> bool) -> Film {
    let size = (film.width() as usize, film.height() as usize);
    let fill = border_grey(film.pixels(), size) as u16;
    let width = film.width() as usize;
    let side = f64::from(film.width().min(film.height()));
    // `None` beyond the square.
    let cell = |at: usize, length: u32| {
        let place = (at as f64 + 0.5 - (f64::from(length) - side) / 2.0) / side;
        (0.0..1.0)
            .contains(&place)
            .then_some((place * cells as f64) as usize)
    };
    let columns: Vec<_> = (0..width).map(|x| cell(x, film.width())).collect();
    let mut pixels = film.pixels().to_vec();
    for (y, row) in pixels.chunks_exact_mut(width).enumerate() {
        let Some(of_row) = cell(y, film.height()) else {
            continue;
        };
        for (grey, column) in row.iter_mut().zip(&columns) {
            if column.is_some_and(|column| hidden(column, of_row)) {
                *grey = fill;
            }
        }
    }
    Film::new(film.width(), film.height(), pixels).expect("as many pixels as before")
}

/// Mean grey of a film's border, rounded; 0 of no pixels. `pixels` are row-major, `size` is width and height.
pub fn border_grey<T: Copy + Into<u64>>(pixels: &[T], (width, height): (usize, usize)) -> u64 {
    let border = ((width.min(height) as f64 * BORDER).round() as usize).max(1);
    let outer = |at: usize, length: usize| at < border || at + border >= length;
    let (mut sum, mut n) = (0, 0_u32);
    for (y, row) in pixels.chunks_exact(width.max(1)).enumerate() {
        for (x, &grey) in row.iter().enumerate() {
            if outer(x, width) || outer(y, height) {
                sum += grey.into();
                n += 1;
            }
        }
    }
    (sum as f64 / f64::from(n.max(1))).round() as u64
}
