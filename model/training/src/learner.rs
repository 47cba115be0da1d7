//! The part of the network that learns in a stage, and how it does one step.

use burn::{
    module::{Module, ModuleVisitor, Param},
    nn::loss::CrossEntropyLossConfig,
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Int, Tensor, TensorData},
};

use crate::{
    features::{Features, Pooled, read},
    head::Head,
    scratch::Scratch,
};
use imaging::report::{Layer, LayerGradient, TrainError};

/// What learns.
#[derive(Module, Debug)]
pub(crate) enum Learner {
    /// The head, on features.
    Head(Head),
    /// The last stages of the backbone and the head, on activations.
    Tail(Tail),
    /// Everything, on pixels.
    Scratch(Scratch),
}

/// The unfrozen stages of the backbone below a head.
#[derive(Module, Debug)]
pub(crate) struct Tail {
    pub(crate) stages: Pooled,
    pub(crate) head: Head,
}

/// One training batch.
pub(crate) struct Batch<'a> {
    pub(crate) features: Vec<&'a Features>,
    pub(crate) classes: Vec<usize>,
    /// Side of the films, in pixels.
    pub(crate) side: usize,
}

impl Learner {
    /// Whether hidden units are silenced in training.
    pub(crate) fn has_dropout(&self) -> bool {
        match self {
            Self::Head(_) | Self::Tail(_) => true,
            Self::Scratch(_) => false,
        }
    }

    /// What of a film's features this network reads.
    fn input<'a>(&self, features: &'a Features) -> &'a [f32] {
        match self {
            Self::Head(_) | Self::Scratch(_) => &features.reading,
            Self::Tail(_) => &features.activation,
        }
    }

    /// # Shapes
    /// `mask` as in [`Head::forward`] -> logits `[N, classes]`
    fn forward(
        &self,
        batch: &[&Features],
        side: usize,
        mask: Option<Tensor<2>>,
        device: &Device,
    ) -> Tensor<2> {
        let n = batch.len();
        let values: Vec<f32> = batch
            .iter()
            .flat_map(|features| self.input(features))
            .copied()
            .collect();
        let width = values.len() / n.max(1);
        let x = Tensor::<2>::from_data(TensorData::new(values, [n, width]), device);
        match self {
            Self::Head(head) => head.forward(x, mask),
            Self::Tail(tail) => {
                let [channels, height, width] = tail.stages.input_shape(side);
                let x = tail.stages.forward(x.reshape([n, channels, height, width]));
                tail.head.forward(x, mask)
            }
            Self::Scratch(network) => network.forward(x.reshape([n, 1, side, side])),
        }
    }

    /// Probabilities of each class, a row a film.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device does not hand them back.
    pub(crate) async fn predict(
        &self,
        films: &[&Features],
        side: usize,
        device: &Device,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        if films.is_empty() {
            return Ok(Vec::new());
        }
        let device = device.clone().without_autodiff();
        let logits = self.valid().forward(films, side, None, &device);
        let classes = logits.dims()[1];
        Ok(read(logits).await?.chunks(classes).map(softmax).collect())
    }
}

/// Probabilities from logits.
pub(crate) fn softmax(logits: &[f32]) -> Vec<f32> {
    let logits: Vec<f64> = logits.iter().copied().map(f64::from).collect();
    let probabilities = metrics::softmax(&logits).into_iter();
    probabilities.map(|value| value as f32).collect()
}

/// Adam with the epsilon of Keras, as the original module had it.
pub fn adam() -> ModuleOptimizer {
    AdamConfig::new().with_epsilon(1e-7).init()
}

/// The size of the gradient of each layer, still on the device.
pub(crate) struct Gradients(Vec<(Layer, Tensor<1>, usize)>);

impl Gradients {
    fn of(learner: &Learner, gradients: &GradientsParams) -> Self {
        let mut found = Vec::new();
        let mut add = |layer, (squares, weights)| found.push((layer, squares, weights));
        let head = match learner {
            Learner::Head(head) => Some(head),
            Learner::Tail(tail) => {
                for (stage, module) in tail.stages.learning() {
                    add(Layer::Backbone(stage), squares(module, gradients));
                }
                Some(&tail.head)
            }
            Learner::Scratch(network) => {
                for (place, layer) in network.convolutions.iter().enumerate() {
                    add(Layer::Convolution(place), squares(layer, gradients));
                }
                add(Layer::Output, squares(&network.output, gradients));
                None
            }
        };
        if let Some(head) = head {
            add(Layer::Hidden, squares(&head.hidden, gradients));
            add(Layer::Output, squares(&head.output, gradients));
        }
        Self(found)
    }

    /// # Errors
    /// [`TrainError::Device`] when the device does not hand them back.
    pub(crate) async fn read(self) -> Result<Vec<LayerGradient>, TrainError> {
        let mut layers = Vec::with_capacity(self.0.len());
        for (layer, squares, weights) in self.0 {
            let sum: f32 = read(squares).await?.iter().sum();
            layers.push(LayerGradient {
                layer,
                norm: sum.sqrt(),
                weights,
            });
        }
        Ok(layers)
    }
}

/// Sums of the squares of a module's gradients, one for each of its parameters, and how many numbers these have.
///
/// # Shapes
/// `[parameters]`
pub fn squares(module: &impl Module, gradients: &GradientsParams) -> (Tensor<1>, usize) {
    let mut squares = Squares {
        gradients,
        sums: Vec::new(),
        weights: 0,
    };
    module.visit(&mut squares);
    (Tensor::cat(squares.sums, 0), squares.weights)
}

struct Squares<'a> {
    gradients: &'a GradientsParams,
    sums: Vec<Tensor<1>>,
    weights: usize,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, parameter: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.get::<D>(parameter.id) {
            self.weights += gradient.shape().num_elements();
            self.sums.push((gradient.clone() * gradient).sum());
        }
    }
}

/// What a step leaves behind.
pub(crate) struct Stepped {
    pub(crate) learner: Learner,
    /// Of the batch before the step, `[N, classes]`.
    pub(crate) logits: Tensor<2>,
    /// The logits after it, and what moved the weights; only if it was looked at closely.
    pub(crate) close_up: Option<(Tensor<2>, Gradients)>,
}

/// One step: forward, loss, backward, update.
pub(crate) fn step(
    learner: Learner,
    optimiser: &mut ModuleOptimizer,
    learning_rate: f64,
    batch: &Batch<'_>,
    mask: Option<Tensor<2>>,
    closely: bool,
    device: &Device,
) -> Stepped {
    let classes: Vec<i32> = batch.classes.iter().map(|&class| class as i32).collect();
    let targets =
        Tensor::<1, Int>::from_data(TensorData::new(classes, [batch.classes.len()]), device);
    let logits = learner.forward(&batch.features, batch.side, mask.clone(), device);
    let loss = CrossEntropyLossConfig::new()
        .init(device)
        .forward(logits.clone(), targets);
    let gradients = GradientsParams::from_grads(loss.backward(), &learner);
    let seen = closely.then(|| Gradients::of(&learner, &gradients));
    let learner = optimiser.step(learning_rate, learner, gradients);
    let close_up = seen.map(|gradients| {
        let after = learner.forward(&batch.features, batch.side, mask, device);
        (after.inner(), gradients)
    });
    Stepped {
        learner,
        logits: logits.inner(),
        close_up,
    }
}
