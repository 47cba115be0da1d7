//! What no run can have written is refused before anything is made of it.

use std::collections::BTreeSet;

use super::{Checkpoint, CheckpointError, Moments, NamedTensor};

/// Numbers of a network at most: several times those of the whole backbone and its head.
const MOST_NUMBERS: usize = 16 << 20;

/// Tensors of a network at most.
const MOST_TENSORS: usize = 512;

/// Classes at most.
const MOST_CLASSES: usize = 1 << 10;

/// Words of a generator at most: of this many, a film would have had more than it can ever be shown.
const MOST_WORDS: u64 = 1 << 48;

impl Checkpoint {
    /// Whether a run can have written it. Whether its tensors are those of its settings, only the network itself can tell.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), CheckpointError> {
        let network = &self.network;
        let settings = network.settings.validate();
        settings.map_err(CheckpointError::Settings)?;
        require(network.classes.len() <= MOST_CLASSES, "its classes")?;
        require(network.tensors.len() <= MOST_TENSORS, "its parts")?;
        let names: BTreeSet<&str> = network
            .tensors
            .iter()
            .map(|own| own.name.as_str())
            .collect();
        require(names.len() == network.tensors.len(), "names of its parts")?;
        network.tensors.iter().try_for_each(NamedTensor::validate)?;
        self.validate_moments()?;
        let words = self.random.order.max(self.random.dropout);
        require(words <= MOST_WORDS, "its random numbers")?;
        let sum = self.epoch_so_far;
        let sound = sum.loss.is_finite() && sum.loss >= 0.0 && sum.correct <= sum.n;
        require(sound && sum.n == self.position.seen, "its epoch")
    }

    fn validate_moments(&self) -> Result<(), CheckpointError> {
        let mut names = BTreeSet::new();
        for moments in &self.optimiser {
            let tensor = self.network.tensor(&moments.name);
            let own = tensor.filter(|_| names.insert(&moments.name));
            require(own.is_some_and(|own| moments.fit(own)), &moments.name)?;
        }
        Ok(())
    }
}

impl NamedTensor {
    /// How many numbers its shape has.
    ///
    /// # Errors
    /// [`CheckpointError::Damaged`] when no network has as many.
    pub(crate) fn numbers(name: &str, shape: &[usize]) -> Result<usize, CheckpointError> {
        let mut sides = shape.iter();
        let numbers = sides.try_fold(1_usize, |product, &side| product.checked_mul(side));
        numbers
            .filter(|&numbers| numbers <= MOST_NUMBERS)
            .ok_or_else(|| CheckpointError::Damaged(format!("{name} is too large")))
    }

    fn validate(&self) -> Result<(), CheckpointError> {
        let numbers = Self::numbers(&self.name, &self.shape)?;
        let finite = self.values.iter().all(|value| value.is_finite());
        require(finite && self.values.len() == numbers, &self.name)
    }
}

impl Moments {
    fn fit(&self, tensor: &NamedTensor) -> bool {
        let n = tensor.values.len();
        let whole = self.first.len() == n && self.second.len() == n;
        let finite = self.first.iter().all(|value| value.is_finite());
        let squares = |value: &f32| value.is_finite() && *value >= 0.0;
        whole && finite && self.steps > 0 && self.second.iter().all(squares)
    }
}

fn require(sound: bool, what: &str) -> Result<(), CheckpointError> {
    match sound {
        true => Ok(()),
        false => Err(CheckpointError::Damaged(what.to_owned())),
    }
}
