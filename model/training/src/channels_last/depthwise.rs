//! A depthwise 3x3 convolution, padded by 1, and its gradients. Images are `[N, H, W, C]`, row-major; weights
//! `[C, 1, 3, 3]`.

use burn::{nn::conv::Conv2d, tensor::Tensor};

/// Cells of a filter.
const TAPS: usize = 9;

/// Sizes of the input, and the distance of the windows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    pub(crate) films: usize,
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
    pub(crate) stride: usize,
}

impl Geometry {
    /// Of a layer and what enters it, `[N, H, W, C]`.
    pub(crate) fn of(layer: &Conv2d, x: &Tensor<4>) -> Self {
        let [stride, _] = layer.stride;
        let [films, height, width, channels] = x.dims();
        Self {
            films,
            height,
            width,
            channels,
            stride,
        }
    }

    pub(crate) fn input_shape(&self) -> [usize; 4] {
        [self.films, self.height, self.width, self.channels]
    }

    pub(crate) fn output_shape(&self) -> [usize; 4] {
        let [height, width] = [self.height, self.width].map(|side| side.div_ceil(self.stride));
        [self.films, height, width, self.channels]
    }

    /// Calls `visit` with each place of the filter, and the places in the input and in the output that it joins. Places
    /// are offsets into the slices, of the first channel. The padding is left out.
    fn each_tap(&self, mut visit: impl FnMut(usize, usize, usize)) {
        let [films, height, width, channels] = self.output_shape();
        for film in 0..films {
            for row in 0..height {
                for column in 0..width {
                    let output = ((film * height + row) * width + column) * channels;
                    for tap in 0..TAPS {
                        let below = row * self.stride + tap / 3;
                        let beside = column * self.stride + tap % 3;
                        // The window begins one row above and one column before its place.
                        if (1..=self.height).contains(&below) && (1..=self.width).contains(&beside)
                        {
                            let input = (film * self.height + below - 1) * self.width + beside - 1;
                            visit(tap * channels, input * channels, output);
                        }
                    }
                }
            }
        }
    }
}

/// # Shapes
/// input, weight -> output
pub(super) fn forward(geometry: &Geometry, input: &[f32], weight: &[f32]) -> Vec<f32> {
    let channels = geometry.channels;
    let weight = transposed(weight, channels, TAPS);
    let mut output = vec![0.0; geometry.output_shape().iter().product()];
    geometry.each_tap(|tap, from, to| {
        add_product(
            &mut output[to..][..channels],
            &input[from..][..channels],
            &weight[tap..][..channels],
        );
    });
    output
}

/// # Shapes
/// gradient of the output, weight -> gradient of the input
pub(super) fn input_gradient(geometry: &Geometry, gradient: &[f32], weight: &[f32]) -> Vec<f32> {
    let channels = geometry.channels;
    let weight = transposed(weight, channels, TAPS);
    let mut input = vec![0.0; geometry.input_shape().iter().product()];
    geometry.each_tap(|tap, to, from| {
        add_product(
            &mut input[to..][..channels],
            &gradient[from..][..channels],
            &weight[tap..][..channels],
        );
    });
    input
}

/// # Shapes
/// gradient of the output, input -> gradient of the weight
pub(super) fn weight_gradient(geometry: &Geometry, gradient: &[f32], input: &[f32]) -> Vec<f32> {
    let channels = geometry.channels;
    let mut weight = vec![0.0; TAPS * channels];
    geometry.each_tap(|tap, from, to| {
        add_product(
            &mut weight[tap..][..channels],
            &input[from..][..channels],
            &gradient[to..][..channels],
        );
    });
    transposed(&weight, TAPS, channels)
}

/// `sums[i] += a[i] * b[i]`
fn add_product(sums: &mut [f32], a: &[f32], b: &[f32]) {
    for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
        *sum += a * b;
    }
}

/// `[rows, columns]` -> `[columns, rows]`
fn transposed(matrix: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| matrix[row * columns + column]))
        .collect()
}
