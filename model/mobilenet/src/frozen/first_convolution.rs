//! The first convolution (3x3, stride 2) on a grey image, eight output channels and one row at a time.

#![allow(
    unsafe_code,
    reason = "a bounds check in the inner loop would take as long as a product"
)]

use super::{
    buffer::{BLOCK, Buffer},
    constants::Constants,
    packing::Packed,
    simd::F4,
    tile::{barrier, tiles},
};
use crate::{
    architecture::{PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN},
    weights::{Weights, WeightsError},
};

/// Output channels.
pub(super) const CHANNELS: usize = 32;

/// Number of the middle row and column of a kernel, where no padding is.
const MIDDLE: usize = 1;

/// A grey image with a border of zeros, a pixel wide.
#[derive(Default)]
pub(super) struct GreyImage {
    pixels: Buffer,
    side: usize,
}

impl GreyImage {
    /// Floats from one row to the next.
    fn pitch(&self) -> usize {
        self.side + 2
    }

    /// # Panics
    /// Unless there are `side * side` pixels.
    pub(super) fn set(&mut self, side: usize, input: &[f32]) {
        assert_eq!(input.len(), side * side);
        let resized = self.side != side;
        self.side = side;
        let pitch = self.pitch();
        if resized {
            self.pixels.ensure(pitch * pitch);
            self.pixels.fill(0.0);
        }
        for (row, pixels) in input.chunks_exact(side).enumerate() {
            self.pixels[(row + 1) * pitch + 1..][..side].copy_from_slice(pixels);
        }
    }

    /// Side of what the convolution puts out.
    pub(super) fn output_side(&self) -> usize {
        self.side.div_ceil(2)
    }
}

/// The convolution's weights on one grey plane instead of three normalised ones.
///
/// Red, green and blue are the same plane, normalised in three ways, so that the three kernels add up to one. What the means
/// take away is a constant wherever the kernel lies wholly in the image. At the border it is another one, because the padding
/// is zero after normalisation and takes nothing away. Hence nine biases: first, middle and last row by column.
pub(super) struct FirstConvolution {
    /// With the biases of the middle.
    kernels: Packed,
    /// `[3][3][CHANNELS]`
    biases: Vec<f32>,
}

impl FirstConvolution {
    pub(super) fn load(weights: &Weights) -> Result<Self, WeightsError> {
        let colours = weights.numbers("0.conv.weight", &[CHANNELS, 3, 3, 3])?;
        let biases = weights.numbers("0.conv.bias", &[CHANNELS])?;
        let (kernels, biases) = fold(&colours, &biases);
        let middle = (3 * MIDDLE + MIDDLE) * CHANNELS;
        Ok(Self {
            kernels: Packed::new(&kernels, &biases[middle..][..CHANNELS]),
            biases,
        })
    }

    /// ReLU6 of a block's eight channels in row `y`, to `[pixel][8]`.
    pub(super) fn row(
        &self,
        image: &GreyImage,
        block: usize,
        y: usize,
        to: &mut [f32],
        constants: &Constants,
    ) {
        let pixels = image.output_side();
        // The last pixel of an even image has no padding behind it.
        let last = if image.side % 2 == 1 { 2 } else { MIDDLE };
        let row = match y {
            0 => 0,
            _ if y + 1 == pixels => last,
            _ => MIDDLE,
        };
        let biases = [0, MIDDLE, last]
            .map(|column| &self.biases[(3 * row + column) * CHANNELS + block * BLOCK..][..BLOCK]);
        let pitch = image.pitch();
        convolve(
            &Row {
                from: &image.pixels[2 * y * pitch..],
                pitch,
                kernels: &self.kernels.panel(block)[BLOCK..],
                biases,
                pixels,
                constants,
            },
            to,
        );
    }
}

/// Kernels `[CHANNELS][9]` and biases `[9][CHANNELS]` for a grey plane, of the colours' `[CHANNELS][3][9]` and `[CHANNELS]`.
fn fold(colours: &[f32], biases: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut kernels = Vec::with_capacity(9 * CHANNELS);
    let mut placed = vec![0.0; 9 * CHANNELS];
    for (channel, (colours, bias)) in colours.chunks_exact(27).zip(biases).enumerate() {
        let sum = |tap: usize, scale: &dyn Fn(usize) -> f64| -> f64 {
            (0..3)
                .map(|colour| f64::from(colours[colour * 9 + tap]) * scale(colour))
                .sum()
        };
        let deviation = |colour: usize| f64::from(PHOTOGRAPH_DEVIATION[colour]);
        let mean = |colour: usize| f64::from(PHOTOGRAPH_MEAN[colour]);
        kernels.extend((0..9).map(|tap| sum(tap, &|colour| 1.0 / deviation(colour)) as f32));
        for place in 0..9 {
            let inside =
                |place: usize, tap: usize| (place, tap) != (0, 0) && (place, tap) != (2, 2);
            let taken: f64 = (0..9)
                .filter(|tap| inside(place / 3, tap / 3) && inside(place % 3, tap % 3))
                .map(|tap| sum(tap, &|colour| mean(colour) / deviation(colour)))
                .sum();
            placed[place * CHANNELS + channel] = (f64::from(*bias) - taken) as f32;
        }
    }
    (kernels, placed)
}

/// What one row is made of.
struct Row<'a> {
    /// The padded image, from the row above and the column before the first pixel on.
    from: &'a [f32],
    /// Floats from one row to the next.
    pitch: usize,
    /// `[9][8]`
    kernels: &'a [f32],
    /// `[8]` of the first pixel, of those between, and of the last.
    biases: [&'a [f32]; 3],
    pixels: usize,
    constants: &'a Constants,
}

/// # Panics
/// When a slice is too short for what the arguments describe.
#[inline(never)]
fn convolve(what: &Row<'_>, to: &mut [f32]) {
    let rows = what.constants.kernel_rows;
    assert!((rows - 1) * what.pitch + 2 * what.pixels < what.from.len());
    assert!(rows * 3 * BLOCK <= what.kernels.len() && what.pixels * BLOCK <= to.len());
    assert!(what.biases.iter().all(|bias| BLOCK <= bias.len()));
    // SAFETY: that was asserted, and a tile ends with the last pixel at most.
    unsafe { tiles!(what.pixels, |at| tile(what, at, to)) }
}

/// The pixels from `at` on.
///
/// # Safety
/// The slices are as long as [`convolve`] asserts, and there are `at + PIXELS` pixels.
#[inline(always)]
unsafe fn tile<const PIXELS: usize>(what: &Row<'_>, at: usize, to: &mut [f32]) {
    // SAFETY: the loop ends after the kernel's rows, and the last pixel's kernel reads column `2 * pixels` at most.
    let sums = unsafe {
        let bias = |column: usize| {
            let bias = what.biases[column].as_ptr();
            [F4::load(bias), F4::load(bias.add(4))]
        };
        let mut sums = [bias(1); PIXELS];
        if at == 0 {
            sums[0] = bias(0);
        }
        if at + PIXELS == what.pixels {
            sums[PIXELS - 1] = bias(2);
        }
        let mut from = what.from.as_ptr().add(2 * at);
        let mut weights = what.kernels.as_ptr();
        let mut left = what.constants.kernel_rows;
        'rows: loop {
            macro_rules! taps {
                ($($x:literal)*) => {$(
                    barrier!(left == 10 + $x, 'rows);
                    let low = F4::load(weights.add($x * BLOCK));
                    let high = F4::load(weights.add($x * BLOCK + 4));
                    for (pixel, sum) in sums.iter_mut().enumerate() {
                        let x = F4::splat(from.add(2 * pixel + $x));
                        sum[0] = sum[0].plus_product(x, low);
                        sum[1] = sum[1].plus_product(x, high);
                    }
                )*};
            }
            taps!(0 1 2);
            left -= 1;
            if left == 0 {
                break;
            }
            from = from.add(what.pitch);
            weights = weights.add(3 * BLOCK);
        }
        sums
    };
    let limits = what.constants.limits();
    // SAFETY: `convolve` has asserted the room for all pixels.
    unsafe {
        let to = to.as_mut_ptr().add(at * BLOCK);
        for (pixel, sum) in sums.into_iter().enumerate() {
            sum[0].clamp(limits).store(to.add(pixel * BLOCK));
            sum[1].clamp(limits).store(to.add(pixel * BLOCK + 4));
        }
    }
}
