//! Covering a part of a film with the mean grey of its border.
//!
//! The border, not a blurred copy: what a blur leaves behind still hints at what it hides. The same grey
//! everywhere says nothing, and the edge of the film is where a grey means least.

use serde::{Deserialize, Serialize};

use crate::film::Film;

/// Width of the border, as a share of the shorter side.
const BORDER: f64 = 0.02;

/// What is to be covered: a grid, at any resolution, stretched over the whole film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask {
    width: usize,
    height: usize,
    covered: Vec<bool>,
}

impl Mask {
    /// `None` if a side is 0 or `covered`, row-major, does not hold `width` x `height` values.
    pub fn new(width: usize, height: usize, covered: Vec<bool>) -> Option<Self> {
        let fits = width.checked_mul(height) == Some(covered.len());
        (fits && !covered.is_empty()).then_some(Self {
            width,
            height,
            covered,
        })
    }
}

/// The film with every pixel covered whose centre lies in a covered cell of `mask`.
pub fn erase(film: &Film, mask: &Mask) -> Film {
    let cell = |at: usize, length: u32, cells: usize| {
        (((at as f64 + 0.5) / f64::from(length) * cells as f64) as usize).min(cells - 1)
    };
    covered(film, |x, y| {
        let column = cell(x, film.width(), mask.width);
        let row = cell(y, film.height(), mask.height);
        mask.covered[row * mask.width + column]
    })
}

/// The film with one cell covered of `cells` x `cells` over the central square, which is what a network
/// sees (see [`Film::input`]). `cell` is column and row from the upper left; one beyond the grid covers
/// nothing.
pub fn occlude(film: &Film, cell: [usize; 2], cells: usize) -> Film {
    let side = f64::from(film.width().min(film.height()));
    let within = |at: usize, length: u32, cell: usize| {
        let place = (at as f64 + 0.5 - (f64::from(length) - side) / 2.0) / side;
        (0.0..1.0).contains(&place) && cell < cells && (place * cells as f64) as usize == cell
    };
    let [column, row] = cell;
    covered(film, |x, y| {
        within(x, film.width(), column) && within(y, film.height(), row)
    })
}

/// The film with the pixels covered at each x and y that `hidden` says.
fn covered(film: &Film, hidden: impl Fn(usize, usize) -> bool) -> Film {
    let fill = border(film);
    let width = film.width() as usize;
    let greys = film.pixels().iter().enumerate();
    let pixels = greys.map(|(at, &grey)| {
        if hidden(at % width, at / width) {
            fill
        } else {
            grey
        }
    });
    Film::new(film.width(), film.height(), pixels.collect()).expect("as many pixels as before")
}

/// Mean grey of the border.
fn border(film: &Film) -> u16 {
    let (width, height) = (film.width() as usize, film.height() as usize);
    let border = ((width.min(height) as f64 * BORDER).round() as usize).max(1);
    let outer = |at: usize, length: usize| at < border || at + border >= length;
    let (mut sum, mut n) = (0, 0);
    for (y, row) in film.pixels().chunks_exact(width).enumerate() {
        for (x, &grey) in row.iter().enumerate() {
            if outer(x, width) || outer(y, height) {
                sum += u64::from(grey);
                n += 1;
            }
        }
    }
    (sum as f64 / f64::from(n)).round() as u16
}
