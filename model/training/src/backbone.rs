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
    tensor::{Device, Tensor, TensorData, activation::relu},
};

use crate::channels_last::{self, Activation, depthwise, pointwise};
use imaging::settings::limits::UNFROZEN_STAGES;
use mobilenet::{
    architecture::{
        FEATURES, InvertedResidual, PHOTOGRAPH_DEVIATION, PHOTOGRAPH_MEAN, STAGES,
        inverted_residuals,
    },
    weights::{Weights, WeightsError},
};

const _: () = assert!(*UNFROZEN_STAGES.end() == STAGES);

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
    /// These stages; they learn if the device has autodiff.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] names the first tensor that does not fit.
    pub fn new(
        weights: &Weights,
        stages: Range<usize>,
        device: &Device,
    ) -> Result<Self, WeightsError> {
        let loader = Loader { weights, device };
        let residuals = inverted_residuals();
        let stages = stages.map(|stage| match stage {
            0 => loader.plain(0, [3, 32], 3, 2),
            18 => loader.plain(18, [320, FEATURES], 1, 1),
            _ => loader.inverted_residual(stage, &residuals[stage - 1]),
        });
        Ok(Self {
            stages: stages.collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn of(stages: Vec<BackboneStage>) -> Self {
        Self { stages }
    }

    /// # Shapes
    /// `[N, C, H, W]` as the first stage expects it -> as the last one puts it out
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        if !channels_last::fits(&x.device()) {
            return self.stages.iter().fold(x, |x, stage| stage.forward(x));
        }
        let x = channels_to_end(x);
        let x = self
            .stages
            .iter()
            .fold(x, |x, stage| stage.forward_channels_last(x));
        channels_to_front(x)
    }

    pub(crate) fn stages(&self) -> &[BackboneStage] {
        &self.stages
    }
}

/// One stage: a plain convolution, or an inverted residual of up to three.
#[derive(Module, Debug)]
pub(crate) struct BackboneStage {
    pub(crate) expand: Option<Conv2d>,
    pub(crate) middle: Conv2d,
    pub(crate) project: Option<Conv2d>,
    /// Input and output have one shape and are added.
    pub(crate) residual: bool,
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

    /// As [`Self::forward`], where [`channels_last::fits`].
    ///
    /// # Shapes
    /// `[N, H, W, C]` -> `[N, H, W, C]`
    fn forward_channels_last(&self, x: Tensor<4>) -> Tensor<4> {
        let mut y = x.clone();
        if let Some(expand) = &self.expand {
            y = pointwise(expand, y, Activation::Relu6);
        }
        y = match (self.middle.kernel_size, self.middle.groups) {
            ([1, 1], 1) => pointwise(&self.middle, y, Activation::Relu6),
            ([3, 3], 2..) => depthwise(&self.middle, y, Activation::Relu6),
            // The first convolution of all.
            _ => channels_to_end(relu6(self.middle.forward(channels_to_front(y)))),
        };
        if let Some(project) = &self.project {
            y = pointwise(project, y, Activation::Linear);
        }
        if self.residual { x + y } else { y }
    }
}

/// `[N, C, H, W]` -> `[N, H, W, C]`
pub(crate) fn channels_to_end(x: Tensor<4>) -> Tensor<4> {
    x.permute([0, 2, 3, 1])
}

/// `[N, H, W, C]` -> `[N, C, H, W]`
pub(crate) fn channels_to_front(x: Tensor<4>) -> Tensor<4> {
    x.permute([0, 3, 1, 2])
}

/// Two cheap passes: on the CPU backend `clamp(0, 6)` takes several times as long.
fn relu6(x: Tensor<4>) -> Tensor<4> {
    relu(x).clamp_max(6.0)
}

/// Makes a network's layers out of the weights' file.
struct Loader<'a> {
    weights: &'a Weights,
    device: &'a Device,
}

impl Loader<'_> {
    fn plain(
        &self,
        stage: usize,
        channels: [usize; 2],
        kernel: usize,
        stride: usize,
    ) -> Result<BackboneStage, WeightsError> {
        let config = Conv2dConfig::new(channels, [kernel, kernel]).with_stride([stride, stride]);
        let middle = self.convolution(&format!("{stage}.conv"), config)?;
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
            .then(|| self.convolution(&format!("{stage}.expand"), pointwise([input, hidden])))
            .transpose()?;
        let middle = self.convolution(&format!("{stage}.depthwise"), depthwise)?;
        let project = self.convolution(&format!("{stage}.project"), pointwise([hidden, output]))?;
        Ok(BackboneStage {
            expand,
            middle,
            project: Some(project),
            residual: stride == 1 && input == output,
        })
    }

    /// A convolution with its weights; padded so that stride alone changes the size.
    fn convolution(&self, name: &str, config: Conv2dConfig) -> Result<Conv2d, WeightsError> {
        let [input, output] = config.channels;
        let [kernel, _] = config.kernel_size;
        let padding = kernel / 2;
        let shape = [output, input / config.groups, kernel, kernel];
        let weight = self.tensor(&format!("{name}.weight"), &shape)?;
        let bias = self.tensor(&format!("{name}.bias"), &[output])?;
        let padding = PaddingConfig2d::Explicit(padding, padding, padding, padding);
        let mut convolution = config.with_padding(padding).init(self.device);
        convolution.weight = Param::from_data(weight, self.device);
        convolution.bias = Some(Param::from_data(bias, self.device));
        Ok(convolution)
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<TensorData, WeightsError> {
        let numbers = self.weights.numbers(name, shape)?;
        Ok(TensorData::new(numbers, shape.to_vec()))
    }
}
