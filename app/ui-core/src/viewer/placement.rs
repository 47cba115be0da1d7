//! How a film lies on the screen: moved, zoomed, rotated, flipped.

/// The least and the most that a film is zoomed to.
const ZOOM: (f64, f64) = (0.5, 16.0);

/// From the middle of the place that the film has on the screen, in pixels: to the right, down.
pub type Point = (f64, f64);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    pub zoom: f64,
    pub shift: Point,
    /// Quarter turns clockwise, 0 to 3, before it is flipped.
    turns: u8,
    /// Left and right exchanged, as they lie on the screen.
    pub flipped: bool,
}

impl Default for Placement {
    /// As it is in the file, whole.
    fn default() -> Self {
        Self {
            zoom: 1.0,
            shift: (0.0, 0.0),
            turns: 0,
            flipped: false,
        }
    }
}

impl Placement {
    /// What lies under the point stays there.
    pub fn zoom_at(&mut self, (x, y): Point, factor: f64) {
        let zoom = (self.zoom * factor).clamp(ZOOM.0, ZOOM.1);
        let factor = zoom / self.zoom;
        let (right, down) = self.shift;
        self.shift = (x - (x - right) * factor, y - (y - down) * factor);
        self.zoom = zoom;
    }

    pub fn move_by(&mut self, (x, y): Point) {
        self.shift.0 += x;
        self.shift.1 += y;
    }

    /// A quarter turn clockwise, as it is seen.
    pub fn turn(&mut self) {
        // What is flipped after it turns the other way.
        self.turns = (self.turns + if self.flipped { 3 } else { 1 }) % 4;
    }

    /// Left and right exchanged, as they are seen.
    pub fn flip(&mut self) {
        self.flipped = !self.flipped;
    }

    /// By how much it is rotated clockwise, as it is seen: 0 to 270 degrees.
    pub fn degrees(&self) -> u32 {
        let turns = if self.flipped {
            4 - self.turns
        } else {
            self.turns
        } % 4;
        90 * u32::from(turns)
    }

    /// For the style sheet. `sides`: width and height of the film, which on its side still has to fit.
    pub fn transform(&self, (width, height): (u32, u32)) -> String {
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let fit = match self.turns % 2 {
            0 => 1.0,
            _ => (width / height).min(height / width),
        };
        let zoom = self.zoom * fit;
        let side = if self.flipped { -zoom } else { zoom };
        format!(
            "translate({:.2}px, {:.2}px) scale({side:.4}, {zoom:.4}) rotate({}deg)",
            self.shift.0,
            self.shift.1,
            90 * u32::from(self.turns)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a point of the film is seen, by the same three steps as the style sheet's.
    fn seen(placement: &Placement, (x, y): Point) -> Point {
        let (x, y) = (0..placement.turns).fold((x, y), |(x, y), _| (-y, x));
        let x = if placement.flipped { -x } else { x };
        let (right, down) = placement.shift;
        (x * placement.zoom + right, y * placement.zoom + down)
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let mut placement = Placement::default();
        placement.move_by((10.0, -20.0));
        placement.turn();
        let film = (30.0, 40.0);
        let pointer = seen(&placement, film);
        for factor in [1.25, 1.25, 3.0, 0.5, 100.0, 1e-9] {
            placement.zoom_at(pointer, factor);
            let (x, y) = seen(&placement, film);
            assert!((x - pointer.0).abs() < 1e-6 && (y - pointer.1).abs() < 1e-6);
        }
        assert_eq!(placement.zoom, ZOOM.0);
    }

    #[test]
    fn turning_and_flipping_do_what_is_seen_in_any_order() {
        let right = (1.0, 0.0);
        let mut placement = Placement::default();
        placement.flip();
        assert_eq!(seen(&placement, right), (-1.0, 0.0));
        placement.turn();
        // What pointed to the left points up.
        assert_eq!(seen(&placement, right), (-0.0, -1.0));
        placement.flip();
        assert_eq!(seen(&placement, right), (0.0, -1.0));
        for _ in 0..4 {
            placement.turn();
        }
        assert_eq!(seen(&placement, right), (0.0, -1.0));
    }

    #[test]
    fn four_turns_are_none_also_of_a_flipped_film() {
        for flips in 0..2 {
            let mut placement = Placement::default();
            (0..flips).for_each(|_| placement.flip());
            let before = placement;
            let degrees: Vec<u32> = (0..4)
                .map(|_| {
                    placement.turn();
                    placement.degrees()
                })
                .collect();
            assert_eq!(degrees, [90, 180, 270, 0]);
            assert_eq!(placement, before);
        }
    }
}
