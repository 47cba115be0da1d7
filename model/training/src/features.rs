//! What the frozen part of a network makes of each film, computed once and kept.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData, module::adaptive_avg_pool2d},
};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

pub use mobilenet::frozen::Features;

use crate::backbone::{Backbone, BackboneStage, normalise};
use imaging::{
    augment,
    dataset::Dataset,
    report::TrainError,
    settings::{Augmentation, Network, Pooling, Settings},
};
use mobilenet::{
    architecture::{FEATURES, GRID_CHANNELS, GRID_STAGE, STAGES, input_shape},
    frozen::{FrozenBackbone, Reading, Request},
    weights::{Weights, WeightsError},
};

/// Augmented views that are made of each training film, beside the film as it is.
pub const AUGMENTED_VIEWS: usize = 2;

/// Cells along a side of a grid pooling.
const GRID: usize = 4;

/// One picture that a network sees: view 0 is the film as it is, higher ones are augmented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct View {
    pub sample: usize,
    pub view: usize,
}

/// Everything that features depend on, beside the film. Features of one key serve every run that has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeatureKey {
    /// Side of the input in pixels.
    pub side: usize,
    pub network: Network,
    /// Number of frozen stages at the beginning of the backbone.
    pub cut: usize,
    pub augmentation: Option<Augmentation>,
}

impl FeatureKey {
    pub fn of(settings: &Settings) -> Self {
        let depth = match settings.network {
            Network::Pretrained(pooling) => depth(pooling),
            Network::Scratch => 0,
        };
        let unfrozen = settings.fine_tuning.map_or(0, |tuning| tuning.stages);
        Self {
            side: settings.film_side,
            network: settings.network,
            cut: depth.saturating_sub(unfrozen),
            augmentation: settings.augmentation,
        }
    }

    /// Whether features of `other` serve this key too, as far as view 0 goes.
    pub fn same_but_for_views(&self, other: &Self) -> bool {
        Self {
            augmentation: None,
            ..*self
        } == Self {
            augmentation: None,
            ..*other
        }
    }
}

impl FeatureKey {
    /// What the frozen backbone is asked for; a network from scratch asks it for nothing.
    pub fn request(&self) -> Option<Request> {
        let reading = match self.network {
            Network::Scratch => return None,
            Network::Pretrained(Pooling::GlobalAverage) => Reading::GlobalAverage,
            Network::Pretrained(Pooling::Grid) => Reading::Grid,
        };
        Some(Request {
            side: self.side,
            reading,
            cut: self.cut,
        })
    }
}

/// Stages of the backbone that are needed for a pooling.
pub(crate) fn depth(pooling: Pooling) -> usize {
    match pooling {
        Pooling::GlobalAverage => STAGES,
        Pooling::Grid => GRID_STAGE + 1,
    }
}

/// Numbers in an embedding.
pub(crate) fn embedding_len(pooling: Pooling) -> usize {
    match pooling {
        Pooling::GlobalAverage => FEATURES,
        Pooling::Grid => GRID_CHANNELS * GRID * GRID,
    }
}

/// The pixels of a view.
///
/// # Shapes
/// `[side * side]`, row-major, 0 to 1
pub fn input(dataset: &Dataset, view: View, key: &FeatureKey) -> Vec<f32> {
    let film = &dataset.samples[view.sample].film;
    match (view.view, &key.augmentation) {
        (0, _) | (_, None) => film.input(key.side),
        (_, Some(augmentation)) => {
            augment::view(film, augmentation, key.side, &mut random_of(view))
        }
    }
}

pub(crate) fn random_of(view: View) -> ChaCha8Rng {
    augment::chance(view.sample, view.view)
}

/// The frozen backbone.
#[derive(Clone)]
pub struct Extractor {
    key: FeatureKey,
    device: Device,
    /// The stages before and after the cut; none for a network from scratch.
    stages: Option<(Backbone, PooledStages)>,
    /// What computes the features on the CPU, twice as fast.
    on_cpu: Option<Arc<Mutex<FrozenBackbone>>>,
}

impl Extractor {
    /// # Errors
    /// [`WeightsError`] when the weights do not fit the backbone.
    pub fn new(weights: &Weights, key: &FeatureKey, device: &Device) -> Result<Self, WeightsError> {
        let device = device.clone().without_autodiff();
        let stages = match key.network {
            Network::Scratch => None,
            Network::Pretrained(_) => Some((
                Backbone::new(weights, 0..key.cut, &device)?,
                PooledStages::unfrozen(weights, key, &device)?,
            )),
        };
        let on_cpu = if stages.is_some() && device == Device::flex() {
            Some(Arc::new(Mutex::new(FrozenBackbone::new(weights)?)))
        } else {
            None
        };
        Ok(Self {
            key: *key,
            device,
            stages,
            on_cpu,
        })
    }

    pub(crate) fn key(&self) -> &FeatureKey {
        &self.key
    }

    /// The last maps of the whole backbone for one input, before they are averaged, `[1, C, H, W]`.
    /// A network from scratch has none here: its input.
    pub(crate) fn maps(&self, input: &[f32]) -> Tensor<4> {
        let grey = self.grey(input);
        match &self.stages {
            None => grey,
            Some((frozen, rest)) => rest.maps(self.entering(frozen, grey)),
        }
    }

    /// # Shapes
    /// maps `[N, C, H, W]` -> `[N, embedding]`
    pub(crate) fn pool(&self, maps: Tensor<4>) -> Tensor<2> {
        match &self.stages {
            None => maps.flatten(1, 3),
            Some((_, rest)) => rest.pool(maps),
        }
    }

    fn grey(&self, input: &[f32]) -> Tensor<4> {
        let side = self.key.side;
        Tensor::from_data(
            TensorData::new(input.to_vec(), [1, 1, side, side]),
            &self.device,
        )
    }

    /// What enters the first stage after the cut.
    fn entering(&self, frozen: &Backbone, grey: Tensor<4>) -> Tensor<4> {
        if self.key.cut == 0 {
            grey
        } else {
            frozen.forward(normalise(grey))
        }
    }

    /// The features of one input of `side * side` grey values.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device does not hand back its result, [`TrainError::Unfit`] when the input has
    /// another size than the key says.
    pub async fn extract(&self, input: &[f32]) -> Result<Features, TrainError> {
        if let (Some(backbone), Some(request)) = (&self.on_cpu, self.key.request()) {
            // After a panic of another thread the buffers hold numbers that the next image overwrites.
            let mut backbone = backbone.lock().unwrap_or_else(PoisonError::into_inner);
            return backbone
                .compute(&request, input)
                .map_err(|error| TrainError::Unfit {
                    detail: error.to_string(),
                });
        }
        let Some((frozen, rest)) = &self.stages else {
            return Ok(Features {
                embedding: input.to_vec(),
                feature_map: Vec::new(),
            });
        };
        let entering = self.entering(frozen, self.grey(input));
        let embedding = read(rest.forward(entering.clone())).await?;
        let feature_map = if rest.is_empty() {
            Vec::new()
        } else {
            read(entering).await?
        };
        Ok(Features {
            embedding,
            feature_map,
        })
    }
}

/// The numbers of a tensor, row-major.
///
/// # Errors
/// [`TrainError::Device`] when the device does not hand them back, [`TrainError::Unfit`] when they are of another kind
/// than `f32`.
pub(crate) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, TrainError> {
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| TrainError::Device {
            detail: error.to_string(),
        })?;
    data.try_to_vec().map_err(|error| TrainError::Unfit {
        detail: format!("{error:?}"),
    })
}

/// The last stages of the backbone and the pooling of what they put out.
#[derive(Module, Debug)]
pub(crate) struct PooledStages {
    stages: Backbone,
    #[module(skip)]
    pooling: Pooling,
    /// Index of the first of the stages; at 0 the input is a grey film.
    cut: usize,
}

impl PooledStages {
    /// The stages after the cut; they learn if the device has autodiff.
    ///
    /// # Errors
    /// [`WeightsError`] when the weights do not fit, or the network is one from scratch.
    pub(crate) fn unfrozen(
        weights: &Weights,
        key: &FeatureKey,
        device: &Device,
    ) -> Result<Self, WeightsError> {
        let Network::Pretrained(pooling) = key.network else {
            return Err(WeightsError::Tensor("backbone".into()));
        };
        Ok(Self {
            stages: Backbone::new(weights, key.cut..depth(pooling), device)?,
            pooling,
            cut: key.cut,
        })
    }

    fn is_empty(&self) -> bool {
        self.cut == depth(self.pooling)
    }

    /// The stages, each with its number in the whole backbone.
    pub(crate) fn learning(&self) -> impl Iterator<Item = (usize, &BackboneStage)> {
        let stages = self.stages.stages().iter().enumerate();
        stages.map(|(place, stage)| (self.cut + place, stage))
    }

    /// # Shapes
    /// `[N, C, H, W]` entering the first stage, or grey `[N, 1, H, W]` before stage 0 -> `[N, embedding]`
    pub(crate) fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        self.pool(self.maps(x))
    }

    /// # Shapes
    /// as [`Self::forward`] -> `[N, 1280, 7, 7]` or `[N, 96, 14, 14]`, for 224 pixels
    pub(crate) fn maps(&self, x: Tensor<4>) -> Tensor<4> {
        let x = if self.cut == 0 { normalise(x) } else { x };
        self.stages.forward(x)
    }

    /// # Shapes
    /// maps -> `[N, embedding]`
    pub(crate) fn pool(&self, maps: Tensor<4>) -> Tensor<2> {
        match self.pooling {
            // [N, 1280, 7, 7] -> [N, 1280, 49] -> [N, 1280]
            Pooling::GlobalAverage => maps.flatten::<3>(2, 3).mean_dim(2).flatten(1, 2),
            // [N, 96, 14, 14] -> [N, 96, 4, 4] -> [N, 1536]
            Pooling::Grid => adaptive_avg_pool2d(maps, [GRID, GRID]).flatten(1, 3),
        }
    }

    /// Shape of one film that enters, `[C, H, W]`, for films of `side` pixels.
    pub(crate) fn input_shape(&self, side: usize) -> [usize; 3] {
        if self.cut == 0 {
            [1, side, side]
        } else {
            input_shape(self.cut, side)
        }
    }
}

/// Where a run's features come from: memory, or wherever a program keeps those for which memory has no room.
pub trait FeatureSource {
    /// # Errors
    /// [`TrainError::Missing`] when there are none of this view, or what keeps whoever has them from handing them out.
    fn features(&self, view: View) -> Result<Cow<'_, Features>, TrainError>;
}

impl FeatureSource for FeatureStore {
    fn features(&self, view: View) -> Result<Cow<'_, Features>, TrainError> {
        let own = self.get(view).ok_or_else(|| TrainError::Missing {
            what: format!("the features of film {}, view {}", view.sample, view.view),
        })?;
        Ok(Cow::Borrowed(own))
    }
}

/// Features of one key, by view.
pub struct FeatureStore {
    key: FeatureKey,
    features: HashMap<View, Features>,
}

impl FeatureStore {
    pub fn new(key: FeatureKey) -> Self {
        Self {
            key,
            features: HashMap::new(),
        }
    }

    pub fn key(&self) -> &FeatureKey {
        &self.key
    }

    /// Makes the store serve `key`, keeping what still holds.
    pub fn retarget(&mut self, key: FeatureKey) {
        if self.key == key || (key.augmentation.is_none() && self.key.same_but_for_views(&key)) {
            return;
        }
        if self.key.same_but_for_views(&key) {
            self.features.retain(|view, _| view.view == 0);
        } else {
            self.features.clear();
        }
        self.key = key;
    }

    /// Those of the views that are not here yet, in their order.
    pub fn missing(&self, views: &[View]) -> Vec<View> {
        views
            .iter()
            .copied()
            .filter(|view| !self.features.contains_key(view))
            .collect()
    }

    pub fn insert(&mut self, view: View, features: Features) {
        self.features.insert(view, features);
    }

    pub fn get(&self, view: View) -> Option<&Features> {
        self.features.get(&view)
    }
}
