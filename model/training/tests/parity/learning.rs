//! How networks learn: gradients, and ten steps of Adam.

use burn::{
    module::{Module, ModuleVisitor, Param},
    nn::{Linear, LinearConfig, loss::CrossEntropyLossConfig},
    optim::GradientsParams,
    tensor::{Device, Int, Tensor, TensorData},
};
use mobilenet::architecture::STAGES;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use training::{
    backbone::Backbone,
    head::{HIDDEN, Head},
    scratch::{Scratch, ScratchConfig},
    trainable::{adam, squares},
};

use crate::{
    ROUNDING,
    golden::{TrainingGolden, assert_close, golden, noise, noises, norm},
    values, weights,
};

/// Distance as in [`ROUNDING`] after Adam, which divides small gradients by small gradients.
const CURVE: f64 = 2e-4;

/// A dense layer; weights in our layout, `[inputs, outputs]`, counted in PyTorch's.
fn dense(seed: u32, inputs: usize, outputs: usize, device: &Device) -> Linear {
    let scale = (inputs as f64).powf(-0.5);
    let weight = |i: usize| (noise(seed, i % outputs * inputs + i / outputs) * scale) as f32;
    let weights: Vec<f32> = (0..inputs * outputs).map(weight).collect();
    let mut layer = LinearConfig::new(inputs, outputs).init(device);
    layer.weight = Param::from_data(TensorData::new(weights, [inputs, outputs]), device);
    layer.bias = Some(Param::from_data(
        TensorData::new(noises(seed + 1, outputs, 0.1), [outputs]),
        device,
    ));
    layer
}

fn head(features: usize, classes: usize, device: &Device) -> Head {
    Head {
        hidden: dense(2, features, HIDDEN, device),
        output: dense(4, HIDDEN, classes, device),
    }
}

/// The last stages of the backbone, the average over the film and a head.
#[derive(Module, Debug)]
struct FineTuned {
    stages: Backbone,
    head: Head,
}

impl FineTuned {
    /// # Shapes
    /// `[N, 160, 7, 7]` -> logits `[N, classes]`
    fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        let pooled = self.stages.forward(x).mean_dim(3).mean_dim(2).flatten(1, 3);
        self.head.forward(pooled, None)
    }
}

fn scratch(classes: usize, device: &Device) -> Scratch {
    let mut network = ScratchConfig { classes }.init(&mut ChaCha8Rng::seed_from_u64(0), device);
    for (seed, layer) in (10..).step_by(2).zip(&mut network.convolutions) {
        let shape = layer.weight.dims();
        let [outputs, inputs, height, width] = shape;
        let scale = 2.0 * ((inputs * height * width) as f64).powf(-0.5);
        let weight = noises(seed, shape.iter().product(), scale);
        layer.weight = Param::from_data(TensorData::new(weight, shape), device);
        layer.bias = Some(Param::from_data(
            TensorData::new(noises(seed + 1, outputs, 0.1), [outputs]),
            device,
        ));
    }
    network.output = dense(4, 64, classes, device);
    network
}

#[test]
fn the_head_learns_as_in_the_reference() {
    let device = Device::flex().autodiff();
    let x = Tensor::<2>::from_data(TensorData::new(noises(1, 8 * 20, 1.0), [8, 20]), &device);
    assert_learns_alike("head", head(20, 3, &device), |head| {
        head.forward(x.clone(), None)
    });
}

#[test]
fn unfrozen_stages_learn_as_in_the_reference() {
    let device = Device::flex().autodiff();
    let shape = [2, 160, 7, 7];
    let noise = noises(1, shape.iter().product(), 2.0);
    let x = Tensor::<4>::from_data(TensorData::new(noise, shape), &device);
    let stages = Backbone::new(&weights(), STAGES - 2..STAGES, &device).expect("weights that fit");
    let network = FineTuned {
        stages,
        head: head(1280, 2, &device),
    };
    assert_learns_alike("fine_tuning", network, |network| network.forward(x.clone()));
}

#[test]
fn the_network_from_scratch_learns_as_in_the_reference() {
    let device = Device::flex().autodiff();
    let shape = [4, 1, 32, 32];
    let films = (0..shape.iter().product())
        .map(|i| ((noise(1, i) + 1.0) / 2.0) as f32)
        .collect();
    let x = Tensor::<4>::from_data(TensorData::new(films, shape), &device);
    assert_learns_alike("scratch", scratch(3, &device), |network| {
        network.forward(x.clone())
    });
}

/// Logits and gradients at the start, the loss of ten steps of Adam, and how far they move each parameter.
fn assert_learns_alike<M: Module>(name: &str, network: M, forward: impl Fn(&M) -> Tensor<2>) {
    let golden: TrainingGolden = golden(name);
    assert_eq!(golden.losses.len(), 10, "steps of {name}");
    let (logits, _, gradients) = predict(&network, &forward);
    assert_close(
        &format!("{name}: logits"),
        &logits,
        &golden.logits,
        ROUNDING,
    );
    // The length of the whole gradient, as the microscope of a step has it for each layer.
    let (length, weights) = squares(&network, &gradients);
    let expected: Vec<f32> = golden
        .parameters
        .iter()
        .map(|own| own.gradient.norm())
        .collect();
    assert_close(
        &format!("{name}: lengths of the gradients"),
        &values(length)
            .iter()
            .map(|own| own.sqrt())
            .collect::<Vec<f32>>(),
        &expected,
        ROUNDING,
    );
    let numbers = golden.parameters.iter().map(|own| own.gradient.numbers());
    assert_eq!(weights, numbers.sum::<usize>(), "weights of {name}");
    let gradients = Parameters::collect(&network, Some(&gradients));
    assert_eq!(
        gradients.len(),
        golden.parameters.len(),
        "parameters of {name}"
    );
    for (found, expected) in gradients.iter().zip(&golden.parameters) {
        expected.gradient.assert_close(
            &format!("{name}: gradient of {}", expected.name),
            found,
            ROUNDING,
        );
    }

    let mut optimiser = adam();
    let before = Parameters::collect(&network, None);
    let mut network = network;
    for (step, expected) in golden.losses.iter().enumerate() {
        let (_, loss, gradients) = predict(&network, &forward);
        assert_close(
            &format!("{name}: loss before step {step}"),
            &[loss],
            &[*expected],
            CURVE,
        );
        network = optimiser.step(golden.learning_rate, network, gradients);
    }
    let after = Parameters::collect(&network, None);
    for ((before, after), expected) in before.iter().zip(&after).zip(&golden.parameters) {
        let moved = norm(
            after
                .iter()
                .zip(before)
                .map(|(after, before)| after - before),
        );
        assert_close(
            &format!("{name}: movement of {}", expected.name),
            &[moved],
            &[expected.moved],
            CURVE,
        );
    }
}

/// Logits, loss and gradients; the class of film i is i modulo the number of classes.
fn predict<M: Module>(
    network: &M,
    forward: impl Fn(&M) -> Tensor<2>,
) -> (Vec<f32>, f32, GradientsParams) {
    let logits = forward(network);
    let [films, classes] = logits.dims();
    let targets: Vec<i32> = (0..films).map(|film| (film % classes) as i32).collect();
    let device = logits.device();
    let targets = Tensor::<1, Int>::from_data(TensorData::new(targets, [films]), &device);
    let loss = CrossEntropyLossConfig::new()
        .init(&device)
        .forward(logits.clone(), targets);
    let gradients = GradientsParams::from_grads(loss.backward(), network);
    (values(logits.inner()), values(loss.inner())[0], gradients)
}

/// Collects the parameters of a network, or their gradients, in PyTorch's order and layout.
struct Parameters<'a> {
    gradients: Option<&'a GradientsParams>,
    found: Vec<Vec<f32>>,
}

impl<'a> Parameters<'a> {
    fn collect(network: &impl Module, gradients: Option<&'a GradientsParams>) -> Vec<Vec<f32>> {
        let mut parameters = Self {
            gradients,
            found: Vec::new(),
        };
        network.visit(&mut parameters);
        parameters.found
    }
}

impl ModuleVisitor for Parameters<'_> {
    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        let tensor = match self.gradients {
            Some(gradients) => gradients
                .get(parameter.id)
                .expect("every parameter has a gradient"),
            None => parameter.val().inner(),
        };
        // Only dense layers have two dimensions: [in, out] here, [out, in] in PyTorch.
        let tensor: Tensor<D> = if D == 2 { tensor.transpose() } else { tensor };
        self.found.push(values(tensor));
    }
}
