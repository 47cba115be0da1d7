//! What a network is shown of an image, and what becomes of it: with the word that is planted as a shortcut, in few pixels, turned
//! around.

use experiments::marker::is_ink;
use imaging::dataset::Picture;

/// The central square, as a network sees it.
pub fn square(picture: &Picture) -> Picture {
    let side = picture.width.min(picture.height);
    let [left, top] = [picture.width, picture.height].map(|length| (length - side) / 2);
    let rows = (top..top + side).map(|y| (y * picture.width + left) as usize);
    let pixels = rows.flat_map(|start| {
        let row = picture.pixels.get(start..start + side as usize);
        row.unwrap_or_default().iter().copied()
    });
    Picture {
        width: side,
        height: side,
        pixels: pixels.collect(),
    }
}

/// A square with the word on it.
pub fn marked(square: &Picture) -> Picture {
    let side = square.width;
    let place = |at: usize| {
        [at as u32 % side.max(1), at as u32 / side.max(1)]
            .map(|at| (f64::from(at) + 0.5) / f64::from(side))
    };
    let pixels = square.pixels.iter().enumerate();
    Picture {
        pixels: pixels
            .map(|(at, &grey)| if is_ink(place(at)) { u8::MAX } else { grey })
            .collect(),
        ..*square
    }
}

/// A square in as few gray values as `n` by `n`, each the mean of its part. `n`: 1 or more, and not more than its side.
pub fn coarse(square: &Picture, n: u32) -> Picture {
    let side = square.width;
    let n = n.clamp(1, side.max(1));
    let part = |at: u32| (at * n / side.max(1)) as usize;
    let places = || (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let cell = |(x, y)| part(y) * n as usize + part(x);
    let mut sums = vec![(0u32, 0u32); (n * n) as usize];
    for (place, &gray) in places().zip(&square.pixels) {
        if let Some((sum, count)) = sums.get_mut(cell(place)) {
            *sum += u32::from(gray);
            *count += 1;
        }
    }
    let mean = |place| {
        let (sum, count) = sums.get(cell(place)).copied().unwrap_or_default();
        (sum / count.max(1)) as u8
    };
    Picture {
        pixels: places().map(mean).collect(),
        ..*square
    }
}

/// Black for white.
pub fn inverted(picture: &Picture) -> Picture {
    Picture {
        pixels: picture.pixels.iter().map(|gray| u8::MAX - gray).collect(),
        ..*picture
    }
}

/// Left for right.
pub fn flipped(picture: &Picture) -> Picture {
    let rows = picture.pixels.chunks(picture.width.max(1) as usize);
    Picture {
        pixels: rows.flat_map(|row| row.iter().rev().copied()).collect(),
        ..*picture
    }
}

/// A square by a quarter, clockwise.
pub fn rotated(square: &Picture) -> Picture {
    let side = square.width as usize;
    let from = |at: usize| (side - 1 - at % side) * side + at / side;
    let gray = |at: usize| square.pixels.get(from(at)).copied().unwrap_or_default();
    Picture {
        pixels: (0..square.pixels.len()).map(gray).collect(),
        ..*square
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_wide_image_is_shown_and_the_word_stands_at_its_top() {
        let wide = Picture {
            width: 96,
            height: 64,
            pixels: (0..96 * 64).map(|at| (at % 96) as u8).collect(),
        };
        let square = square(&wide);
        assert_eq!((square.width, square.height), (64, 64));
        assert_eq!((square.pixels[0], square.pixels[63]), (16, 79));
        let marked = marked(&square);
        let changed: Vec<usize> = (0..64 * 64)
            .filter(|&at| marked.pixels[at] != square.pixels[at])
            .collect();
        assert!(changed.iter().all(|at| marked.pixels[*at] == u8::MAX));
        assert!(
            !changed.is_empty() && changed.iter().all(|at| at / 64 < 9),
            "{changed:?}"
        );
    }

    #[test]
    fn a_square_is_turned_around_and_made_coarse() {
        let square = Picture {
            width: 2,
            height: 2,
            pixels: vec![1, 2, 3, 6],
        };
        assert_eq!(flipped(&square).pixels, [2, 1, 6, 3]);
        assert_eq!(rotated(&square).pixels, [3, 1, 6, 2]);
        assert_eq!(inverted(&square).pixels, [254, 253, 252, 249]);
        assert_eq!(coarse(&square, 1).pixels, [3; 4]);
        assert_eq!(coarse(&square, 2), square);
    }
}
