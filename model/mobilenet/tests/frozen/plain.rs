//! The backbone in plain loops and double precision, on three colour planes, as its paper has it.

use mobilenet::{
    architecture::{
        FEATURES, GRID_STAGE, InvertedResidual, PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN,
        inverted_residuals,
    },
    frozen::{GRID, Reading},
    weights::Weights,
};

/// `[channels][side][side]`
pub struct Map {
    channels: usize,
    side: usize,
    values: Vec<f64>,
}

/// Outputs of all stages.
pub fn stages(weights: &Weights, side: usize, grey: &[f32]) -> Vec<Map> {
    let first = convolve(weights, "0.conv", &normalised(side, grey), [32, 3, 3], 2);
    let mut maps = vec![relu6(first)];
    for (index, shape) in inverted_residuals().iter().enumerate() {
        maps.push(inverted_residual(weights, index + 1, shape, &maps[index]));
    }
    let last = convolve(weights, "18.conv", &maps[17], [FEATURES, 320, 1], 1);
    maps.push(relu6(last));
    maps
}

/// What a head reads of the stages' outputs.
pub fn embedding(stages: &[Map], reading: Reading) -> Vec<f32> {
    match reading {
        Reading::GlobalAverage => stages[18].averages(1),
        Reading::Grid => stages[GRID_STAGE].averages(GRID),
    }
}

impl Map {
    pub fn numbers(&self) -> Vec<f32> {
        self.values.iter().map(|value| *value as f32).collect()
    }

    fn at(&self, channel: usize, y: usize, x: usize) -> f64 {
        self.values[(channel * self.side + y) * self.side + x]
    }

    /// Of `cells` x `cells` cells, which take all pixels that they touch.
    fn averages(&self, cells: usize) -> Vec<f32> {
        let touches = |cell: usize, pixel: usize| {
            pixel * cells < (cell + 1) * self.side && (pixel + 1) * cells > cell * self.side
        };
        let pixels = |cell| (0..self.side).filter(move |pixel| touches(cell, *pixel));
        let mut averages = Vec::new();
        for channel in 0..self.channels {
            for (cell_y, cell_x) in (0..cells * cells).map(|cell| (cell / cells, cell % cells)) {
                let values: Vec<f64> = pixels(cell_y)
                    .flat_map(|y| pixels(cell_x).map(move |x| self.at(channel, y, x)))
                    .collect();
                averages.push((values.iter().sum::<f64>() / values.len() as f64) as f32);
            }
        }
        averages
    }
}

fn normalised(side: usize, grey: &[f32]) -> Map {
    let colour = |channel: usize| {
        let mean = f64::from(PHOTOGRAPH_MEAN[channel]);
        let deviation = f64::from(PHOTOGRAPH_DEVIATION[channel]);
        grey.iter()
            .map(move |value| (f64::from(*value) - mean) / deviation)
    };
    Map {
        channels: 3,
        side,
        values: (0..3).flat_map(colour).collect(),
    }
}

fn inverted_residual(weights: &Weights, stage: usize, shape: &InvertedResidual, x: &Map) -> Map {
    let &InvertedResidual {
        input,
        hidden,
        output,
        stride,
    } = shape;
    let name = |layer| format!("{stage}.{layer}");
    let widened = (hidden != input)
        .then(|| relu6(convolve(weights, &name("expand"), x, [hidden, input, 1], 1)));
    let widened = widened.as_ref().unwrap_or(x);
    let filtered = relu6(convolve(
        weights,
        &name("depthwise"),
        widened,
        [hidden, 1, 3],
        stride,
    ));
    let mut y = convolve(weights, &name("project"), &filtered, [output, hidden, 1], 1);
    if stride == 1 && input == output {
        y.values
            .iter_mut()
            .zip(&x.values)
            .for_each(|(y, x)| *y += x);
    }
    y
}

/// A convolution with as many groups as its inputs and the kernel's tell; padded so that stride alone changes the size.
fn convolve(
    weights: &Weights,
    name: &str,
    x: &Map,
    [outputs, inputs, kernel]: [usize; 3],
    stride: usize,
) -> Map {
    let numbers = |name: String, shape: &[usize]| weights.numbers(&name, shape).expect("a tensor");
    let kernels = numbers(format!("{name}.weight"), &[outputs, inputs, kernel, kernel]);
    let biases = numbers(format!("{name}.bias"), &[outputs]);
    let side = x.side.div_ceil(stride);
    let mut y = Map {
        channels: outputs,
        side,
        values: vec![0.0; outputs * side * side],
    };
    let groups = x.channels / inputs;
    // The input pixel under a tap, if there is one.
    let under = |to: usize, tap: usize| {
        (stride * to + tap)
            .checked_sub(kernel / 2)
            .filter(|from| *from < x.side)
    };
    for (output, plane) in y.values.chunks_exact_mut(side * side).enumerate() {
        plane.fill(f64::from(biases[output]));
        let group = output / (outputs / groups);
        for input in 0..inputs {
            for (tap_y, tap_x) in (0..kernel * kernel).map(|tap| (tap / kernel, tap % kernel)) {
                let tap = ((output * inputs + input) * kernel + tap_y) * kernel + tap_x;
                let weight = f64::from(kernels[tap]);
                for (to_y, row) in plane.chunks_exact_mut(side).enumerate() {
                    let Some(from_y) = under(to_y, tap_y) else {
                        continue;
                    };
                    for (to_x, sum) in row.iter_mut().enumerate() {
                        if let Some(from_x) = under(to_x, tap_x) {
                            *sum += weight * x.at(group * inputs + input, from_y, from_x);
                        }
                    }
                }
            }
        }
    }
    y
}

fn relu6(mut map: Map) -> Map {
    for value in &mut map.values {
        *value = value.clamp(0.0, 6.0);
    }
    map
}
