//! A run that is cut off between two steps, and goes on from there with the same numbers.

use std::collections::HashMap;

use burn::tensor::{Device, Tensor, TensorData};
use checkpoint::{
    Checkpoint, CheckpointError, Moments, NamedTensor, RandomPositions, TrainedNetwork,
};
use imaging::{
    dataset::DatasetSummary,
    report::{Report, TrainError},
};
use mobilenet::weights::Weights;

use super::{Run, RunError, RunningMetrics, lost};
use crate::{
    adam::Momentum,
    features::read,
    parts::{Part, parts, with_values},
};

impl Run {
    /// Reads back what steps have left on the device: their reports.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn catch_up(&mut self) -> Result<Vec<Report>, TrainError> {
        let steps = self.read_pending().await?;
        Ok(steps.into_iter().map(Report::Step).collect())
    }

    /// All that it takes to go on from here, after [`Self::catch_up`] or at an epoch's end.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device does not hand back the network, [`TrainError::Missing`] when there is none, or
    /// steps have not been read back.
    pub async fn checkpoint(&self) -> Result<Checkpoint, TrainError> {
        if !self.pending.is_empty() {
            return Err(TrainError::Missing {
                what: "steps that are still on the device".into(),
            });
        }
        let mut tensors = Vec::new();
        let mut optimiser = Vec::new();
        for part in parts(self.trainable()?) {
            let Part {
                name,
                id,
                shape,
                values,
            } = part;
            if let Some(momentum) = self.optimiser.momentum(id) {
                optimiser.push(Moments {
                    name: name.clone(),
                    steps: momentum.steps,
                    first: read(momentum.first.clone()).await?,
                    second: read(momentum.second.clone()).await?,
                });
            }
            tensors.push(NamedTensor {
                name,
                shape,
                values: read(values).await?,
            });
        }
        let (position, order) = self.sampler.keep();
        Ok(Checkpoint {
            network: TrainedNetwork {
                settings: self.settings.clone(),
                classes: self.films.classes.clone(),
                tensors,
            },
            films: self.films.fingerprint(),
            origin: self.origin,
            optimiser,
            position,
            random: RandomPositions {
                order,
                dropout: self.dropout.get_word_pos() as u64,
            },
            epoch_so_far: self.running.keep(),
        })
    }

    /// A run on these films that goes on from where it was cut off. `read_every` as in [`Self::new`].
    ///
    /// # Errors
    /// [`RunError::Checkpoint`] when it is of other films or no run can have left it; else as [`Self::new`].
    pub fn resume(
        kept: Checkpoint,
        films: &DatasetSummary,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Self, RunError> {
        kept.validate().map_err(RunError::Checkpoint)?;
        let network = &kept.network;
        if kept.films != films.fingerprint() || network.classes != films.classes {
            return Err(RunError::Checkpoint(CheckpointError::OtherFilms));
        }
        let mut run = Self::new(&network.settings, films, weights, device, read_every)?;
        run.go_on(kept).map_err(RunError::Checkpoint)?;
        Ok(run)
    }

    pub(super) fn go_on(&mut self, kept: Checkpoint) -> Result<(), CheckpointError> {
        let Checkpoint {
            network,
            optimiser,
            position,
            random,
            epoch_so_far,
            origin,
            films: _,
        } = kept;
        self.origin = origin;
        if !self.sampler.go_on(position, random.order) {
            return Err(CheckpointError::Damaged("its position".into()));
        }
        self.unfreeze_if_due();
        self.dropout.set_word_pos(u128::from(random.dropout));
        self.running = RunningMetrics::go_on(epoch_so_far);
        let trainable = self.trainable.take();
        let trainable = trainable.ok_or_else(|| CheckpointError::Tensor(lost().to_string()))?;
        let mut tensors: HashMap<String, NamedTensor> = named(network.tensors);
        let mut moments: HashMap<String, Moments> = optimiser
            .into_iter()
            .map(|moments| (moments.name.clone(), moments))
            .collect();
        let mut values = HashMap::new();
        for part in parts(&trainable) {
            let own = tensors
                .remove(&part.name)
                .filter(|own| own.shape == part.shape)
                .ok_or_else(|| CheckpointError::Tensor(part.name.clone()))?;
            values.insert(part.id, own.values);
            if let Some(moments) = moments.remove(&part.name) {
                let momentum = momentum(moments, &part.values.device());
                self.optimiser.set_momentum(part.id, momentum);
            }
        }
        match tensors.into_keys().chain(moments.into_keys()).next() {
            Some(name) => Err(CheckpointError::Tensor(name)),
            None => {
                self.trainable = Some(with_values(trainable, values));
                Ok(())
            }
        }
    }
}

fn named(tensors: Vec<NamedTensor>) -> HashMap<String, NamedTensor> {
    let tensors = tensors.into_iter();
    tensors.map(|own| (own.name.clone(), own)).collect()
}

fn momentum(kept: Moments, device: &Device) -> Momentum {
    let row = |values: Vec<f32>| {
        let n = values.len();
        Tensor::from_data(TensorData::new(values, [n]), device)
    };
    Momentum {
        steps: kept.steps,
        first: row(kept.first),
        second: row(kept.second),
    }
}
