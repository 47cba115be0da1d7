//! Painting over the square that the network sees, cell by cell, with pointer or keyboard.

use imaging::{dataset::Picture, insight::Mask};

use super::square::{cell_under, cells_between};
use plots::direction::Direction;

/// Cells along a side.
pub const CELLS: usize = 16;

/// Pixels along the side of a drawn cell, one of which is its outline.
pub const CELL_PIXELS: usize = 8;

/// The accent of the dark theme: no film has a colour.
const OUTLINE: [u8; 3] = [98, 203, 189];

#[derive(Clone, Debug, PartialEq)]
pub struct Painting {
    pub mask: Mask,
    /// The cell at which the keyboard is, counted row by row.
    pub cursor: usize,
    stroke: Option<Stroke>,
}

/// A pointer that is down: where it was last, and whether it paints or wipes away.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stroke {
    last: usize,
    paints: bool,
}

impl Default for Painting {
    fn default() -> Self {
        Self {
            mask: Mask {
                cells: CELLS,
                painted: vec![false; CELLS * CELLS],
            },
            cursor: CELLS * CELLS / 2 + CELLS / 2,
            stroke: None,
        }
    }
}

impl Painting {
    pub fn painted(&self) -> usize {
        self.mask.painted.iter().filter(|&&cell| cell).count()
    }

    pub fn is_painted(&self, cell: usize) -> bool {
        self.mask.painted.get(cell).copied().unwrap_or(false)
    }

    /// Row and column of the cursor, from 0.
    pub fn place(&self) -> (usize, usize) {
        (self.cursor / CELLS, self.cursor % CELLS)
    }

    /// Moves the cursor; it stays within the square.
    pub fn go(&mut self, direction: Direction) {
        let (row, column) = self.place();
        let (row, column) = match direction {
            Direction::Left => (row, column.saturating_sub(1)),
            Direction::Right => (row, (column + 1).min(CELLS - 1)),
            Direction::Up => (row.saturating_sub(1), column),
            Direction::Down => ((row + 1).min(CELLS - 1), column),
        };
        self.cursor = row * CELLS + column;
    }

    /// Paints the cell at the cursor, or wipes it.
    pub fn toggle(&mut self) {
        let paints = !self.is_painted(self.cursor);
        self.set(self.cursor, paints);
    }

    /// The pointer goes down, at a place in shares of the square's side: on a free cell it paints, on a
    /// painted one it wipes.
    pub fn begin(&mut self, x: f64, y: f64) {
        if let Some(cell) = cell_under(CELLS, x, y) {
            let paints = !self.is_painted(cell);
            self.stroke = Some(Stroke { last: cell, paints });
            self.cursor = cell;
            self.set(cell, paints);
        }
    }

    /// The pointer moves. Whether anything has changed.
    pub fn drag(&mut self, x: f64, y: f64) -> bool {
        let (Some(stroke), Some(cell)) = (self.stroke, cell_under(CELLS, x, y)) else {
            return false;
        };
        if cell == stroke.last {
            return false;
        }
        for between in cells_between(CELLS, stroke.last, cell) {
            self.set(between, stroke.paints);
        }
        self.cursor = cell;
        self.stroke = Some(Stroke {
            last: cell,
            ..stroke
        });
        true
    }

    /// The pointer goes up. Whether it was down.
    pub fn end(&mut self) -> bool {
        self.stroke.take().is_some()
    }

    pub fn is_down(&self) -> bool {
        self.stroke.is_some()
    }

    /// What is painted as pixels of red, green, blue and cover, in the grey that the network will see
    /// there, with an outline around it.
    pub fn pixels(&self, grey: u8) -> Vec<u8> {
        let side = CELLS * CELL_PIXELS;
        let painted = |x: usize, y: usize| {
            let cell = |at: usize| at / CELL_PIXELS;
            x < side && y < side && self.is_painted(cell(y) * CELLS + cell(x))
        };
        let pixel = |place: usize| {
            let (x, y) = (place % side, place / side);
            if !painted(x, y) {
                return [0; 4];
            }
            let inside = painted(x.wrapping_sub(1), y)
                && painted(x + 1, y)
                && painted(x, y.wrapping_sub(1))
                && painted(x, y + 1);
            let [red, green, blue] = if inside { [grey; 3] } else { OUTLINE };
            [red, green, blue, u8::MAX]
        };
        (0..side * side).flat_map(pixel).collect()
    }

    fn set(&mut self, cell: usize, paints: bool) {
        if let Some(place) = self.mask.painted.get_mut(cell) {
            *place = paints;
        }
    }
}

/// What the engine covers a film with, as a grey of the screen.
pub fn border_grey(picture: &Picture) -> u8 {
    let size = (picture.width as usize, picture.height as usize);
    imaging::perturb::border_grey(&picture.pixels, size) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grey_is_that_of_the_border() {
        let within =
            |place: usize| (1..9).contains(&(place % 10)) && (1..9).contains(&(place / 10));
        let pixels = (0..100)
            .map(|place| if within(place) { 0 } else { 200 })
            .collect();
        let picture = |width, height, pixels| Picture {
            width,
            height,
            pixels,
        };
        assert_eq!(border_grey(&picture(10, 10, pixels)), 200);
        assert_eq!(border_grey(&picture(0, 0, Vec::new())), 0);
    }

    #[test]
    fn what_is_painted_is_grey_within_an_outline() {
        let mut painting = Painting::default();
        painting.begin(0.0, 0.0);
        painting.drag(1.5 * CELL, 0.0);
        let pixels = painting.pixels(60);
        let side = CELLS * CELL_PIXELS;
        let at = |x: usize, y: usize| &pixels[(y * side + x) * 4..][..4];
        assert_eq!(at(3, 3), [60, 60, 60, 255]);
        // Between two painted cells there is none.
        assert_eq!(at(CELL_PIXELS, 3), [60, 60, 60, 255]);
        let [red, green, blue] = OUTLINE;
        assert_eq!(at(2 * CELL_PIXELS - 1, 3), [red, green, blue, 255]);
        assert_eq!(at(3, 0), [red, green, blue, 255]);
        assert_eq!(at(2 * CELL_PIXELS, 3), [0; 4]);
    }

    const CELL: f64 = 1.0 / CELLS as f64;

    #[test]
    fn a_stroke_paints_all_that_it_passes_and_asks_once() {
        let mut painting = Painting::default();
        painting.begin(0.0, 0.0);
        assert!(!painting.drag(0.001, 0.001));
        assert!(painting.drag(3.5 * CELL, 0.0));
        assert_eq!(painting.painted(), 4);
        assert!(painting.end());
        assert!(!painting.end());
        assert!(!painting.drag(0.9, 0.9));
    }

    #[test]
    fn a_stroke_from_a_painted_cell_wipes() {
        let mut painting = Painting::default();
        painting.begin(0.0, 0.0);
        painting.drag(2.5 * CELL, 0.0);
        painting.end();
        painting.begin(CELL, 0.0);
        painting.drag(2.5 * CELL, 0.0);
        assert_eq!(painting.painted(), 1);
        assert!(painting.is_painted(0));
    }

    #[test]
    fn a_stroke_goes_on_after_it_has_left_the_square() {
        let mut painting = Painting::default();
        painting.begin(0.0, 0.0);
        assert!(!painting.drag(-0.5, 0.0));
        assert!(painting.drag(1.5 * CELL, 0.0));
        assert!(painting.is_painted(1));
    }

    #[test]
    fn the_keyboard_reaches_every_cell_and_no_further() {
        let mut painting = Painting::default();
        for _ in 0..CELLS {
            painting.go(Direction::Left);
            painting.go(Direction::Up);
        }
        assert_eq!(painting.place(), (0, 0));
        painting.toggle();
        assert!(painting.is_painted(0));
        painting.toggle();
        assert_eq!(painting.painted(), 0);
        for _ in 0..CELLS {
            painting.go(Direction::Right);
            painting.go(Direction::Down);
        }
        assert_eq!(painting.place(), (CELLS - 1, CELLS - 1));
    }
}
