//! The 1x1 convolution, eight output channels at a time. Bias, ReLU6, residual and average are done where the sums are
//! stored.

#![allow(
    unsafe_code,
    reason = "a bounds check in the inner loop would take as long as a product"
)]

use super::{
    buffer::BLOCK,
    constants::Constants,
    simd::F4,
    tile::{barrier, tiles},
};

/// What a convolution reads.
pub(super) struct Pointwise<'a> {
    /// Begins with the first pixel.
    pub(super) from: &'a [f32],
    /// Floats from one block of channels to the next.
    pub(super) stride: usize,
    /// Input channels, a multiple of eight.
    pub(super) channels: usize,
    /// `[8]` biases, then `[input][8]`.
    pub(super) panel: &'a [f32],
    pub(super) pixels: usize,
    pub(super) constants: &'a Constants,
}

/// What becomes of the sums.
pub(super) enum Store<'a> {
    /// ReLU6, each pixel at a place of its own.
    Placed {
        to: &'a mut [f32],
        places: &'a Places,
        /// Place of the first pixel.
        first: usize,
    },
    Plain {
        to: &'a mut [f32],
    },
    Added {
        to: &'a mut [f32],
        residual: &'a [f32],
    },
    /// ReLU6 and summed over the pixels.
    Summed {
        to: &'a mut [f32],
    },
}

/// Where the eight channels of each pixel begin.
pub(super) struct Places {
    offsets: Vec<usize>,
    /// Where the last of them ends.
    end: usize,
}

impl Places {
    pub(super) fn new(offsets: Vec<usize>) -> Self {
        let end = offsets.iter().max().map_or(0, |offset| offset + BLOCK);
        Self { offsets, end }
    }
}

impl Store<'_> {
    fn assert_room(&self, pixels: usize) {
        let floats = pixels * BLOCK;
        match self {
            Self::Placed { to, places, first } => {
                assert!(first + pixels <= places.offsets.len() && places.end <= to.len());
            }
            Self::Plain { to } => assert!(floats <= to.len()),
            Self::Added { to, residual } => {
                assert!(floats <= to.len() && floats <= residual.len());
            }
            Self::Summed { to } => assert!(BLOCK <= to.len()),
        }
    }
}

/// Eight output channels.
///
/// # Panics
/// When a slice is too short for what the arguments describe.
#[inline(never)]
pub(super) fn pointwise(what: &Pointwise<'_>, mut store: Store<'_>) {
    let blocks_before_last = what.channels.div_ceil(BLOCK).saturating_sub(1);
    assert!(blocks_before_last * what.stride + what.pixels * BLOCK <= what.from.len());
    assert!((what.channels + 1) * BLOCK <= what.panel.len());
    store.assert_room(what.pixels);
    // SAFETY: that was asserted, and a tile ends with the last pixel at most.
    unsafe { tiles!(what.pixels, |at| tile(what, at, &mut store)) }
}

/// The pixels from `at` on.
///
/// # Safety
/// The slices are as long as [`pointwise`] asserts, and there are `at + PIXELS` pixels.
#[inline(always)]
unsafe fn tile<const PIXELS: usize>(what: &Pointwise<'_>, at: usize, store: &mut Store<'_>) {
    let panel = what.panel.as_ptr();
    // SAFETY: the loop ends after `channels` rows of the panel. A row's channel lies in block `row / 8`, which the slice
    // holds up to the last pixel.
    let sums = unsafe {
        let bias = [F4::load(panel), F4::load(panel.add(4))];
        let mut sums = [bias; PIXELS];
        let mut from = what.from.as_ptr().add(at * BLOCK);
        let mut weights = panel.add(BLOCK);
        let mut left = what.channels;
        'channels: loop {
            macro_rules! channel {
                ($($k:literal)*) => {$(
                    barrier!(left == $k, 'channels);
                    let low = F4::load(weights.add($k * BLOCK));
                    let high = F4::load(weights.add($k * BLOCK + 4));
                    for (pixel, sum) in sums.iter_mut().enumerate() {
                        let x = F4::splat(from.add(pixel * BLOCK + $k));
                        sum[0] = sum[0].plus_product(x, low);
                        sum[1] = sum[1].plus_product(x, high);
                    }
                )*};
            }
            channel!(0 1 2 3 4 5 6 7);
            from = from.wrapping_add(what.stride);
            weights = weights.add(BLOCK * BLOCK);
            left -= BLOCK;
        }
        sums
    };
    // SAFETY: as for this function.
    unsafe { finish(sums, at, store, what.constants) }
}

/// # Safety
/// As for [`tile`].
#[inline(always)]
unsafe fn finish<const PIXELS: usize>(
    sums: [[F4; 2]; PIXELS],
    at: usize,
    store: &mut Store<'_>,
    constants: &Constants,
) {
    let limits = constants.limits();
    // SAFETY: `Store::assert_room` has found each place that is read or written within its slice.
    unsafe {
        match store {
            Store::Placed { to, places, first } => {
                let to = to.as_mut_ptr();
                let offsets = places.offsets.as_ptr().add(*first + at);
                for (pixel, sum) in sums.into_iter().enumerate() {
                    let to = to.add(*offsets.add(pixel));
                    sum[0].clamp(limits).store(to);
                    sum[1].clamp(limits).store(to.add(4));
                }
            }
            Store::Plain { to } => {
                let to = to.as_mut_ptr().add(at * BLOCK);
                for (pixel, sum) in sums.into_iter().enumerate() {
                    sum[0].store(to.add(pixel * BLOCK));
                    sum[1].store(to.add(pixel * BLOCK + 4));
                }
            }
            Store::Added { to, residual } => {
                let to = to.as_mut_ptr().add(at * BLOCK);
                let residual = residual.as_ptr().add(at * BLOCK);
                for (pixel, sum) in sums.into_iter().enumerate() {
                    for (half, sum) in sum.into_iter().enumerate() {
                        let offset = pixel * BLOCK + half * 4;
                        sum.plus(F4::load(residual.add(offset)))
                            .store(to.add(offset));
                    }
                }
            }
            Store::Summed { to } => {
                let to = to.as_mut_ptr();
                let mut total = [F4::load(to), F4::load(to.add(4))];
                for sum in sums {
                    total[0] = total[0].plus(sum[0].clamp(limits));
                    total[1] = total[1].plus(sum[1].clamp(limits));
                }
                total[0].store(to);
                total[1].store(to.add(4));
            }
        }
    }
}
