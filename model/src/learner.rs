//! The part of the network that learns in a stage, and how it does one step.

use burn::{
    module::Module,
    nn::loss::CrossEntropyLossConfig,
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Int, Tensor, TensorData},
};

use crate::{
    features::{Features, Pooled, read},
    head::Head,
    report::TrainError,
    scratch::Scratch,
};

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
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    exponentials.iter().map(|value| value / sum).collect()
}

/// Adam with the epsilon of Keras, as the original module had it.
pub fn adam() -> ModuleOptimizer {
    AdamConfig::new().with_epsilon(1e-7).init()
}

/// One step: forward, loss, backward, update. Returns the changed network and the logits of the
/// batch from before the change, `[N, classes]`.
pub(crate) fn step(
    learner: Learner,
    optimiser: &mut ModuleOptimizer,
    learning_rate: f64,
    batch: &Batch<'_>,
    side: usize,
    mask: Option<Tensor<2>>,
    device: &Device,
) -> (Learner, Tensor<2>) {
    let classes: Vec<i32> = batch.classes.iter().map(|&class| class as i32).collect();
    let targets =
        Tensor::<1, Int>::from_data(TensorData::new(classes, [batch.classes.len()]), device);
    let logits = learner.forward(&batch.features, side, mask, device);
    let loss = CrossEntropyLossConfig::new()
        .init(device)
        .forward(logits.clone(), targets);
    let gradients = GradientsParams::from_grads(loss.backward(), &learner);
    (
        optimiser.step(learning_rate, learner, gradients),
        logits.inner(),
    )
}
