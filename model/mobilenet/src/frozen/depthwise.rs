//! The 3x3 depthwise convolution, eight channels at a time.

#![allow(
    unsafe_code,
    reason = "a bounds check in the inner loop would take as long as a product"
)]

use super::{buffer::BLOCK, constants::Constants, simd::F4, tile::barrier};

/// A 3x3 convolution of each of eight channels, on some rows.
pub(super) struct Depthwise<'a> {
    pub(super) from: &'a [f32],
    /// Where the rows above, on and below each output row begin: a pixel to the left of its first one.
    pub(super) rows: &'a [[usize; 3]],
    /// `[8]` biases, then `[9][8]`.
    pub(super) panel: &'a [f32],
    pub(super) to: &'a mut [f32],
    /// Pixels in an output row.
    pub(super) width: usize,
    pub(super) constants: &'a Constants,
}

/// # Panics
/// When a slice is too short for what the argument describes.
#[inline(never)]
pub(super) fn depthwise<const STRIDE: usize>(what: Depthwise<'_>) {
    let Depthwise {
        from,
        rows,
        panel,
        to,
        width,
        constants,
    } = what;
    let read = (STRIDE * width.saturating_sub(1) + 3) * BLOCK;
    for offset in rows.as_flattened() {
        assert!(offset + read <= from.len());
    }
    assert!(10 * BLOCK <= panel.len() && rows.len() * width * BLOCK <= to.len());
    let limits = constants.limits();
    let [no_width, no_other_width] = constants.no_widths;
    for half in [0, 4] {
        // SAFETY: the panel has ten rows of eight.
        let weight = |row: usize| unsafe { F4::load(panel.as_ptr().add(row * BLOCK + half)) };
        let bias = weight(0);
        let [w0, w1, w2] = [weight(1), weight(2), weight(3)];
        let [w3, w4, w5] = [weight(4), weight(5), weight(6)];
        let [w6, w7, w8] = [weight(7), weight(8), weight(9)];
        // SAFETY: each row holds the `read` floats from its beginning, three pixels for the last output pixel, and there is
        // room for `width` pixels of each row. The step after the last one leads to the third pixel at most.
        unsafe {
            let mut to = to.as_mut_ptr().add(half);
            for row in rows {
                let [mut above, mut on, mut below] =
                    row.map(|offset| from.as_ptr().add(offset + half));
                let mut left = width;
                'pixels: while left > 0 {
                    let mut sum = bias;
                    sum = sum.plus_product(F4::load(above), w0);
                    sum = sum.plus_product(F4::load(above.add(BLOCK)), w1);
                    sum = sum.plus_product(F4::load(above.add(2 * BLOCK)), w2);
                    barrier!(left == no_width, 'pixels, sum.store(to));
                    sum = sum.plus_product(F4::load(on), w3);
                    sum = sum.plus_product(F4::load(on.add(BLOCK)), w4);
                    sum = sum.plus_product(F4::load(on.add(2 * BLOCK)), w5);
                    barrier!(left == no_other_width, 'pixels, sum.store(to));
                    sum = sum.plus_product(F4::load(below), w6);
                    sum = sum.plus_product(F4::load(below.add(BLOCK)), w7);
                    sum = sum.plus_product(F4::load(below.add(2 * BLOCK)), w8);
                    sum.clamp(limits).store(to);
                    left -= 1;
                    above = above.add(STRIDE * BLOCK);
                    on = on.add(STRIDE * BLOCK);
                    below = below.add(STRIDE * BLOCK);
                    to = to.add(BLOCK);
                }
            }
        }
    }
}
