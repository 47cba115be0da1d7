//! What a run has learnt so far, as plain data.

use checkpoint::{NamedTensor, TrainedNetwork};

use super::Run;
use crate::{features::read, parts::parts};
use imaging::report::TrainError;

impl Run {
    /// The network as the last step left it.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device does not hand it back, [`TrainError::Missing`] when there is none.
    pub async fn network(&self) -> Result<TrainedNetwork, TrainError> {
        let mut tensors = Vec::new();
        for part in parts(self.trainable()?) {
            tensors.push(NamedTensor {
                name: part.name,
                shape: part.shape,
                values: read(part.values).await?,
            });
        }
        Ok(TrainedNetwork {
            settings: self.settings.clone(),
            classes: self.films.classes.clone(),
            tensors,
        })
    }
}
