//! A run whose steps others compute.

use burn::tensor::{Tensor, TensorData};

use super::{Pending, Run, features_of, lost};
use crate::{
    features::{FeatureSource, View, read},
    head::dropout_mask,
    sharing::{Crew, Lesson, SharedImage, SharedStep, as_gradients, numbers},
};
use imaging::report::{Report, StageKind, TrainError};

impl Run {
    /// As [`Self::next`], with the gradient of the batch from a crew: the same numbers but for rounding.
    ///
    /// # Errors
    /// As [`Self::next`], and what keeps the crew from its work.
    pub async fn next_shared(
        &mut self,
        store: &dyn FeatureSource,
        crew: &mut dyn Crew,
    ) -> Result<Vec<Report>, TrainError> {
        let Some(stage) = self.sampler.stage() else {
            return Ok(Vec::new());
        };
        let views = self.sampler.next_batch();
        self.share(views, stage.kind, stage.learning_rate, store, crew)
            .await?;
        self.after_step(stage.kind, store, false).await
    }

    async fn share(
        &mut self,
        views: Vec<View>,
        stage: StageKind,
        rate: f64,
        store: &dyn FeatureSource,
        crew: &mut dyn Crew,
    ) -> Result<(), TrainError> {
        let features = features_of(store, views.iter().copied())?;
        let trainable = self.trainable.take().ok_or_else(lost)?;
        let images = views.iter().zip(&features);
        let images: Vec<SharedImage<'_>> = images
            .map(|(&view, features)| SharedImage {
                view,
                class: self.class(view.sample),
                input: trainable.input(features),
            })
            .collect();
        let dropout = self.settings.dropout;
        let mask = match trainable.has_dropout() && dropout > 0.0 {
            true => {
                let mask = dropout_mask(views.len(), dropout, &mut self.dropout, &self.device);
                Some(read(mask.inner()).await?)
            }
            false => None,
        };
        let lesson = Lesson {
            settings: self.settings.clone(),
            classes: self.films.classes.len(),
            stage,
        };
        let whole = crew.gradient(&SharedStep {
            lesson: &lesson,
            parameters: &numbers(&trainable).await?,
            images: &images,
            mask: mask.as_deref(),
        })?;
        let shape = [views.len(), lesson.classes];
        if whole.logits.len() != shape[0] * shape[1] {
            return Err(TrainError::Unfit {
                detail: "logits of another batch".into(),
            });
        }
        let device = self.device.clone().without_autodiff();
        let logits = Tensor::from_data(TensorData::new(whole.logits, shape), &device);
        let gradients = as_gradients(&trainable, &whole.gradient)?;
        self.trainable = Some(self.optimiser.step(rate, trainable, gradients));
        self.pending.push(Pending {
            position: self.sampler.position(),
            batch: views,
            logits,
            diagnostics: None,
        });
        Ok(())
    }
}
