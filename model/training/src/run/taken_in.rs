//! A network from elsewhere: asked as it is, or trained on with an optimizer that knows nothing yet.

use burn::tensor::Device;
use checkpoint::{
    Checkpoint, CheckpointError, EpochSoFar, NamedTensor, Origin, RandomPositions, TrainedNetwork,
};
use imaging::{dataset::DatasetSummary, settings::Settings};
use mobilenet::weights::Weights;

use super::{Run, RunError};

/// What is to become of a network from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Asked as it is.
    Over,
    /// Trained on. Where stages of the backbone have learned, the head alone would be trained on what they no longer put out:
    /// then the first stage counts as done.
    GoesOn,
}

impl Run {
    /// A run on these films with the numbers of a network from elsewhere, whose classes must be those of the films, in whatever
    /// order. `read_every` as in [`Self::new`].
    ///
    /// # Errors
    /// [`RunError::Checkpoint`] when the films have other classes, or a tensor has not the shape that the settings say; else as
    /// [`Self::new`].
    pub fn with_network(
        network: TrainedNetwork,
        origin: Origin,
        taken: Taken,
        films: &DatasetSummary,
        weights: &Weights,
        device: &Device,
        read_every: usize,
    ) -> Result<Self, RunError> {
        let network = in_order(network, &films.classes).map_err(RunError::Checkpoint)?;
        let mut run = Self::new(&network.settings, films, weights, device, read_every)?;
        let stage = match (taken, has_tuned(&network)) {
            (Taken::Over, _) => usize::MAX,
            (Taken::GoesOn, tuned) => usize::from(tuned),
        };
        let checkpoint = Checkpoint {
            network,
            films: films.fingerprint(),
            origin,
            optimiser: Vec::new(),
            position: run.sampler.start_of(stage),
            random: RandomPositions::default(),
            epoch_so_far: EpochSoFar::default(),
        };
        checkpoint.validate().map_err(RunError::Checkpoint)?;
        run.go_on(checkpoint).map_err(RunError::Checkpoint)?;
        Ok(run)
    }
}

/// Whether stages of the backbone have learned.
fn has_tuned(network: &TrainedNetwork) -> bool {
    let mut tensors = network.tensors.iter();
    tensors.any(|own| own.name.starts_with("backbone."))
}

impl Taken {
    /// By which a network is trained on: those that were chosen now, but for what the network was made for and is divided by. A
    /// second stage has as many of the backbone's as have learned already.
    pub fn settings(network: &TrainedNetwork, chosen: &Settings) -> Settings {
        let own = &network.settings;
        let tuned = has_tuned(network);
        let fine_tuning = match (tuned, chosen.fine_tuning, own.fine_tuning) {
            (true, Some(mut tuning), Some(before)) => {
                tuning.stages = before.stages;
                Some(tuning)
            }
            (true, _, before) => before,
            (false, tuning, _) => tuning,
        };
        Settings {
            seed: own.seed,
            split_by: own.split_by,
            network: own.network,
            film_side: own.film_side,
            fine_tuning,
            ..chosen.clone()
        }
    }

    /// The settings of a network whose second stage never began say so: it is asked as one that has none.
    pub fn as_it_is(mut network: TrainedNetwork) -> TrainedNetwork {
        if !has_tuned(&network) {
            network.settings.fine_tuning = None;
        }
        network
    }
}

/// With its outputs in the order of these classes; large letters and small ones are the same.
fn in_order(
    mut network: TrainedNetwork,
    classes: &[String],
) -> Result<TrainedNetwork, CheckpointError> {
    let plain = |class: &String| class.trim().to_lowercase();
    let known: Vec<String> = network.classes.iter().map(plain).collect();
    let place = |class: &String| known.iter().position(|own| *own == plain(class));
    let order: Option<Vec<usize>> = classes.iter().map(place).collect();
    let order = order.filter(|order| {
        let mut places = order.clone();
        places.sort_unstable();
        places.iter().copied().eq(0..network.classes.len())
    });
    let order = order.ok_or(CheckpointError::OtherFilms)?;
    let outputs = network.tensors.iter_mut();
    for own in outputs.filter(|own| own.name.contains(".output.")) {
        reorder(own, &order)?;
    }
    network.classes = classes.to_vec();
    Ok(network)
}

/// Of each row of as many numbers as there are classes.
fn reorder(tensor: &mut NamedTensor, order: &[usize]) -> Result<(), CheckpointError> {
    let n = order.len();
    if tensor.shape.last() != Some(&n) || !tensor.values.len().is_multiple_of(n) {
        return Err(CheckpointError::Tensor(tensor.name.clone()));
    }
    let rows = tensor.values.chunks_exact(n);
    let rows = rows.flat_map(|row| order.iter().map(|&at| row[at]));
    tensor.values = rows.collect();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network() -> TrainedNetwork {
        let tensor = |name: &str, shape: &[usize], values: &[f32]| NamedTensor {
            name: name.into(),
            shape: shape.to_vec(),
            values: values.to_vec(),
        };
        TrainedNetwork {
            settings: Settings::default(),
            classes: ["a", "b", "c"].map(str::to_owned).to_vec(),
            tensors: vec![
                tensor("head.hidden.bias", &[3], &[7.0, 8.0, 9.0]),
                tensor(
                    "head.output.weight",
                    &[2, 3],
                    &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
                ),
                tensor("head.output.bias", &[3], &[1.0, 2.0, 3.0]),
            ],
        }
    }

    fn classes(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn outputs_follow_the_order_of_the_films() {
        let own = in_order(network(), &classes(&["c", "a", "b"])).expect("the same classes");
        let values: Vec<&[f32]> = own.tensors.iter().map(|own| &own.values[..]).collect();
        let expected: [&[f32]; 3] = [
            &[7.0, 8.0, 9.0],
            &[3.0, 1.0, 2.0, 6.0, 4.0, 5.0],
            &[3.0, 1.0, 2.0],
        ];
        assert_eq!(values, expected);
        for other in [
            &["a", "b"][..],
            &["a", "b", "d"],
            &["a", "b", "b"],
            &["a", "b", "c", "d"],
        ] {
            let refused = in_order(network(), &classes(other));
            assert_eq!(refused, Err(CheckpointError::OtherFilms));
        }
        let typed = in_order(network(), &classes(&["B ", "A", "C"])).expect("the same classes");
        assert_eq!(typed.classes, classes(&["B ", "A", "C"]));
        assert_eq!(typed.tensors[2].values, [2.0, 1.0, 3.0]);
    }

    #[test]
    fn what_a_network_was_made_for_stays() {
        let mut tuned = network();
        let stages = tuned.settings.fine_tuning.map(|tuning| tuning.stages);
        tuned.tensors[0].name = "backbone.13.expand.bias".into();
        let mut chosen = Settings {
            film_side: 64,
            seed: 9,
            epochs: 50,
            ..Settings::default()
        };
        chosen.fine_tuning.as_mut().expect("a second stage").stages = 7;
        let own = Taken::settings(&tuned, &chosen);
        assert_eq!((own.film_side, own.seed, own.epochs), (224, 1, 50));
        assert_eq!(own.fine_tuning.map(|tuning| tuning.stages), stages);
        chosen.fine_tuning = None;
        assert!(Taken::settings(&tuned, &chosen).fine_tuning.is_some());
        assert_eq!(Taken::settings(&network(), &chosen).fine_tuning, None);
        assert_eq!(Taken::as_it_is(network()).settings.fine_tuning, None);
    }
}
