//! The pieces. Each is computed forward, and backward from a gradient that is made up like the rest.

use burn::{
    module::Param,
    nn::{
        PaddingConfig2d,
        conv::{Conv2d, Conv2dConfig},
        loss::CrossEntropyLossConfig,
    },
    optim::GradientsParams,
    tensor::{Device, Int, Tensor, TensorData, module::adaptive_avg_pool2d},
};

use super::{Named, even};
use crate::{
    adam::adam,
    backbone::{Backbone, BackboneStage},
    head::{HIDDEN, HeadConfig},
    scratch::ScratchConfig,
};

/// One piece.
pub(super) struct Exercise {
    pub(super) name: &'static str,
    /// On a device with autodiff.
    pub(super) compute: fn(&Device) -> Result<Vec<Named>, String>,
}

pub(super) const EXERCISES: &[Exercise] = &[
    Exercise {
        name: "first convolution",
        compute: |device| {
            let middle = convolution([3, 32], 3, 2, 1, 0, device);
            stage(plain(middle), [2, 3, 32, 32], device)
        },
    },
    Exercise {
        name: "inverted residual",
        compute: |device| stage(residual([96, 576, 96], 1, device), [2, 96, 6, 6], device),
    },
    Exercise {
        name: "inverted residual that halves",
        compute: |device| stage(residual([96, 576, 160], 2, device), [2, 96, 7, 7], device),
    },
    Exercise {
        name: "last convolution",
        compute: |device| {
            let middle = convolution([320, 1280], 1, 1, 1, 0, device);
            stage(plain(middle), [2, 320, 4, 4], device)
        },
    },
    Exercise {
        name: "head",
        compute: head,
    },
    Exercise {
        name: "network from scratch",
        compute: scratch,
    },
    Exercise {
        name: "Adam",
        compute: three_steps,
    },
];

fn convolution(
    channels: [usize; 2],
    kernel: usize,
    stride: usize,
    groups: usize,
    seed: u32,
    device: &Device,
) -> Conv2d {
    let [input, output] = channels;
    let padding = kernel / 2;
    let mut layer = Conv2dConfig::new(channels, [kernel, kernel])
        .with_stride([stride, stride])
        .with_groups(groups)
        .with_padding(PaddingConfig2d::Explicit(
            padding, padding, padding, padding,
        ))
        .init(device);
    let shape = [output, input / groups, kernel, kernel];
    let weight = even(shape, 2, 0.125, seed + 1, device);
    layer.weight = Param::from_tensor(weight);
    layer.bias = Some(Param::from_tensor(even(
        [output],
        4,
        0.25,
        seed + 2,
        device,
    )));
    layer
}

fn plain(middle: Conv2d) -> BackboneStage {
    BackboneStage {
        expand: None,
        middle,
        project: None,
        residual: false,
    }
}

fn residual(channels: [usize; 3], stride: usize, device: &Device) -> BackboneStage {
    let [input, hidden, output] = channels;
    BackboneStage {
        expand: Some(convolution([input, hidden], 1, 1, 1, 10, device)),
        middle: convolution([hidden, hidden], 3, stride, hidden, 20, device),
        project: Some(convolution([hidden, output], 1, 1, 1, 30, device)),
        residual: stride == 1 && input == output,
    }
}

/// `shape`: of the input, `[N, C, H, W]`.
fn stage(stage: BackboneStage, shape: [usize; 4], device: &Device) -> Result<Vec<Named>, String> {
    let x = even(shape, 2, 0.5, 3, device).require_grad();
    let backbone = Backbone::of(vec![stage]);
    let y = backbone.forward(x.clone());
    let pull = even(y.dims(), 2, 0.25, 4, device);
    let gradients = (y.clone() * pull).sum().backward();
    let mut found = vec![named("output", y.inner())];
    found.push(named(
        "gradient of the input",
        x.grad(&gradients).ok_or_else(missing)?,
    ));
    for stage in backbone.stages() {
        let layers = [
            stage.expand.as_ref(),
            Some(&stage.middle),
            stage.project.as_ref(),
        ];
        for layer in layers.into_iter().flatten() {
            let weight = layer.weight.val().grad(&gradients).ok_or_else(missing)?;
            found.push(named("gradient of a weight", weight));
            let bias = layer.bias.as_ref().ok_or_else(missing)?;
            let bias = bias.val().grad(&gradients).ok_or_else(missing)?;
            found.push(named("gradient of a bias", bias));
        }
    }
    Ok(found)
}

/// Both poolings, the dense layers with dropout, the loss.
fn head(device: &Device) -> Result<Vec<Named>, String> {
    const FILMS: usize = 3;
    const CHANNELS: usize = 32;
    let maps = even([FILMS, CHANNELS, 7, 7], 4, 0.25, 1, device).require_grad();
    let grid = adaptive_avg_pool2d(maps.clone(), [4, 4]).flatten::<2>(1, 3);
    let average = maps
        .clone()
        .flatten::<3>(2, 3)
        .mean_dim(2)
        .flatten::<2>(1, 2);
    let config = HeadConfig {
        features: 17 * CHANNELS,
        classes: 3,
    };
    let mut head = config.init(&mut crate::run::random(1, 0), device);
    let weight = even([17 * CHANNELS, HIDDEN], 2, 0.125, 2, device);
    head.hidden.weight = Param::from_tensor(weight);
    let mask = even([FILMS, HIDDEN], 1, 1.0, 3, device).powf_scalar(2.0) * 2.0;
    let logits = head.forward(Tensor::cat(vec![grid, average], 1), Some(mask));
    let classes = Tensor::<1, Int>::from_data(TensorData::new(vec![0, 2, 1], [FILMS]), device);
    let loss = CrossEntropyLossConfig::new()
        .init(device)
        .forward(logits.clone() * 0.05, classes);
    let gradients = loss.backward();
    let of = |tensor: Tensor<2>| tensor.grad(&gradients).ok_or_else(missing);
    Ok(vec![
        named("output", logits.inner()),
        named("loss", loss.inner()),
        named(
            "gradient of the input",
            maps.grad(&gradients).ok_or_else(missing)?,
        ),
        named("gradient of a weight", of(head.hidden.weight.val())?),
        named("gradient of a weight", of(head.output.weight.val())?),
    ])
}

fn scratch(device: &Device) -> Result<Vec<Named>, String> {
    let random = &mut crate::run::random(1, 0);
    let mut network = ScratchConfig { classes: 3 }.init(random, device);
    for (place, layer) in network.convolutions.iter_mut().enumerate() {
        let shape = layer.weight.dims();
        let seed = 10 * place as u32;
        layer.weight = Param::from_tensor(even(shape, 2, 0.125, seed + 1, device));
        let bias = even([shape[0]], 4, 0.25, seed + 2, device);
        layer.bias = Some(Param::from_tensor(bias));
    }
    let x = even([2, 1, 32, 32], 4, 0.25, 3, device);
    let logits = network.forward(x);
    let pull = even(logits.dims(), 2, 0.25, 4, device);
    let gradients = (logits.clone() * pull).sum().backward();
    let mut found = vec![named("output", logits.inner())];
    for layer in &network.convolutions {
        let weight = layer.weight.val().grad(&gradients).ok_or_else(missing)?;
        found.push(named("gradient of a weight", weight));
        let bias = layer.bias.as_ref().ok_or_else(missing)?;
        let bias = bias.val().grad(&gradients).ok_or_else(missing)?;
        found.push(named("gradient of a bias", bias));
    }
    Ok(found)
}

/// Of a layer whose gradients change from step to step.
fn three_steps(device: &Device) -> Result<Vec<Named>, String> {
    let mut layer = convolution([40, 24], 1, 1, 1, 0, device);
    let mut optimiser = adam();
    for step in 0..3 {
        let pull = even(layer.weight.dims(), 8, 0.25, step, device);
        let along = even(layer.weight.dims(), 4, 0.5, step + 9, device);
        let weight = layer.weight.val();
        let loss = (weight.clone() * pull).sum() + (weight * along).powf_scalar(2.0).sum();
        let gradients = GradientsParams::from_grads(loss.backward(), &layer);
        layer = optimiser.step(1e-2, layer, gradients);
    }
    Ok(vec![named("weight", layer.weight.val().inner())])
}

fn named<const D: usize>(what: &'static str, tensor: Tensor<D>) -> Named {
    let n = tensor.shape().num_elements();
    Named {
        what,
        numbers: tensor.reshape([n]),
    }
}

fn missing() -> String {
    "a gradient is missing".to_owned()
}
