//! What a run tells of its steps, read back from the device some steps at a time.

use burn::tensor::Tensor;

use super::{Pending, Run, tally::Tally};
use crate::{
    features::{View, read},
    learner::{Gradients, softmax},
};
use imaging::report::{BatchFilm, CloseUp, StepReport, TrainError};

impl Run {
    pub(super) async fn read_pending(&mut self) -> Result<Vec<StepReport>, TrainError> {
        let mut reports = Vec::with_capacity(self.pending.len());
        for pending in std::mem::take(&mut self.pending) {
            reports.push(self.report_of(pending).await?);
        }
        Ok(reports)
    }

    async fn report_of(&mut self, pending: Pending) -> Result<StepReport, TrainError> {
        let Pending {
            position,
            batch,
            logits,
            close_up,
        } = pending;
        let logits = read(logits).await?;
        let close_up = match close_up {
            Some((after, gradients)) => Some(self.look(&batch, after, gradients).await?),
            None => None,
        };
        let mut tally = Tally::default();
        let mut films = Vec::with_capacity(batch.len());
        for (view, logits) in batch.iter().zip(logits.chunks(self.films.classes.len())) {
            let probabilities = softmax(logits);
            tally.add(self.class(view.sample), &probabilities);
            films.push(BatchFilm {
                sample: view.sample,
                view: view.view,
                probabilities,
            });
        }
        let loss = tally.summary().loss;
        if !loss.is_finite() {
            return Err(TrainError::Diverged);
        }
        self.running.merge(&tally);
        Ok(StepReport {
            stage: self.course.kind(position.stage),
            epoch: position.epoch,
            steps_done: position.steps_done,
            steps_total: self.course.steps_total(),
            loss,
            batch: films,
            close_up,
        })
    }

    async fn look(
        &self,
        batch: &[View],
        after: Tensor<2>,
        gradients: Gradients,
    ) -> Result<CloseUp, TrainError> {
        let logits = read(after).await?;
        let mut tally = Tally::default();
        let mut after = Vec::with_capacity(batch.len());
        for (view, logits) in batch.iter().zip(logits.chunks(self.films.classes.len())) {
            let probabilities = softmax(logits);
            tally.add(self.class(view.sample), &probabilities);
            after.push(probabilities);
        }
        Ok(CloseUp {
            after,
            loss_after: tally.summary().loss,
            gradients: gradients.read().await?,
        })
    }
}
