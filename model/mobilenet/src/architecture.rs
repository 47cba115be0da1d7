//! The network's numbers: stages, channels, sizes.

/// Number of stages.
pub const STAGES: usize = 19;

/// Channels that the last stage puts out, at 7x7.
pub const FEATURES: usize = 1280;

/// The last stage with 14x14 cells (96 channels): what a grid reading looks at.
pub const GRID_STAGE: usize = 13;

/// Channels of [`GRID_STAGE`].
pub const GRID_CHANNELS: usize = 96;

/// Mean and standard deviation of the photographs' red, green and blue, on a scale of 0 to 1.
pub const PHOTOGRAPH_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
pub const PHOTOGRAPH_DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// Shape of an inverted residual.
pub struct InvertedResidual {
    /// Channels.
    pub input: usize,
    /// Channels after the widening; as many as `input` if there is none.
    pub hidden: usize,
    /// Channels.
    pub output: usize,
    pub stride: usize,
}

/// Output channels, stride of the first and number of the inverted residuals in a group; each widens
/// its input six times, except the first of all. Table 2 of the paper.
const GROUPS: [(usize, usize, usize); 7] = [
    (16, 1, 1),
    (24, 2, 2),
    (32, 2, 3),
    (64, 2, 4),
    (96, 1, 3),
    (160, 2, 3),
    (320, 1, 1),
];

/// The stages 1 to 17.
pub fn inverted_residuals() -> Vec<InvertedResidual> {
    let mut residuals = Vec::with_capacity(STAGES - 2);
    let mut input = 32;
    for (output, stride, repeats) in GROUPS {
        for repeat in 0..repeats {
            let hidden = if residuals.is_empty() {
                input
            } else {
                6 * input
            };
            let stride = if repeat == 0 { stride } else { 1 };
            residuals.push(InvertedResidual {
                input,
                hidden,
                output,
                stride,
            });
            input = output;
        }
    }
    residuals
}

/// Shape of what enters a stage, for an image of `side` pixels: `[C, H, W]`.
pub fn input_shape(stage: usize, side: usize) -> [usize; 3] {
    let residuals = inverted_residuals();
    let halved = |side: usize| side.div_ceil(2);
    if stage == 0 {
        return [3, side, side];
    }
    let before = &residuals[..(stage - 1).min(residuals.len())];
    let side = before
        .iter()
        .filter(|residual| residual.stride == 2)
        .fold(halved(side), |side, _| halved(side));
    [
        before.last().map_or(32, |residual| residual.output),
        side,
        side,
    ]
}
