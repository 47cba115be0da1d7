//! A whole network: what was learnt, and below it what stayed as in the weights' file.

use std::collections::BTreeSet;

use checkpoint::{NamedTensor, TrainedNetwork};
use imaging::settings::{Network, Pooling};
use mobilenet::{
    architecture::{FEATURES, inverted_residuals},
    frozen::Reading,
    weights::{Stored, Weights},
};
use model_card::WriteError;

/// Channels of a network from scratch, before and after each convolution.
pub(crate) const SCRATCH_CHANNELS: [usize; 4] = [1, 16, 32, 64];

/// Before the names of the backbone's parts, in a [`TrainedNetwork`] only.
const BACKBONE: &str = "backbone.";

/// A network all of whose parts are there.
pub(crate) struct Whole<'a> {
    network: &'a TrainedNetwork,
    weights: &'a Weights,
}

/// The numbers of a part.
#[derive(Clone, Copy)]
pub(crate) enum Numbers<'a> {
    Learnt(&'a [f32]),
    Frozen(Stored<'a>),
}

/// A convolution of the backbone.
pub(crate) struct Convolution {
    /// In a file, without `.weight` or `.bias`.
    pub(crate) name: String,
    /// `[out, in / groups, kernel, kernel]`
    pub(crate) shape: [usize; 4],
    pub(crate) stride: usize,
    /// Each channel by itself.
    pub(crate) depthwise: bool,
    /// ReLU6 comes after it.
    pub(crate) bounded: bool,
}

/// One of the backbone's stages.
pub(crate) struct Stage {
    pub(crate) convolutions: Vec<Convolution>,
    /// Input and output have one shape and are added.
    pub(crate) residual: bool,
}

impl Convolution {
    fn new(name: String, shape: [usize; 4], stride: usize, bounded: bool) -> Self {
        Self {
            name,
            depthwise: bounded && shape[1] == 1,
            shape,
            stride,
            bounded,
        }
    }

    pub(crate) fn weight(&self) -> String {
        format!("{}.weight", self.name)
    }

    pub(crate) fn bias(&self) -> String {
        format!("{}.bias", self.name)
    }

    /// Its two tensors.
    fn tensors(&self) -> [(String, Vec<usize>); 2] {
        [
            (self.weight(), self.shape.to_vec()),
            (self.bias(), vec![self.shape[0]]),
        ]
    }
}

pub(crate) fn reading(pooling: Pooling) -> Reading {
    match pooling {
        Pooling::GlobalAverage => Reading::GlobalAverage,
        Pooling::Grid => Reading::Grid,
    }
}

/// The stages that a reading needs.
pub(crate) fn stages(reading: Reading) -> Vec<Stage> {
    let residuals = inverted_residuals();
    let narrow = residuals.last().map_or(0, |residual| residual.output);
    let plain = |name: &str, shape, stride| Stage {
        convolutions: vec![Convolution::new(name.to_owned(), shape, stride, true)],
        residual: false,
    };
    let mut stages = vec![plain("0.conv", [32, 3, 3, 3], 2)];
    for (place, shape) in residuals.iter().enumerate() {
        let stage = place + 1;
        let (input, hidden, output) = (shape.input, shape.hidden, shape.output);
        let name = |layer: &str| format!("{stage}.{layer}");
        let mut convolutions = Vec::new();
        if hidden != input {
            convolutions.push(Convolution::new(
                name("expand"),
                [hidden, input, 1, 1],
                1,
                true,
            ));
        }
        let depthwise = [hidden, 1, 3, 3];
        convolutions.push(Convolution::new(
            name("depthwise"),
            depthwise,
            shape.stride,
            true,
        ));
        convolutions.push(Convolution::new(
            name("project"),
            [output, hidden, 1, 1],
            1,
            false,
        ));
        stages.push(Stage {
            convolutions,
            residual: shape.stride == 1 && input == output,
        });
    }
    stages.push(plain("18.conv", [FEATURES, narrow, 1, 1], 1));
    stages.truncate(reading.depth());
    stages
}

/// The dense layers after the backbone or the convolutions: name, inputs, outputs.
pub(crate) fn dense_layers(
    kind: Network,
    hidden: usize,
    classes: usize,
) -> Vec<(&'static str, usize, usize)> {
    match kind {
        Network::Pretrained(pooling) => vec![
            ("head.hidden", reading(pooling).embedding_len(), hidden),
            ("head.output", hidden, classes),
        ],
        Network::Scratch => vec![("scratch.output", SCRATCH_CHANNELS[3], classes)],
    }
}

/// Units of the head's hidden layer.
pub(crate) const HIDDEN: usize = 256;

/// The convolutions of a network from scratch: name and shape.
pub(crate) fn scratch_convolutions() -> Vec<(String, [usize; 4])> {
    let channels = SCRATCH_CHANNELS.windows(2).enumerate();
    channels
        .map(|(place, pair)| {
            let name = format!("scratch.convolution.{place}");
            (name, [pair[1], pair[0], 3, 3])
        })
        .collect()
}

/// What a network must have learnt.
pub(crate) fn always_learnt(kind: Network, classes: usize) -> Vec<(String, Vec<usize>)> {
    let mut tensors = Vec::new();
    if kind == Network::Scratch {
        for (name, shape) in scratch_convolutions() {
            tensors.push((format!("{name}.weight"), shape.to_vec()));
            tensors.push((format!("{name}.bias"), vec![shape[0]]));
        }
    }
    for (name, input, output) in dense_layers(kind, HIDDEN, classes) {
        tensors.push((format!("{name}.weight"), vec![input, output]));
        tensors.push((format!("{name}.bias"), vec![output]));
    }
    tensors
}

/// The backbone's tensors, those of a stage together; none of a network from scratch. Names as in a file.
pub(crate) fn backbone_tensors(kind: Network) -> Vec<Vec<(String, Vec<usize>)>> {
    let Network::Pretrained(pooling) = kind else {
        return Vec::new();
    };
    let of_stage = |stage: Stage| {
        let convolutions = stage.convolutions.iter();
        convolutions.flat_map(Convolution::tensors).collect()
    };
    stages(reading(pooling)).into_iter().map(of_stage).collect()
}

/// The name in a [`TrainedNetwork`] of a part that a file calls `name`.
pub(crate) fn learnt_name(name: &str) -> String {
    match name.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("{BACKBONE}{name}"),
        false => name.to_owned(),
    }
}

impl<'a> Whole<'a> {
    /// # Errors
    /// [`WriteError`] when a part is missing, of another shape, unknown, or not finite.
    pub(crate) fn new(
        network: &'a TrainedNetwork,
        weights: &'a Weights,
    ) -> Result<Self, WriteError> {
        let whole = Self { network, weights };
        let kind = network.settings.network;
        let learnt = always_learnt(kind, network.classes.len());
        let mut known = BTreeSet::new();
        for (name, shape) in &learnt {
            let numbers = whole.numbers(name, shape)?;
            if let Numbers::Frozen(_) = numbers {
                return Err(unfit(name));
            }
            known.insert(learnt_name(name));
        }
        for (name, shape) in backbone_tensors(kind).iter().flatten() {
            whole.numbers(name, shape)?;
            known.insert(learnt_name(name));
        }
        let mut tensors = network.tensors.iter();
        match tensors.find(|tensor| !known.remove(&tensor.name)) {
            Some(tensor) => Err(unfit(&tensor.name)),
            None => Ok(whole),
        }
    }

    /// # Errors
    /// [`WriteError`] when it is not there, of another shape, or not finite.
    pub(crate) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Numbers<'a>, WriteError> {
        match self.network.tensor(&learnt_name(name)) {
            Some(tensor) => {
                check(tensor, shape)?;
                Ok(Numbers::Learnt(&tensor.values))
            }
            None => {
                let stored = self.weights.stored(name, shape);
                stored.map(Numbers::Frozen).map_err(|_| unfit(name))
            }
        }
    }
}

fn check(tensor: &NamedTensor, shape: &[usize]) -> Result<(), WriteError> {
    if tensor.shape != shape || tensor.values.len() != shape.iter().product::<usize>() {
        return Err(unfit(&tensor.name));
    }
    match tensor.values.iter().all(|value| value.is_finite()) {
        true => Ok(()),
        false => Err(WriteError::NotFinite {
            tensor: tensor.name.clone(),
        }),
    }
}

fn unfit(name: &str) -> WriteError {
    WriteError::Unfit {
        tensor: name.to_owned(),
    }
}
