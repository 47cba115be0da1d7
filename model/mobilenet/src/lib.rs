//! MobileNetV2 1.0 (Sandler 2018, doi 10.1109/CVPR.2018.00474) without its classifier, trained on photographs (ImageNet),
//! with batch normalisation folded into the convolutions: its shape and its weights. Knows no tensors, so that a
//! program without burn can compute with it.
//!
//! It is a row of [`STAGES`](architecture::STAGES) stages that can be cut anywhere: stage 0 is the first convolution, 1 to
//! 17 are the inverted residuals, 18 is the last 1x1 convolution. [`frozen`] computes what the
//! stages that do not learn make of an image.

pub mod architecture;
pub mod frozen;
pub mod weights;
