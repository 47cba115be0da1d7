//! The part of the network that learns in a stage, and how it does one step.

use burn::{
    module::{Module, ModuleVisitor, Param},
    nn::loss::CrossEntropyLossConfig,
    optim::GradientsParams,
    tensor::{Device, Int, Tensor, TensorData},
};

pub use crate::adam::{Adam, adam};

use crate::{
    features::{Features, PooledStages, read},
    head::Head,
    scratch::Scratch,
};
use imaging::report::{Layer, LayerGradient, TrainError};

/// What learns.
#[derive(Module, Debug)]
pub(crate) enum TrainableModel {
    /// The head, on features.
    Head(Head),
    /// The last stages of the backbone and the head, on activations.
    TopLayers(TopLayers),
    /// Everything, on pixels.
    Scratch(Scratch),
}

/// The unfrozen stages of the backbone below a head.
#[derive(Module, Debug)]
pub(crate) struct TopLayers {
    pub(crate) stages: PooledStages,
    pub(crate) head: Head,
}

/// One training batch.
pub(crate) struct Batch<'a> {
    /// What the network reads of each film: [`TrainableModel::input`].
    pub(crate) inputs: Vec<&'a [f32]>,
    pub(crate) classes: Vec<usize>,
    /// Side of the films, in pixels.
    pub(crate) side: usize,
}

impl TrainableModel {
    /// Whether hidden units are dropped in training.
    pub(crate) fn has_dropout(&self) -> bool {
        match self {
            Self::Head(_) | Self::TopLayers(_) => true,
            Self::Scratch(_) => false,
        }
    }

    /// What of a film's features this network reads.
    pub(crate) fn input<'a>(&self, features: &'a Features) -> &'a [f32] {
        match self {
            Self::Head(_) | Self::Scratch(_) => &features.embedding,
            Self::TopLayers(_) => &features.feature_map,
        }
    }

    /// # Shapes
    /// `mask` as in [`Head::forward`] -> logits `[N, classes]`
    fn forward(
        &self,
        inputs: &[&[f32]],
        side: usize,
        mask: Option<Tensor<2>>,
        device: &Device,
    ) -> Tensor<2> {
        let n = inputs.len();
        let values = inputs.concat();
        let width = values.len() / n.max(1);
        let x = Tensor::<2>::from_data(TensorData::new(values, [n, width]), device);
        match self {
            Self::Head(head) => head.forward(x, mask),
            Self::TopLayers(top_layers) => {
                let [channels, height, width] = top_layers.stages.input_shape(side);
                let x = top_layers
                    .stages
                    .forward(x.reshape([n, channels, height, width]));
                top_layers.head.forward(x, mask)
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
        let inputs: Vec<&[f32]> = films.iter().map(|film| self.input(film)).collect();
        let logits = self.valid().forward(&inputs, side, None, &device);
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

/// The size of the gradient of each layer, still on the device.
pub(crate) struct Gradients(Vec<(Layer, Tensor<1>, usize)>);

impl Gradients {
    fn of(trainable: &TrainableModel, gradients: &GradientsParams) -> Self {
        let mut found = Vec::new();
        let mut add = |layer, (squares, weights)| found.push((layer, squares, weights));
        let head = match trainable {
            TrainableModel::Head(head) => Some(head),
            TrainableModel::TopLayers(top_layers) => {
                for (stage, module) in top_layers.stages.learning() {
                    add(Layer::Backbone(stage), squares(module, gradients));
                }
                Some(&top_layers.head)
            }
            TrainableModel::Scratch(network) => {
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
    pub(crate) trainable: TrainableModel,
    /// Of the batch before the step, `[N, classes]`.
    pub(crate) logits: Tensor<2>,
    /// The logits after it, and what moved the weights; only if it was looked at closely.
    pub(crate) diagnostics: Option<(Tensor<2>, Gradients)>,
}

/// Logits `[N, classes]` of a batch, and what its mean loss makes of the parameters.
pub(crate) fn gradients(
    trainable: &TrainableModel,
    batch: &Batch<'_>,
    mask: Option<Tensor<2>>,
    device: &Device,
) -> (Tensor<2>, GradientsParams) {
    let classes: Vec<i32> = batch.classes.iter().map(|&class| class as i32).collect();
    let targets =
        Tensor::<1, Int>::from_data(TensorData::new(classes, [batch.classes.len()]), device);
    let logits = trainable.forward(&batch.inputs, batch.side, mask, device);
    let loss = CrossEntropyLossConfig::new()
        .init(device)
        .forward(logits.clone(), targets);
    let gradients = GradientsParams::from_grads(loss.backward(), trainable);
    (logits.inner(), gradients)
}

/// One step: forward, loss, backward, update.
pub(crate) fn step(
    trainable: TrainableModel,
    optimiser: &mut Adam,
    learning_rate: f64,
    batch: &Batch<'_>,
    mask: Option<Tensor<2>>,
    closely: bool,
    device: &Device,
) -> Stepped {
    let (logits, gradients) = gradients(&trainable, batch, mask.clone(), device);
    let seen = closely.then(|| Gradients::of(&trainable, &gradients));
    let trainable = optimiser.step(learning_rate, trainable, gradients);
    let diagnostics = seen.map(|gradients| {
        let after = trainable.forward(&batch.inputs, batch.side, mask, device);
        (after.inner(), gradients)
    });
    Stepped {
        trainable,
        logits,
        diagnostics,
    }
}
