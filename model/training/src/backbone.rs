//! MobileNetV2 1.0 (Sandler 2018, doi 10.1109/CVPR.2018.00474) without its classifier, trained on
//! photographs (ImageNet), with batch normalisation folded into the convolutions.
//!
//! It is a row of [`STAGES`] stages that can be cut anywhere: stage 0 is the first convolution, 1 to
//! 17 are the inverted residuals, 18 is the last 1x1 convolution. Sizes below are for 224 pixels.

use std::ops::Range;

use burn::{
    module::{Module, Param},
    nn::{
        PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig},
    },
    tensor::{Device, Tensor, activation::relu},
};

use crate::weights::{Weights, WeightsError};
use imaging::settings::limits::UNFROZEN_STAGES;

/// Number of stages.
pub const STAGES: usize = 19;
const _: () = assert!(*UNFROZEN_STAGES.end() == STAGES);

/// Channels that the last stage puts out, at 7x7.
pub const FEATURES: usize = 1280;

/// The last stage with 14x14 cells (96 channels): what a grid reading looks at.
pub const GRID_STAGE: usize = 13;

/// Channels of [`GRID_STAGE`].
pub const GRID_CHANNELS: usize = 96;

/// Mean and standard deviation of the photographs' red, green and blue, on a scale of 0 to 1.
const PHOTOGRAPH_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const PHOTOGRAPH_DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// Grey films as the backbone expects its photographs.
///
/// # Shapes
/// `[N, 1, H, W]` of 0 to 1 -> `[N, 3, H, W]`
pub fn normalise(grey: Tensor<4>) -> Tensor<4> {
    let device = grey.device();
    let channel =
        |values: [f32; 3]| Tensor::<1>::from_floats(values, &device).reshape([1, 3, 1, 1]);
    (grey.repeat_dim(1, 3) - channel(PHOTOGRAPH_MEAN)) / channel(PHOTOGRAPH_DEVIATION)
}

/// Some consecutive stages of the network.
#[derive(Module, Debug)]
pub struct Backbone {
    stages: Vec<BackboneStage>,
}

impl Backbone {
    /// # Shapes
    /// `[N, C, H, W]` as the first stage expects it -> as the last one puts it out
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        self.stages.iter().fold(x, |x, stage| stage.forward(x))
    }

    pub(crate) fn stages(&self) -> &[BackboneStage] {
        &self.stages
    }
}

/// One stage: a plain convolution, or an inverted residual of up to three.
#[derive(Module, Debug)]
pub(crate) struct BackboneStage {
    expand: Option<Conv2d>,
    middle: Conv2d,
    project: Option<Conv2d>,
    /// Input and output have one shape and are added.
    residual: bool,
}

impl BackboneStage {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let mut y = x.clone();
        if let Some(expand) = &self.expand {
            y = relu6(expand.forward(y));
        }
        y = relu6(self.middle.forward(y));
        if let Some(project) = &self.project {
            y = project.forward(y);
        }
        if self.residual { x + y } else { y }
    }
}

/// Two cheap passes: on the CPU backend `clamp(0, 6)` takes several times as long.
fn relu6(x: Tensor<4>) -> Tensor<4> {
    relu(x).clamp_max(6.0)
}

/// Shape of an inverted residual.
struct InvertedResidual {
    input: usize,
    hidden: usize,
    output: usize,
    stride: usize,
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

fn inverted_residuals() -> Vec<InvertedResidual> {
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

/// Shape of what enters a stage, for a film of `side` pixels: `[C, H, W]`.
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

impl Weights {
    /// These stages of the backbone; they learn if the device has autodiff.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] names the first tensor that does not fit.
    pub fn backbone(
        &self,
        stages: Range<usize>,
        device: &Device,
    ) -> Result<Backbone, WeightsError> {
        let residuals = inverted_residuals();
        let stages = stages.map(|stage| match stage {
            0 => self.plain(0, [3, 32], 3, 2, device),
            18 => self.plain(18, [320, FEATURES], 1, 1, device),
            _ => self.inverted_residual(stage, &residuals[stage - 1], device),
        });
        Ok(Backbone {
            stages: stages.collect::<Result<_, _>>()?,
        })
    }

    fn plain(
        &self,
        stage: usize,
        channels: [usize; 2],
        kernel: usize,
        stride: usize,
        device: &Device,
    ) -> Result<BackboneStage, WeightsError> {
        let config = Conv2dConfig::new(channels, [kernel, kernel]).with_stride([stride, stride]);
        let middle = self.convolution(&format!("{stage}.conv"), config, device)?;
        Ok(BackboneStage {
            expand: None,
            middle,
            project: None,
            residual: false,
        })
    }

    fn inverted_residual(
        &self,
        stage: usize,
        shape: &InvertedResidual,
        device: &Device,
    ) -> Result<BackboneStage, WeightsError> {
        let &InvertedResidual {
            input,
            hidden,
            output,
            stride,
        } = shape;
        let pointwise = |channels| Conv2dConfig::new(channels, [1, 1]);
        let depthwise = Conv2dConfig::new([hidden, hidden], [3, 3])
            .with_groups(hidden)
            .with_stride([stride, stride]);
        let expand = (hidden != input)
            .then(|| {
                self.convolution(
                    &format!("{stage}.expand"),
                    pointwise([input, hidden]),
                    device,
                )
            })
            .transpose()?;
        let middle = self.convolution(&format!("{stage}.depthwise"), depthwise, device)?;
        let project = self.convolution(
            &format!("{stage}.project"),
            pointwise([hidden, output]),
            device,
        )?;
        Ok(BackboneStage {
            expand,
            middle,
            project: Some(project),
            residual: stride == 1 && input == output,
        })
    }

    /// A convolution with its weights; padded so that stride alone changes the size.
    fn convolution(
        &self,
        name: &str,
        config: Conv2dConfig,
        device: &Device,
    ) -> Result<Conv2d, WeightsError> {
        let [input, output] = config.channels;
        let [kernel, _] = config.kernel_size;
        let padding = kernel / 2;
        let shape = [output, input / config.groups, kernel, kernel];
        let weight = self.tensor(&format!("{name}.weight"), &shape)?;
        let bias = self.tensor(&format!("{name}.bias"), &[output])?;
        let padding = PaddingConfig2d::Explicit(padding, padding, padding, padding);
        let mut convolution = config.with_padding(padding).init(device);
        convolution.weight = Param::from_data(weight, device);
        convolution.bias = Some(Param::from_data(bias, device));
        Ok(convolution)
    }
}
