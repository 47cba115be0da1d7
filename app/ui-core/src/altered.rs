//! What a network is shown of an image with the word that is planted as a shortcut, and without.

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
}
