//! QR codes in a picture. In a program of its own, which is fetched when somebody wants to scan: the reader is a third as
//! large as all of the page.

/// Along a side of what is searched at once: the time grows with the square of all that looks like a corner of a code.
const TILE: usize = 1024;
/// Tiles overlap by so much that a code of this size is whole in one; larger ones are in a smaller copy.
const OVERLAP: usize = 384;
/// A tile is searched so often at most, each time without what was read before: forty codes fit into none.
const MOST_ROUNDS: usize = 40;
/// Along the longer side of the smallest copy.
const SMALLEST: usize = 640;

/// The texts of all codes in a picture of `width` times `height` pixels, four bytes each: red, green, blue, opacity; none
/// twice. Nothing where the bytes are too few.
pub fn read(width: usize, height: usize, rgba: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let Some(mut picture) = Grey::of(width, height, rgba) else {
        return texts;
    };
    // A screenshot has small squares and is read as it is, a photograph large and noisy ones.
    loop {
        picture.search(&mut texts);
        if picture.width.max(picture.height) <= SMALLEST {
            return texts;
        }
        picture = picture.halved();
    }
}

struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    fn of(width: usize, height: usize, rgba: &[u8]) -> Option<Self> {
        let bytes = width.checked_mul(height)?.checked_mul(4)?;
        let rgba = rgba.get(..bytes).filter(|rgba| !rgba.is_empty())?;
        // Rec. 601 in 256ths.
        let grey = |pixel: &[u8]| {
            let sum =
                77 * u32::from(pixel[0]) + 150 * u32::from(pixel[1]) + 29 * u32::from(pixel[2]);
            (sum >> 8) as u8
        };
        Some(Self {
            width,
            height,
            pixels: rgba.chunks_exact(4).map(grey).collect(),
        })
    }

    /// Means of two by two pixels; the last ones count twice where there is no other.
    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let rows = [2 * y, (2 * y + 1).min(self.height - 1)].map(|y| y * self.width);
            for x in 0..width {
                let columns = [2 * x, (2 * x + 1).min(self.width - 1)];
                let at = |row: usize| columns.map(|x| u16::from(self.pixels[row + x]));
                let sum: u16 = rows.map(at).as_flattened().iter().sum();
                pixels.push((sum / 4) as u8);
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Each code that is read is erased, and what is left searched again: corners of codes that stand side by side in both
    /// directions are taken for those of one.
    fn search(&mut self, texts: &mut Vec<String>) {
        for y in tiles(self.height) {
            for x in tiles(self.width) {
                for _ in 0..MOST_ROUNDS {
                    let read = self.codes_in_tile(x, y);
                    if read.is_empty() {
                        break;
                    }
                    for (text, corners) in read {
                        self.erase(corners);
                        if !texts.contains(&text) {
                            texts.push(text);
                        }
                    }
                }
            }
        }
    }

    /// Texts with their corners in the picture, one after the other around the code.
    fn codes_in_tile(&self, x: usize, y: usize) -> Vec<(String, [(i64, i64); 4])> {
        let (width, height) = (TILE.min(self.width - x), TILE.min(self.height - y));
        let grey = |dx: usize, dy: usize| self.pixels[(y + dy) * self.width + x + dx];
        let mut tile = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let grids = tile.detect_grids();
        let read = grids.iter().filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let corner =
                |point: rqrr::Point| (i64::from(point.x) + x as i64, i64::from(point.y) + y as i64);
            Some((text, grid.bounds.map(corner)))
        });
        read.collect()
    }

    /// Makes all between these corners white.
    fn erase(&mut self, corners: [(i64, i64); 4]) {
        let range = |of: fn((i64, i64)) -> i64, end: usize| {
            let all = corners.map(of);
            let [from, to] =
                [all.iter().min(), all.iter().max()].map(|end| end.copied().unwrap_or(0));
            from.max(0)..(to + 1).min(end as i64)
        };
        let inside = |x: i64, y: i64| {
            let sides = [0, 1, 2, 3].map(|at| {
                let ((ax, ay), (bx, by)) = (corners[at], corners[(at + 1) % 4]);
                (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            });
            sides.iter().all(|side| *side >= 0) || sides.iter().all(|side| *side <= 0)
        };
        for y in range(|corner| corner.1, self.height) {
            for x in range(|corner| corner.0, self.width) {
                if inside(x, y) {
                    self.pixels[y as usize * self.width + x as usize] = 255;
                }
            }
        }
    }
}

/// Where tiles start along a side.
fn tiles(side: usize) -> impl Iterator<Item = usize> {
    (0..side.saturating_sub(OVERLAP).max(1)).step_by(TILE - OVERLAP)
}

#[cfg(test)]
mod tests {
    use super::read;
    use qrcodegen::{QrCode, QrCodeEcc};
    use ui_core::classroom::picture::{QUIET, of};

    const CODE: &str = "FR-7G7K-J89M-P9MG-06RY";

    /// A grey picture of the code, `scale` pixels a square, on a darker table.
    fn photograph(text: &str, scale: usize) -> (usize, Vec<u8>) {
        let code = QrCode::encode_text(text, QrCodeEcc::Quartile).expect("a short text");
        let squares = code.size() as usize + 4 * QUIET as usize;
        let side = squares * scale;
        let grey = |place: usize| {
            let (x, y) = (place % side / scale, place / side / scale);
            let paper = (4..squares - 4).contains(&x) && (4..squares - 4).contains(&y);
            match paper {
                true if code.get_module(x as i32 - 8, y as i32 - 8) => 30,
                true => 220,
                false => 120,
            }
        };
        let pixels = (0..side * side).flat_map(|place| {
            let grey = grey(place);
            [grey, grey, grey, 255]
        });
        (side, pixels.collect())
    }

    #[test]
    fn what_is_drawn_is_read() {
        for scale in [3, 5, 9] {
            for text in [CODE, "https://example.org/a/b/?arm=both&seed=12&lang=es"] {
                let (side, pixels) = photograph(text, scale);
                assert_eq!(read(side, side, &pixels), [text], "{scale}");
            }
        }
        assert!(of(CODE).is_some());
    }

    /// A light page of `width` times `height` pixels with lines as of small letters, and the code as the page draws it: 176
    /// pixels wide.
    fn screenshot(width: usize, height: usize, (left, top): (usize, usize)) -> Vec<u8> {
        let code = QrCode::encode_text(CODE, QrCodeEcc::Quartile).expect("a short text");
        let squares = (code.size() + 2 * QUIET) as usize;
        let grey = |place: usize| {
            let (x, y) = (place % width, place / width);
            if (left..left + 176).contains(&x) && (top..top + 176).contains(&y) {
                let [x, y] = [x - left, y - top].map(|at| (at * squares / 176) as i32 - QUIET);
                return if code.get_module(x, y) { 0 } else { 255 };
            }
            let letter = (x / 2).wrapping_mul(2_654_435_761) ^ (y / 2).wrapping_mul(40_503);
            match y % 24 < 10 && x % 640 < 500 && letter % 7 < 3 {
                true => 70,
                false => 247,
            }
        };
        let pixels = (0..width * height).flat_map(|place| {
            let grey = grey(place);
            [grey, grey, grey, 255]
        });
        pixels.collect()
    }

    #[test]
    fn a_screenshot_of_any_length_is_read() {
        for (height, left, top) in [(800, 41, 306), (3000, 1000, 950), (5900, 650, 5500)] {
            let pixels = screenshot(1280, height, (left, top));
            assert_eq!(read(1280, height, &pixels), [CODE], "{height}");
        }
    }

    #[test]
    fn a_large_picture_with_noise_is_read() {
        let (side, mut pixels) = photograph(CODE, 40);
        let mut noise = 1_u32;
        for pixel in pixels.chunks_exact_mut(4) {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Dark and light overlap.
            let by = (noise >> 24) as i32 - 128;
            let grey = (i32::from(pixel[0]) + by).clamp(0, 255) as u8;
            pixel[..3].fill(grey);
        }
        assert_eq!(read(side, side, &pixels), [CODE]);
    }

    #[test]
    fn codes_side_by_side_in_both_directions_are_all_read() {
        let texts: Vec<String> = (0..16).map(|n| format!("{CODE}-{n}")).collect();
        let codes: Vec<QrCode> = texts
            .iter()
            .map(|text| QrCode::encode_text(text, QrCodeEcc::Quartile).expect("a short text"))
            .collect();
        let side = (codes[0].size() + 2 * QUIET) as usize * 4;
        let pixel = |place: usize| {
            let (x, y) = (place % (4 * side), place / (4 * side));
            let [dx, dy] = [x % side, y % side].map(|at| (at / 4) as i32 - QUIET);
            let dark = codes[y / side * 4 + x / side].get_module(dx, dy);
            let grey = if dark { 0 } else { 255 };
            [grey, grey, grey, 255]
        };
        let pixels: Vec<u8> = (0..16 * side * side).flat_map(pixel).collect();
        let mut read = read(4 * side, 4 * side, &pixels);
        read.sort();
        let mut expected = texts.clone();
        expected.sort();
        assert_eq!(read, expected);
    }

    #[test]
    fn tiles_reach_the_end() {
        let starts = |side| super::tiles(side).collect::<Vec<_>>();
        assert_eq!(starts(1), [0]);
        assert_eq!(starts(super::TILE), [0]);
        assert_eq!(starts(super::TILE + 1), [0, 640]);
        assert_eq!(starts(1664), [0, 640]);
        assert_eq!(starts(1665), [0, 640, 1280]);
    }

    #[test]
    fn a_picture_without_codes_has_none() {
        assert!(read(64, 64, &[128; 64 * 64 * 4]).is_empty());
        assert!(read(64, 64, &[128; 12]).is_empty());
        assert!(read(0, 0, &[]).is_empty());
        assert!(read(usize::MAX, 2, &[]).is_empty());
    }
}
