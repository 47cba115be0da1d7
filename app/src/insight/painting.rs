//! Painting over the square that the network sees, cell by cell, with pointer or keyboard.

use model::insight::Mask;

use super::square::{cell_under, cells_between};

/// Cells along a side.
pub const CELLS: usize = 16;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
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

    fn set(&mut self, cell: usize, paints: bool) {
        if let Some(place) = self.mask.painted.get_mut(cell) {
            *place = paints;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
