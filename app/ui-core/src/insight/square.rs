//! The central square of a film, which is all that a network sees, and the cells on it.

/// A rectangle in percent of the film's width and height: left, top, width, height.
pub type Area = [f64; 4];

/// The central square of a film of this many pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    width: f64,
    height: f64,
}

impl Square {
    pub fn of(width: u32, height: u32) -> Self {
        Self {
            width: f64::from(width.max(1)),
            height: f64::from(height.max(1)),
        }
    }

    /// Width to height of the film.
    pub fn aspect(&self) -> f64 {
        self.width / self.height
    }

    /// Where the square lies on the film.
    pub fn place(&self) -> Area {
        let side = self.width.min(self.height);
        let (width, height) = (side / self.width * 100.0, side / self.height * 100.0);
        let (left, top) = ((100.0 - width) / 2.0, (100.0 - height) / 2.0);
        [left, top, width, height]
    }

    /// What the network does not see: two bands, or nothing.
    pub fn cut_off(&self) -> Vec<Area> {
        let [left, top, width, height] = self.place();
        let bands = if left > 0.0 {
            [[0.0, 0.0, left, 100.0], [left + width, 0.0, left, 100.0]]
        } else {
            [[0.0, 0.0, 100.0, top], [0.0, top + height, 100.0, top]]
        };
        let seen = |band: &Area| band[2] > 0.01 && band[3] > 0.01;
        bands.into_iter().filter(seen).collect()
    }
}

/// The cell, counted row by row, under a place given in shares of the square's side; `None` beside it.
pub fn cell_under(cells: usize, x: f64, y: f64) -> Option<usize> {
    let along = |share: f64| {
        let place = (share * cells as f64).floor();
        (place >= 0.0 && place < cells as f64).then_some(place as usize)
    };
    Some(along(y)? * cells + along(x)?)
}

/// All cells on the straight way from one to another, both included.
pub fn cells_between(cells: usize, from: usize, to: usize) -> Vec<usize> {
    let place = |cell: usize| ((cell % cells) as f64, (cell / cells) as f64);
    let ((x0, y0), (x1, y1)) = (place(from), place(to));
    let steps = (x1 - x0).abs().max((y1 - y0).abs());
    (0..=steps as usize)
        .map(|step| {
            let share = if steps > 0.0 {
                step as f64 / steps
            } else {
                0.0
            };
            let (x, y) = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
            y.round() as usize * cells + x.round() as usize
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_lies_in_the_middle_of_the_longer_side() {
        assert_eq!(Square::of(200, 100).place(), [25.0, 0.0, 50.0, 100.0]);
        assert_eq!(Square::of(100, 400).place(), [0.0, 37.5, 100.0, 25.0]);
        assert_eq!(Square::of(64, 64).place(), [0.0, 0.0, 100.0, 100.0]);
    }

    #[test]
    fn what_is_cut_off_lies_on_both_sides_of_it() {
        let wide = Square::of(200, 100).cut_off();
        assert_eq!(wide, [[0.0, 0.0, 25.0, 100.0], [75.0, 0.0, 25.0, 100.0]]);
        let tall = Square::of(100, 400).cut_off();
        assert_eq!(tall, [[0.0, 0.0, 100.0, 37.5], [0.0, 62.5, 100.0, 37.5]]);
        assert!(Square::of(64, 64).cut_off().is_empty());
    }

    #[test]
    fn a_place_is_in_one_cell_or_beside_the_square() {
        assert_eq!(cell_under(16, 0.0, 0.0), Some(0));
        assert_eq!(cell_under(16, 0.999, 0.999), Some(255));
        assert_eq!(cell_under(16, 0.5, 0.0), Some(8));
        assert_eq!(cell_under(16, 1.0, 0.5), None);
        assert_eq!(cell_under(16, -0.01, 0.5), None);
        assert_eq!(cell_under(16, f64::NAN, 0.5), None);
    }

    #[test]
    fn a_quick_stroke_leaves_no_gaps() {
        assert_eq!(cells_between(4, 0, 3), [0, 1, 2, 3]);
        assert_eq!(cells_between(4, 12, 0), [12, 8, 4, 0]);
        assert_eq!(cells_between(4, 0, 15), [0, 5, 10, 15]);
        assert_eq!(cells_between(4, 6, 6), [6]);
    }
}
