//! Small bright patches near the corners, found by their size and by the dark around them.

/// Patches are looked for in the corners, each so much of a side.
const CORNER: f64 = 1.0 / 3.0;
/// Of 65,535. Letters are white; reducing the film has made their strokes a little darker.
const BRIGHT: u16 = 49_000;
/// On average no brighter around a patch.
const DARK: f64 = 32_000.0;
/// Smaller patches are noise, pixels.
const LEAST: usize = 3;
/// Larger ones are anatomy, or a border: a share of the picture.
const MOST: f64 = 0.005;
/// So far around a patch the dark is looked for, pixels.
const AROUND: usize = 3;

/// The share of the picture that such patches cover.
pub(super) fn share(pixels: &[u16], width: usize, height: usize) -> f32 {
    let mut search = Search {
        pixels,
        width,
        height,
        seen: vec![false; pixels.len()],
        open: Vec::new(),
    };
    let corner = |side: usize| (side as f64 * CORNER) as usize;
    let (across, down) = (corner(width), corner(height));
    let mut marked = 0;
    for rows in [0..down, height - down..height] {
        for columns in [0..across, width - across..width] {
            for y in rows.clone() {
                for x in columns.clone() {
                    marked += search.patch_at(x, y);
                }
            }
        }
    }
    marked as f32 / pixels.len() as f32
}

struct Search<'a> {
    pixels: &'a [u16],
    width: usize,
    height: usize,
    seen: Vec<bool>,
    /// Of the patch that is being followed: pixels whose neighbours have not been looked at.
    open: Vec<(usize, usize)>,
}

impl Search<'_> {
    /// How many pixels the patch here has, if it is one that counts and has not been met before.
    fn patch_at(&mut self, x: usize, y: usize) -> usize {
        let (mut left, mut right, mut top, mut bottom) = (x, x, y, y);
        let mut n = 0;
        self.visit(x, y);
        while let Some((x, y)) = self.open.pop() {
            n += 1;
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
            for y in y.saturating_sub(1)..(y + 2).min(self.height) {
                for x in x.saturating_sub(1)..(x + 2).min(self.width) {
                    self.visit(x, y);
                }
            }
        }
        let most = (MOST * self.pixels.len() as f64) as usize;
        let inside = left >= AROUND
            && top >= AROUND
            && right + AROUND < self.width
            && bottom + AROUND < self.height;
        let counts = (LEAST..=most).contains(&n) && inside;
        match counts && self.frame(left, right, top, bottom) <= DARK {
            true => n,
            false => 0,
        }
    }

    fn visit(&mut self, x: usize, y: usize) {
        let at = y * self.width + x;
        if self.pixels[at] >= BRIGHT && !self.seen[at] {
            self.seen[at] = true;
            self.open.push((x, y));
        }
    }

    /// Mean gray on a frame around the patch; one that reaches to the edge of the picture has none.
    fn frame(&self, left: usize, right: usize, top: usize, bottom: usize) -> f64 {
        let (left, right) = (left - AROUND, right + AROUND);
        let (top, bottom) = (top - AROUND, bottom + AROUND);
        let row = |y: usize| (left..=right).map(move |x| (x, y));
        let column = |x: usize| (top + 1..bottom).map(move |y| (x, y));
        let frame = row(top)
            .chain(row(bottom))
            .chain(column(left))
            .chain(column(right));
        let (mut sum, mut n) = (0.0, 0);
        for (x, y) in frame {
            sum += f64::from(self.pixels[y * self.width + x]);
            n += 1;
        }
        sum / f64::from(n)
    }
}
